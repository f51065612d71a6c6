"""The kinds of archive: what each holds by default, and which further right it asks of whoever finds its items (GEN-11, roles.md)."""
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

PUBLIC, INTERNAL, CONFIDENTIAL, SECRET = "public", "internal", "confidential", "secret"


@dataclass(frozen=True)
class Kind:
    """`gate` is a capability without whose reach an item is not found, beside the archive's own; `confidentiality` the usual class."""

    label: str
    confidentiality: str = INTERNAL
    gate: str = ""


KINDS = {
    "business": Kind(pgettext_lazy("archive", "Business")),
    "design": Kind(pgettext_lazy("archive", "Design")),
    "quotation": Kind(pgettext_lazy("archive", "Quotation"), CONFIDENTIAL),
    "contract": Kind(pgettext_lazy("archive", "Contract"), CONFIDENTIAL),
    "feedback": Kind(pgettext_lazy("archive", "Feedback")),
    "complaint": Kind(pgettext_lazy("archive", "Complaint"), CONFIDENTIAL),
    "repair": Kind(pgettext_lazy("archive", "Repair")),
    "emergency": Kind(pgettext_lazy("archive", "Emergency"), CONFIDENTIAL),
    "appraisal": Kind(pgettext_lazy("archive", "Appraisal"), SECRET, "scoring.read"),
    "training": Kind(pgettext_lazy("archive", "Training"), INTERNAL, "training_plan.read"),
}
STAFF = tuple(key for key, kind in KINDS.items() if kind.gate)  # the archives of people: what HR reads
BY_HAND = tuple(key for key in KINDS if key not in STAFF)  # those of people are filed by the act that closes them
CHOICES = [(key, kind.label) for key, kind in KINDS.items()]
CLASSES = [(PUBLIC, pgettext_lazy("class", "public")), (INTERNAL, pgettext_lazy("class", "internal")),
           (CONFIDENTIAL, pgettext_lazy("class", "confidential")), (SECRET, pgettext_lazy("class", "secret"))]
HIDDEN = {}  # record kind -> function: what of it a person must not find, though the archive is in reach


def hide(subject_kind, ids_from):
    """Keep items of records away from whom they are about: `ids_from(employee_id)` is a queryset of the ids of those records, one column."""
    HIDDEN[subject_kind] = ids_from
