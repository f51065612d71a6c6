"""Verbs on snippets: writing one, changing it, taking it away."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.communication import rules
from staff.communication.models import Snippet


@transaction.atomic
def save_snippet(actor, snippet, *, hall, code, name, text, now, version=None):
    """Write a new snippet of a hall (`snippet` None) or change one. Refused: letters that cannot be typed as a code, a code that another
    snippet of the hall has, or a place in braces that nothing fills."""
    if snippet is not None:
        snippet = Snippet.objects.select_for_update().get(pk=snippet.pk)
        claim_version(snippet, version)
    code = code.lower()
    if not rules.CODE.fullmatch(code):
        raise Refused(_("Initials have up to 12 letters a to z and figures, and begin with a letter. Change them."), field="code")
    if Snippet.objects.filter(hall=hall, code=code).exclude(pk=snippet and snippet.pk).exists():
        raise Refused(_("Another snippet of this hall has the initials %(code)s. Choose others.") % {"code": code}, field="code")
    for words in text.values():
        if strange := rules.unknown_places(words):
            raise Refused(_("Nothing fills {%(name)s}. Use {name}, {hall}, {time}, {date} or {me}.") % {"name": strange[0]}, field="text")
    snippet = snippet or Snippet()
    snippet.hall, snippet.code, snippet.name, snippet.text = hall, code, name, text
    return trace.save(actor, snippet, act="changed" if snippet.pk else "created")


@transaction.atomic
def remove_snippet(actor, snippet, *, now):
    """Take a snippet away; its history stays."""
    trace.delete(actor, Snippet.objects.select_for_update().get(pk=snippet.pk), act="removed")
