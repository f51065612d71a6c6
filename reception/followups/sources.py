"""Records of rooms above that follow-ups are made for: who must not read of them, since they are about them. Those rooms declare it in `records.py`."""
from django.db.models import Q

_HIDDEN = {}


def hide(trigger, ids_from):
    """Keep the follow-ups of a trigger away from whom their record is about: `ids_from(employee_id)` is a queryset of the ids of those records."""
    _HIDDEN[trigger] = ids_from


def without_own(rows, employee_id):
    """These follow-ups without those of records about this person."""
    if not employee_id:
        return rows
    for trigger, ids_from in _HIDDEN.items():
        rows = rows.exclude(Q(trigger=trigger) & Q(source_id__in=ids_from(employee_id)))
    return rows
