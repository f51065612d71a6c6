"""The acts of this room's history in the reader's language; the rows keep them as the services wrote them."""
from django.utils.translation import gettext_lazy as _

ACTS = {
    "registered": _("registered"), "changed": _("changed"), "choice": _("the customer's choice"), "attention mark": _("attention mark set"),
    "attention mark cleared": _("attention mark taken away"), "checked with the customer": _("checked with the customer"),
    "added": _("added"), "corrected": _("corrected"), "removed": _("removed"), "main contact": _("made the main contact"),
    "no longer main": _("no longer the main contact"), "merged": _("another file was merged into this one"),
    "merged into": _("merged into another file"), "merged from": _("came from a merged file"), "merge undone": _("merge undone"),
    "demo data": _("demo data")}


def act_in_words(written):
    """"merged: CU-2026-000001 same person" as people read it; what is no act of this room stays as it was written."""
    act, colon, reason = (written or "").partition(": ")
    known = ACTS.get(act)
    return written or "" if known is None else f"{known}{colon}{reason}"
