"""The tag `why`, which takes citations such as "S0 §3.3.1.1": the small link beside a field or a duty that shows the clause which asks for it."""
import re

from django import template
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.contributions.clauses import CAPABILITY, address_of

register = template.Library()
LINK = '<a class="cl num no-print" href="{}" data-why title="{}">{}</a>'
OFF_THE_ROW = '<a class="cl num no-print" href="{}" data-why tabindex="-1" title="{}">{}</a>'
CITATION = re.compile(r"\s*([A-Z][A-Za-z0-9]{0,7}) ?§ ?([0-9A-Za-z.]{1,20})\s*")


@register.simple_tag(takes_context=True)
def why(context, citations, tabs=True):
    """A link for each clause of `citations` ("S0 §4.3.1, S0 §3.2.3"); what is no citation, such as the number of a row, stands as text, and
    so do all for who does not read the regulation. `tabs` False leaves the links out of the row of Tab stops: in a form, F1 shows the
    clause of the field. Within `drawn` it may stand only where everybody who sees the form reads the regulation."""
    user = getattr(context.get("request"), "user", None)
    reads = user is None or may(user, CAPABILITY)
    parts = [part.strip() for part in (citations or "").split(",") if part.strip()]
    return format_html_join(" ", "{}", ((link(part, tabs) if reads else part,) for part in parts))


def link(citation, tabs):
    """One link, or the text itself where it cites nothing."""
    found = CITATION.fullmatch(citation)
    try:
        address = address_of(*found.groups()) if found else ""
    except NoReverseMatch:
        address = ""
    if not address:
        return citation
    return format_html(LINK if tabs else OFF_THE_ROW, address, _("Why am I asked this?"), citation)
