"""The archive for screens: items by record, requests with what may be done now, stocktakings with their counts."""
from django.db.models import Count, Q

from config.accounts.access import may, reach
from config.contributions import records
from staff.archive import states
from staff.archive.models import AccessRequest, ArchiveItem, HallArchive, Stocktaking
from staff.archive.permissions import Can
from staff.duties.decisions.queries import may_decide
from staff.organisation.models import Hall

OWN_KINDS = ("archive_item", "archive_request")


def items_for_list(user):
    """The items in reach with the names that a row shows."""
    return ArchiveItem.objects.visible_to(user).select_related("hall", "keeper")


def of_record(user, kind, pk):
    """The items of one record that this viewer may find, the oldest first."""
    return items_for_list(user).filter(subject_kind=kind, subject_id=pk).order_by("pk")


def subject_of(item, user):
    """The record that an item is of, as this viewer may see it: Resolved, or None."""
    reference = (item.subject_kind, item.subject_id)
    return records.resolve([reference], user).get(reference) if item.subject_id else None


def by_number(user, number):
    """(kind, record) of the record that bears this number and that this person may see; None without one."""
    prefix = number.strip().upper().partition("-")[0]
    for kind in records.KINDS.all():
        if prefix and kind.number == prefix and kind.key not in OWN_KINDS:
            found = kind.visible_to(user).filter(number=number.strip().upper()).first()
            return (kind, found) if found else None
    return None


def halls_to_file_in(user):
    """The halls in whose archive this person files."""
    far = reach(user, Can.EDIT)
    halls = Hall.objects.order_by("pk")
    return halls if far.everything else halls.filter(Q(pk__in=far.halls | far.own_halls) | Q(archive__keeper_id=far.employee_id))


def keeps(user, item):
    """Whether this person files and keeps in the archive of the item."""
    return may(user, Can.EDIT) and ArchiveItem.objects.visible_to(user, Can.EDIT).filter(pk=item.pk).exists()


def requests_for_list(user, capability=Can.READ):
    """The requests in reach with the names that a row shows."""
    return AccessRequest.objects.visible_to(user, capability).select_related("hall", "asked_by", "decided_by")


def items_of(request, user):
    """The items of a request with their files, each `named`: whether this viewer may find it in the archive, and so read its title."""
    found = set(ArchiveItem.objects.visible_to(user).filter(requests=request).values_list("pk", flat=True))
    items = list(request.items.prefetch_related("files").order_by("number"))
    for item in items:
        item.named = item.pk in found
    return items


def acts(request, user, now):
    """{verb: whether this viewer may do it on the request now}. Whoever asked reads and ends; others decide, lay out and hand out."""
    far = reach(user, Can.READ)
    mine, runs = request.asked_by_id == far.employee_id, request.state in states.RUNNING and request.ends_at > now
    decides = not mine and request.state == states.SUBMITTED and may_decide(user, OWN_KINDS[1], request.pk)
    serves = not mine and (runs or request.state == states.HANDED_OUT) and _reaches(request, user, Can.EDIT)
    reads = request.what == AccessRequest.What.READ
    found = {"decide": decides, "open": mine and runs and reads, "lay_out": serves and runs and reads, "end": mine and runs,
             "hand_out": serves and not reads and request.state == states.APPROVED, "take_back": serves and request.state == states.HANDED_OUT}
    return found | {"any": any(found.values())}


def _reaches(request, user, capability):
    return may(user, capability) and requests_for_list(user, capability).filter(pk=request.pk).exists()


def openings_of(item, user):
    """The log of an item: all of it for whoever keeps it or decides on it, else one's own readings."""
    rows = item.openings.select_related("reader", "request", "file", "noted_by")
    return rows if keeps(user, item) else rows.filter(reader_id=reach(user, Can.READ).employee_id)


def stocktakings_for_list(user):
    """The stocktakings in reach with how many items each has, and what became of them."""
    lines = {name: Count("lines", filter=Q(lines__result=result)) for name, result in (
        ("found", states.FOUND), ("missing", states.MISSING), ("damaged", states.DAMAGED), ("left", ""))}
    return Stocktaking.objects.visible_to(user).select_related("hall", "closed_by", "witness", "decided_by").annotate(all_lines=Count("lines"), **lines)


def cabinets_of(stocktaking):
    """{cabinet: [lines]} of the papers of a stocktaking, in the order in which one walks past them."""
    found = {}
    for line in stocktaking.lines.filter(item__place=ArchiveItem.Place.CABINET).select_related("item", "looked_by"):
        found.setdefault(line.item.cabinet, []).append(line)
    return found


def files_of(stocktaking):
    """(how many items kept as files, how many of them are looked at, the lines with something wrong)."""
    lines = list(stocktaking.lines.filter(item__place=ArchiveItem.Place.ELECTRONIC).select_related("item"))
    return len(lines), sum(bool(line.result) for line in lines), [line for line in lines if line.result in (states.MISSING, states.DAMAGED)]


def halls_to_name_keepers(user):
    """The halls whose keeper this person names, each with its archive, if anybody is named."""
    far = reach(user, Can.DECIDE)
    halls = Hall.objects.select_related("manager", "archive__keeper").order_by("pk")
    return halls if far.everything else halls.filter(pk__in=far.halls)


def keeper_named(hall):
    """Who is named to keep the archive of a hall, or None."""
    archive = HallArchive.objects.filter(hall=hall).select_related("keeper").first()
    return archive and archive.keeper
