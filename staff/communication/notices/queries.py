"""Notices for screens: who they are for, who has read them and who has not (STF-50)."""
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from config.accounts.access import reach
from staff.communication.notices.models import Notice, NoticeReader
from staff.communication.permissions import Can
from staff.organisation.access import groups_of
from staff.organisation.matrix import matrix
from staff.organisation.models import Assignment, Employee, Posting
from staff.organisation.queries import people_within

EVERYBODY = "all"
MOST = 300  # names that a page lists


def places(user):
    """Whom this person may address, as [(code, name)]: all, where the right reaches everybody, then halls and teams ("hall:3")."""
    return [(f"{kind}:{pk}", name) for kind, pk, name in groups_of(user, Can.EDIT)]


def may_address_all(user):
    """Whether this person may address the whole house."""
    return reach(user, Can.EDIT).everything


def place_of(notice):
    """The code of whom a notice is for."""
    return f"hall:{notice.hall_id}" if notice.hall_id else f"team:{notice.team_id}" if notice.team_id else EVERYBODY


def audience(notice, day):
    """The postings of the people who have to read a notice on `day`: who works there, has an account and a role that reads notices. Its
    author has read it."""
    roles = [role for role, cells in matrix().items() if "notices" in cells]
    running = Assignment.objects.filter(employee=OuterRef("employee"), starts_on__lte=day).exclude(ends_on__lt=day)
    reads = Exists(running.filter(role__in=roles)) | Q(employee__state=Employee.State.TRAINING) & Exists(running)
    rows = (Posting.objects.on(day).filter(employee__in=Employee.objects.employed_on(day).exclude(state=Employee.State.LEFT))
            .filter(reads, employee__user__is_active=True).exclude(employee=notice.author_id).select_related("hall", "employee"))
    if notice.hall_id:
        rows = rows.filter(Q(hall=notice.hall_id) | Q(team__hall=notice.hall_id))
    if notice.team_id:
        rows = rows.filter(team=notice.team_id)
    return rows.filter(position=notice.position_id) if notice.position_id else rows


def for_list(user):
    """The notices in reach with how many have to read each (`all_readers`), how many have (`have_read`), and how it stands with the viewer:
    `my_due` and `my_reading`, both empty where it is not for them."""
    far = reach(user, Can.READ)
    mine = NoticeReader.objects.filter(notice=OuterRef("pk"), employee=far.employee_id)
    readers = NoticeReader.objects.filter(notice=OuterRef("pk")).order_by().values("notice")
    return (Notice.objects.visible_to(user).select_related("author", "hall", "team", "position")
            .annotate(my_due=Subquery(mine.values("due_at")[:1]), my_reading=Subquery(mine.values("confirmed_at")[:1]),
                      all_readers=Subquery(readers.annotate(n=Count("pk")).values("n")),
                      have_read=Subquery(readers.annotate(n=Count("confirmed_at")).values("n"))))


def reading_of(notice, user):
    """The viewer's own row of a notice, or None where it is not addressed to them."""
    return NoticeReader.objects.filter(notice=notice, employee__user=user).first()


def readers(notice, user):
    """(who has not read it, who has) of the people whom the viewer leads, all of them for its author; None for who leads nobody."""
    far = reach(user, Can.EDIT)
    if not far:
        return None
    rows = NoticeReader.objects.filter(notice=notice).select_related("employee")
    if not far.everything and notice.author_id != far.employee_id:
        rows = rows.filter(employee__in=people_within(user, Can.EDIT))
    today = Posting.objects.on(timezone.localdate()).filter(employee=OuterRef("employee"))
    found = list(rows.annotate(place=Subquery(today.values("hall__name")[:1]), gone=Q(employee__state=Employee.State.LEFT)).order_by(
        "due_at", "employee__sort_key", "pk"))
    waiting = [row for row in found if row.confirmed_at is None and not row.gone]
    return waiting, sorted((row for row in found if row.confirmed_at), key=lambda row: row.confirmed_at, reverse=True)
