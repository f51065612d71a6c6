"""Rounds for screens."""
from dataclasses import dataclass

from django.db.models import Count, Q

from facilities.cleaning.models import CleaningRound
from facilities.cleaning.surfaces import surfaces


@dataclass(frozen=True)
class Part:
    """One area of a round with its surfaces: (item, name, standard)."""

    area: object
    lines: list

    @property
    def done(self):
        """How many are ticked."""
        return sum(bool(item.ticked_at) for item, _name, _standard in self.lines)


def rounds_for_list(user):
    """The rounds in reach with how many surfaces each has (`all_items`) and how many are ticked (`ticked`)."""
    return (CleaningRound.objects.visible_to(user).select_related("hall", "done_by", "checked_by")
            .annotate(all_items=Count("items"), ticked=Count("items", filter=Q(items__ticked_at__isnull=False))))


def parts_of(rnd):
    """The areas of a round in their order, each with its surfaces; one statement."""
    known, parts = surfaces(), {}
    order = list(known)
    for item in sorted(rnd.items.select_related("area", "ticked_by"), key=lambda one: (one.area.order, one.area_id, order.index(one.code))):
        parts.setdefault(item.area_id, Part(item.area, [])).lines.append((item, known[item.code]["name"], known[item.code]["standard"]))
    return list(parts.values())
