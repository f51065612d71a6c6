"""The tag `url` of Django, only sooner, in every template: a page has dozens of addresses, and to look through the table of all of them is
most of what a small part of a page costs."""
from django import template
from django.template import defaulttags
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from config.web import addresses

register = template.Library()
LONGEST = 40  # letters of a key that is no id: what is longer comes from somebody else, and is not remembered


@register.tag
def url(parser, token):
    """As Django's, with the same arguments."""
    found = defaulttags.url(parser, token)
    return Address(found.view_name, found.args, found.kwargs, found.asvar)


class Address(defaulttags.URLNode):
    """An address by name and keys. One whose last key is an id and whose others are short words is put together; for any other Django is asked."""

    def render(self, context):
        """The address, or nothing where it goes into a variable."""
        try:
            found = None if self.kwargs else self.known(context)
        except NoReverseMatch:
            found = None  # Django says which it was, or leaves the variable empty
        if found is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found

    def known(self, context):
        """The address of a page without keys or of a record; None for keys of other kinds."""
        page, keys = self.view_name.resolve(context), [key.resolve(context) for key in self.args]
        if not keys:
            return addresses.to(page)
        *words, pk = keys
        if type(pk) is not int or pk < 0 or not all(isinstance(word, str) and len(word) <= LONGEST for word in words):
            return None
        return addresses.of(page, pk, *words)
