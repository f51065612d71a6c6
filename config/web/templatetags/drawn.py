"""Tags that keep what they drew: `drawn form` … `enddrawn` a form, `kept look` … `endkept` a part of a page.

Drawing is most of what an empty form costs: each of its fields takes several templates. A form looks the same when its class, the
language, its fields and their choices are the same, and what was chosen in it. Nothing is kept of a form with a refusal or with
text that somebody typed into it; a search line that stands beside the form (`laid_out` leaves it out) is none of its fields.

A part of a page looks the same when the values named in the tag are the same and the language is: whatever else stands in it must be the
same for everybody. No token of a form and nothing of the request may stand there.
"""
from collections import OrderedDict
from itertools import count
from threading import Lock

from django import forms, template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()
MOST = 1024  # pieces that are kept by a process, the ones used last
_kept, _lock = OrderedDict(), Lock()
_places = count()  # each tag of a template, which is read once a process, has a number of its own


@register.tag
def drawn(parser, token):
    """Draw what stands between the tags once for each look of the form."""
    _name, form = token.split_contents()
    nodes = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return Drawn(parser.compile_filter(form), nodes)


class Drawn(template.Node):
    """The part of a template that is the same for forms that look the same."""

    def __init__(self, form, nodelist):
        self.form, self.nodelist, self.place = form, nodelist, next(_places)

    def render(self, context):
        """What was drawn before, or what is drawn now."""
        form = self.form.resolve(context)
        if form.is_bound and (form.errors or any(map(is_typed, fields_of(form)))):
            return self.nodelist.render(context)
        return once((self.place, look_of(form)), lambda: self.nodelist.render(context))


@register.tag
def kept(parser, token):
    """Draw what stands between the tags once for each language and the values that are named."""
    _name, *values = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept([parser.compile_filter(value) for value in values], nodes)


class Kept(template.Node):
    """The part of a page that is the same wherever these values are the same."""

    def __init__(self, values, nodelist):
        self.values, self.nodelist, self.place = values, nodelist, next(_places)

    def render(self, context):
        """What was drawn before, or what is drawn now."""
        look = (self.place, get_language(), *(value.resolve(context) for value in self.values))
        return once(look, lambda: self.nodelist.render(context))


def once(look, draw):
    """What `draw` drew for this look the first time."""
    with _lock:
        if look in _kept:
            _kept.move_to_end(look)
            return _kept[look]
    made = draw()
    with _lock:
        _kept[look] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def fields_of(form):
    """The bound fields that are drawn."""
    return getattr(form, "laid_out", form)


def is_typed(bound):
    """Whether somebody typed text into this field."""
    return isinstance(bound.field, forms.CharField) and bool(bound.data)


def look_of(form):
    """Everything that decides how a form without refusals is drawn, as one text: the day, since words such as "today" stand for it, and
    what the form says of itself (`look`) or else each field. Choices are read once, for this and for drawing."""
    own = form.look() if hasattr(form, "look") else None
    return repr((type(form), get_language(), timezone.localdate(), form.prefix, form.is_bound, own or [look_of_field(bound) for bound in fields_of(form)]))


def look_of_field(bound):
    """The same of one field."""
    field, offers = bound.field, isinstance(bound.field.widget, forms.widgets.ChoiceWidget)
    if offers:  # a hidden field, which offers nothing, may stand for one of a million records
        field.choices = [choice for choice in field.choices]  # noqa: C416 - list() would have them counted first
    return (bound.name, bound.label, field.help_text, field.required, field.disabled, type(field.widget), field.widget.attrs,
            [(str(key), label) for key, label in field.choices] if offers else (), bound.value())
