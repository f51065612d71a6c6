"""Two windows on one form: the second save shows both texts and keeps mine (UX 22, RELIABILITY R2).

What only the other person changed is taken over; what both changed stays as I typed it, with theirs beside it. The form then stands on
the record as it is now, so that saving it once more is a decision made with open eyes.
"""
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One field in which the record differs from what I typed or had opened: both texts in words, and which of them the form now holds."""

    name: str
    label: str
    mine: str
    theirs: str
    taken: bool  # theirs, because I had left the field as it was
    value: str | None  # theirs as the field writes it, for the button that takes it; None where one button cannot


def lay_over(page, key, form):
    """(my form on the record as it is now, the differences); `page` and `key` find the record anew."""
    target = page.target(**key)
    now = page.form(initial=page.initial(target), **page.form_kwargs(target))
    before = as_opened(target, form.data.get("version"))
    opened = page.form(initial=page.initial(before), **page.form_kwargs(before)) if before is not None else None
    data, differences = form.data.copy(), []
    for bound in now:
        mine = form[bound.name] if bound.name in form.fields else None
        if bound.name == "version" or mine is None or isinstance(bound.field.widget, forms.PasswordInput) or not changed(bound, mine.data):
            continue  # what is kept like a password is shown to nobody, also not beside itself
        left_alone = opened is not None and bound.name in opened.fields and not changed(opened[bound.name], mine.data)
        if left_alone:
            put(data, bound)
        elif opened is not None and bound.name in opened.fields and not changed(bound, raw(opened[bound.name])):
            continue  # I alone changed it
        if not bound.is_hidden:
            differences.append(Difference(bound.name, str(bound.label), said(mine, mine.data), said(bound, raw(bound)), left_alone,
                                          None if left_alone or isinstance(bound.field.widget, forms.MultiWidget) else single(raw(bound))))
    data["version"] = str(target.version)
    merged = page.form(data, initial=page.initial(target), **page.form_kwargs(target))
    merged.full_clean()
    return merged, differences


def as_opened(target, version):
    """The record as it was at this version, or None where its history does not reach back."""
    found = target.history.filter(version=version).first() if hasattr(target, "history") and str(version).isdecimal() else None
    return found.instance if found else None


def changed(bound, typed):
    """Whether what was typed differs from what stands in this field."""
    return bound.field.has_changed(bound.initial, typed)


def raw(bound):
    """What an unbound field shows, as its widget would send it."""
    widget = bound.field.widget
    value = bound.field.prepare_value(bound.initial)
    if isinstance(widget, forms.MultiWidget):
        return [text or "" for text in (value if isinstance(value, list) else widget.decompress(value))]
    if isinstance(widget, forms.CheckboxInput):
        return bool(value)
    shown = widget.format_value(value)
    return shown if shown is not None else ""


def single(value):
    """One text of a field, or None where it holds several."""
    if isinstance(value, list | tuple):
        return value[0] if len(value) == 1 else None if value else ""
    return "on" if value is True else "" if value is False else str(value)


def put(data, bound):
    """Write what an unbound field shows into the data of the other form."""
    value, name, widget = raw(bound), bound.html_name, bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        for suffix, text in zip(widget.widgets_names, value, strict=True):
            data[name + suffix] = text
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(one) for one in value])
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value)


def said(bound, value):
    """A value in words: the label of a choice, yes or no, or the text itself."""
    if isinstance(value, bool) or isinstance(bound.field, forms.BooleanField):
        return _("yes") if value and value != "False" else _("no")
    values = [str(one) for one in value if one] if isinstance(value, list | tuple) else [str(value)] if value not in (None, "") else []
    if hasattr(bound.field, "choices"):
        words = {str(choice): str(label) for choice, label in bound.field.choices if not isinstance(label, list | tuple)}
        values = [words.get(one, one) for one in values]
    return " · ".join(values) or _("empty")
