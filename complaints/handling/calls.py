"""SCH-18: once it is carried out the customer is asked how satisfied they are (CMP-16). Who has a file and may be called is called among the
follow-ups of the hall; anybody else is asked from the page of the complaint. Never by who handled it or is concerned."""
from complaints.handling import states
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Complaint, Method
from complaints.handling.services import clock, following, timing
from reception.customers.models import Customer
from reception.followups import plans, queries, services
from reception.followups import states as call_states
from reception.followups.models import FollowUp
from reception.followups.permissions import Can

VISIT = plans.AFTER_COMPLAINT
TO_CALL = (call_states.PLANNED, call_states.DUE)
HOW = {FollowUp.Method.PHONE: Method.PHONE, FollowUp.Method.WECHAT: Method.WECHAT, FollowUp.Method.VISIT: Method.IN_PERSON}
WAYS = {Method.WECHAT: FollowUp.Method.WECHAT, Method.IN_PERSON: FollowUp.Method.VISIT}
MOST_STARS = 5


def due_of(row, house):
    """By when: so many working days after it was carried out (complaint_followup_days)."""
    since = row.implemented_at or row.since
    return clock.in_days(house.calendar(row), since, house.rule("complaint_followup_days", row, row.hall.day_of(since)))


def slot_of(row):
    """What tells this call from those of other times it was carried out."""
    return f"{row.pk}/{int(row.since.timestamp()):x}"


def call_of(row):
    """The follow-up of this time it was carried out, or None; `row.calls` are all of the complaint."""
    return next((one for one in row.calls if one.slot == slot_of(row) and one.state != call_states.CLOSED), None)


def is_given_up(row, house):
    """Whether the customer was tried in vain as often as the regulation asks (followup_max_attempts) since it was carried out."""
    spoke = max((one.at for one in row.entries.all() if one.kind == ComplaintEntry.Kind.WORD), default=row.since)
    tries = sum(one.kind == ComplaintEntry.Kind.CONTACT and one.at >= max(row.since, spoke) for one in row.entries.all())
    return tries >= house.rule("followup_max_attempts", row, row.hall.day_of(row.since))


def is_called(row):
    """Whether a follow-up asks: it is carried out, and of somebody with a file and a number who may be called."""
    if row.state != states.IMPLEMENTED or row.is_anonymous or row.customer is None or row.customer.choice != Customer.Choice.OPEN:
        return False
    return any(contact.is_phone for contact in row.customer.contacts.all())


def settle(actor, row, house, *, now):
    """Bring the follow-ups of a complaint to where it stands: one planned and due where it is carried out, given to another where its person may
    not go on, none once it went another way. Returns how many are new."""
    asked = is_called(row) and house.caller(row, [Can.EDIT])
    for one in [one for one in row.calls if one.state in TO_CALL or one.state == call_states.GIVEN_UP]:
        if not asked or one.slot != slot_of(row):
            services.drop(actor, one, now=now)
            one.state = call_states.CLOSED
    if not asked:
        return 0
    call = next((one for one in row.calls if one.slot == slot_of(row)), None)
    if call is None:
        call = FollowUp(hall_id=row.hall_id, customer_id=row.customer_id, employee_id=asked["employee_id"], trigger=FollowUp.Trigger.COMPLAINT,
                        slot=slot_of(row), source_id=row.pk, begins_at=row.implemented_at or row.since, due_at=due_of(row, house))
        services.plan(actor, [call])
        call = FollowUp.objects.select_related("employee__user", "hall").get(customer_id=row.customer_id, trigger=FollowUp.Trigger.COMPLAINT, slot=slot_of(row))
        row.calls.append(call)
        return plans.due([call]) if call.state == call_states.PLANNED else 0
    if call.state in TO_CALL and call.employee_id not in {one.pk for one in house.callers(row)}:
        call.employee_id = asked["employee_id"]
        services.pass_on(actor, call, now=now)
    return 0


def stars_of(score, highest):
    """A score of the scale of the hall as one to five stars, rounded up so that the top stays the top."""
    return max(1, -(-score * MOST_STARS // highest))


def recorded(actor, call, *, problems, now):
    """The call was made: what the customer said is the complaint's follow-up, with the problems named then."""
    row = Complaint.objects.get(pk=call.source_id)
    if row.state != states.IMPLEMENTED:
        return
    opinions = "\n".join(filter(None, [call.opinions, *problems]))
    following.follow_up(actor, row, stars=stars_of(call.satisfaction, queries.highest_score(call)), opinions=opinions, method=HOW[call.method], now=now)


def tried(actor, call, *, method, note, now):
    """A try in vain stands in the story of the complaint too, where so many let it be closed as not reached."""
    row = Complaint.objects.get(pk=call.source_id)
    if row.state == states.IMPLEMENTED:
        timing.contact_in_vain(actor, row, method=HOW[method], text=note, now=now)


def asked_here(actor, row, *, now):
    """The customer was asked from the page of the complaint: the follow-up that waits is recorded by that."""
    call = next((one for one in row.calls if one.state in (*TO_CALL, call_states.GIVEN_UP)), None)
    rating = row.ratings.filter(turn=row.turn).first()
    if call and row.satisfaction:
        score = max(1, row.satisfaction * queries.highest_score(call) // MOST_STARS)
        method = WAYS.get(rating.method if rating else "", FollowUp.Method.PHONE)
        services.settle(actor, call, satisfaction=score, method=method, opinions=(rating.comment if rating else "")[:500], now=now)
        call.state = call_states.CLOSED
