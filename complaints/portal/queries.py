"""What a customer finds, and the little of it that they read: an allow-list, not the complaint (CMP-15, GEN-15)."""
import hmac
from datetime import timedelta

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Channel, Complaint
from complaints.handling.services.following import RATED
from complaints.handling.solving import SolutionRound
from complaints.intake.queries import public_channels
from complaints.portal import keys, limits, stages
from config.numbers.services import ALPHABET
from reception.customers.phones import tail
from staff.regulation import values

ENTRY_LIMIT = 200
HEARD = (ComplaintEntry.Kind.TOLD, ComplaintEntry.Kind.ASKED, ComplaintEntry.Kind.PUBLISHED)
OFFERED = (SolutionRound.Approval.NOT_NEEDED, SolutionRound.Approval.APPROVED)
AGREED_ON = (states.AGREED, states.IMPLEMENTING, states.IMPLEMENTED, states.FOLLOWED_UP, states.SATISFIED)


def typed_code(text):
    """A code as people type it: capitals, without blanks and dashes."""
    return "".join(one for one in text.upper() if one in ALPHABET)


def by_key(key):
    """The complaint of a secret link, or None."""
    code = keys.code_of(key)
    return code and Complaint.objects.select_related("hall", "merged_into__hall").filter(public_code=code).first()


def by_code(code, digits):
    """The complaint of a code whose phone ends in these digits, or None; one without a phone opens by its link alone."""
    row = Complaint.objects.filter(public_code=code).first()
    right = tail(row.contact_phone) if row and row.contact_phone else ""
    return row if hmac.compare_digest((right or "none").encode(), digits.encode()) and right else None


def target_of(row):
    """Where a complaint lives on: the one it was merged into, or itself."""
    while row.merged_into_id:
        row = Complaint.objects.select_related("hall").get(pk=row.merged_into_id)
    return row


def same_person(one, other):
    """Whether two complaints are surely of one customer; only then the one shows the words on the other."""
    return one.pk == other.pk or any(getattr(one, name) and getattr(one, name) == getattr(other, name)
                                     for name in ("customer_id", "contact_phone", "contact_email"))


def ways(day):
    """[(hall, its public channels)] of the halls that are there on this day (CMP-01)."""
    found = {}
    for row in public_channels():
        if row.hall.is_open_on(day):
            found.setdefault(row.hall, []).append(row)
    return list(found.items())


def page_of(own, now):
    """What the tracking page of `own` shows. Of a merged one it is the progress of the target, and its words where it is the same customer's."""
    row = target_of(own)
    mine = same_person(own, row)
    stage = stages.stage_of(row)
    shown = [own, row] if mine and own.pk != row.pk else [own]
    return {"code": own.public_code, "kind": own.get_kind_display(), "hall": own.hall, "received_at": own.received_at, "matter": own.matter,
            "demand": own.demand, "stage": stage, "stages": stages.bar_of(row), "due": getattr(row, stage.due) if stage.due else None,
            "merged": own.pk != row.pk, "lines": lines_of(shown), "offer": offer_of(row) if mine else None,
            "rating": rating_of(row) if mine else None, "acts": acts_of(row, now) if mine else {"answer": row.state in states.OPEN},
            "asked": asked_of(row) if mine else None, "files": files_of(shown)}


def lines_of(rows):
    """[{at, own, kind, text}] of what was said either way, the newest first; nobody's name."""
    found = ComplaintEntry.objects.filter(complaint__in=[row.pk for row in rows], kind__in=ComplaintEntry.PUBLIC).order_by("-at", "-pk")
    return [{"at": at, "own": kind == ComplaintEntry.Kind.WORD, "asked": kind == ComplaintEntry.Kind.ASKED, "text": text}
            for at, kind, text in found.values_list("at", "kind", "text")[:ENTRY_LIMIT]]


def asked_of(row):
    """The question that waits for the customer's answer, or ""."""
    if row.state not in states.OPEN:
        return ""
    last = row.entries.filter(kind__in=[ComplaintEntry.Kind.ASKED, ComplaintEntry.Kind.WORD]).order_by("-at", "-pk").first()
    return last.text if last and last.kind == ComplaintEntry.Kind.ASKED else ""


def offer_of(row):
    """{offer, amount, waits} of the solution that is offered or agreed; none while the house itself has to approve it."""
    if row.state != states.PROPOSED and row.state not in AGREED_ON:
        return None
    last = row.rounds.filter(turn=row.turn).order_by("-number").first()
    if last is None or last.approval not in OFFERED:
        return None
    return {"text": last.offer, "amount": last.cost, "waits": row.state == states.PROPOSED and last.answer == SolutionRound.Answer.WAITING}


def rating_of(row):
    """{stars, comment} that the customer gave in this turn on the page, or None."""
    return row.ratings.filter(turn=row.turn).values("stars", "comment").first()


def files_of(rows):
    """The names of the files that the customer sent."""
    from complaints.handling.facts import Evidence

    found = Evidence.objects.filter(complaint__in=[row.pk for row in rows], added_by=None, attachment__added_by=None, struck_at=None)
    return list(found.exclude(attachment=None).values_list("attachment__name", flat=True))


def acts_of(row, now):
    """{name: whether it may be done now} of what a customer does on the page; the services check again."""
    going = row.state in states.OPEN
    offer = offer_of(row)
    return {"answer": going, "decide": bool(offer and offer["waits"]),
            "rate": row.state in RATED and not row.is_light and not row.ratings.filter(turn=row.turn).exists(),
            "again": row.state == states.IMPLEMENTED or may_reopen(row, now), "urge": row.state in states.RUNNING and not urged(row, now),
            "withdraw": going}


def may_reopen(row, now):
    """Whether it ended so lately that it can be opened again (complaint_reopen_days)."""
    if row.state not in states.CLOSED:
        return False
    return now <= row.closed_at + timedelta(days=values.value("complaint_reopen_days", row.hall.day_of(row.closed_at), row.hall))


def urged(row, now):
    """Whether the customer urged within the last day; once a day is heard as well as ten times."""
    since = now - timedelta(hours=limits.URGE_AGAIN)
    return row.entries.filter(kind=ComplaintEntry.Kind.URGED, channel=Channel.WEB, by=None, at__gt=since).exists()
