"""Verbs on laws and policies: kept by HR, linked to clauses, their changes announced (GEN-22)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.regulation import events
from staff.regulation.clauses import rules
from staff.regulation.clauses.models import LegalChange, LegalNote
from staff.regulation.clauses.services.readers import cited
from staff.regulation.clauses.services.versions import hr_alone


@transaction.atomic
def save_law(actor, note, *, given=None, kind, title, text, issued_by, in_force_from, link, clauses, for_contracts, now):
    """Write a law or policy (`note` None: a new one). Refused: a clause that no regulation has."""
    hr_alone(actor)
    if note is not None:
        note = LegalNote.objects.select_for_update().get(pk=note.pk)
        claim_version(note, given)
    note = note or LegalNote()
    note.kind, note.title, note.text, note.issued_by, note.link = kind, title, text, issued_by, link
    note.in_force_from, note.for_contracts, note.clauses = in_force_from, for_contracts, read_clauses(clauses)
    return trace.save(actor, note, act="changed" if note.pk else "created")


def read_clauses(text):
    """The citations that somebody typed, each of which some regulation has."""
    found = []
    for part in filter(None, (part.strip() for part in text.replace("，", ",").replace("；", ",").replace(";", ",").split(","))):
        try:
            clause = cited(part)
        except Refused as refusal:
            raise Refused(_("No regulation has the clause %(part)s. Write clauses as S0 §3.3.1.1, with commas between them.") % {"part": part},
                          field="clauses") from refusal
        if clause.citation not in found:
            found.append(rules.cite(clause.source, clause.number))
    return found


@transaction.atomic
def announce(actor, note, *, text, holds_from, now):
    """Tell all staff what changes in a law; it stands on everybody's day until it holds. Refused: a day that is past."""
    hr_alone(actor)
    if holds_from < timezone.localtime(now).date():
        raise Refused(_("A change is announced up to the day from which it holds. Choose today or a later day."), field="holds_from")
    change = LegalChange(note=note, text=text, holds_from=holds_from, announced_by=actor.user, announced_at=now)
    trace.save(actor, change, act="announced")
    events.law_changed.send(LegalChange, change_id=change.pk, now=now)
    return change


@transaction.atomic
def remove_law(actor, note, *, reason, now):
    """Take a law away that does not matter to the work any more; its history stays."""
    hr_alone(actor)
    trace.delete(actor, LegalNote.objects.select_for_update().get(pk=note.pk), act="removed", reason=reason)
