"""Who is asked: customer service, the supervisor, the manager, who calls the customer; never somebody whom the complaint is about (CMP-11)."""
from complaints.handling.facts import ComplaintPerson
from complaints.handling.permissions import Can
from config.accounts.access import may
from reception.followups.models import FollowUp
from staff.duties import ladder
from staff.organisation.models import Assignment, Employee
from staff.regulation import values

AGENT, SUPERVISOR, MANAGER, GENERAL = "agent", "supervisor", "manager", "general"


def concerned(row):
    """The ids of those whom it is about, read from what is loaded."""
    return {one.employee_id for one in row.people.all() if one.complained_about} | {one.employee_id for one in row.liabilities.all() if one.employee_id}


def handlers(row):
    """The ids of those who handled it in this turn, read from what is loaded."""
    return {one.handler_id for one in row.routes.all() if one.at >= row.turn_began_at} | ({row.handler_id} if row.handler_id else set())


def about(complaint_id):
    """The ids of those complained about, where only the id of the complaint is at hand."""
    return set(ComplaintPerson.objects.filter(complaint_id=complaint_id, complained_about=True).values_list("employee_id", flat=True))


def about_who_is_asked(person_id):
    """The same by somebody's part in it."""
    return {pk for one in ComplaintPerson.objects.filter(pk=person_id) for pk in about(one.complaint_id)}


def about_who_is_called(follow_up_id):
    """The same by the call that asks how satisfied the customer is; nobody by other calls."""
    return {pk for one in FollowUp.objects.filter(pk=follow_up_id, trigger=FollowUp.Trigger.COMPLAINT) for pk in about(one.source_id)}


class House:
    """Who works where at `now`, read once for however many complaints; `calendar_of(hall)` gives the working calendar."""

    def __init__(self, now, calendar_of):
        self.now, self.calendar_of = now, calendar_of
        self.calendars, self.holders, self.superiors, self.rules = {}, {}, {}, {}

    def calendar(self, row):
        """The working calendar of its hall."""
        if row.hall_id not in self.calendars:
            self.calendars[row.hall_id] = self.calendar_of(row.hall)
        return self.calendars[row.hall_id]

    def rule(self, key, row, day):
        """The value of a rule in its hall on a day."""
        if (key, row.hall_id, day) not in self.rules:
            self.rules[key, row.hall_id, day] = values.value(key, day, row.hall)
        return self.rules[key, row.hall_id, day]

    def handler(self, row):
        """Its handler as facts of a duty; None where there is none who may go on."""
        one = row.handler
        return {"employee_id": one.pk} if one and one.state == Employee.State.ON_DUTY and one.pk not in concerned(row) else None

    def who_hold(self, role, hall):
        """Those on duty who hold a role in a hall today, in the order of their ids."""
        day = hall.day_of(self.now)
        if (role, day) not in self.holders:
            found = self.holders[role, day] = {}
            rows = Assignment.objects.filter(role=role, employee__state=Employee.State.ON_DUTY, employee__user__is_active=True, starts_on__lte=day)
            for one in rows.exclude(ends_on__lt=day).select_related("employee__user", "team").order_by("employee_id"):
                place = one.hall_id or (one.team.hall_id if one.team_id else None)
                found.setdefault(place, {})[one.employee_id] = one.employee
        return list(self.holders[role, day].get(None if role == GENERAL else hall.pk, {}).values())

    def pool(self, role, row):
        """Whoever holds a role in its hall, as facts of a duty: one by name where another of them is concerned and so must not read of it; where
        nobody holds it, who stands above."""
        out, there = concerned(row), self.who_hold(role, row.hall)
        able = [one for one in there if one.pk not in out]
        if there and len(able) == len(there):
            return {"role": role}
        if able:
            return {"employee_id": able[0].pk}
        return self.chief(row)

    def above(self, row, first=None):
        """Those above, from the nearest: the superior of `first` or a supervisor of the hall, its manager, the head of the department, those above
        them; each once, only who may see it."""
        day, out = row.hall.day_of(self.now), concerned(row)
        start = self.superior(first, day) if first else next(iter(self.who_hold(SUPERVISOR, row.hall)), None)
        chain = [start, row.hall.manager or next(iter(self.who_hold(MANAGER, row.hall)), None), row.hall.department.head]
        last, seen = next((one for one in reversed(chain) if one), None), set()
        while last and last.pk not in seen:
            seen.add(last.pk)
            last = self.superior(last, day)
            chain.append(last)
        def fit(people):
            return [one for one in dict.fromkeys(filter(None, people)) if one.pk not in out and is_there(one) and may(one.user, Can.READ)]

        chain, heads = fit(chain), fit(self.who_hold(GENERAL, row.hall))
        return chain if any(one in chain for one in heads) else chain + heads[:1]

    def superior(self, person, day):
        """Who stands above, read once."""
        if person.pk not in self.superiors:
            self.superiors[person.pk] = ladder.superior(person, day)
        return self.superiors[person.pk]

    def chief(self, row, but=()):
        """The nearest who decides for its hall and is not concerned, nor one of `but`: the manager, else who stands above; None where nobody is."""
        able = [one for one in self.above(row) if one.pk not in but and may(one.user, Can.DECIDE)]
        return {"employee_id": able[0].pk} if able else None

    def callers(self, row):
        """Those who may ask the customer how satisfied they are: customer service of the hall first, then supervisors, then who stands above; never
        who handled it or is concerned (FIELD 2.3 row 30)."""
        out = concerned(row) | handlers(row)
        near = [*self.who_hold(AGENT, row.hall), *self.who_hold(SUPERVISOR, row.hall), *self.above(row)]
        return [one for one in dict.fromkeys(near) if one.pk not in out and may(one.user, Can.HANDLE)]

    def caller(self, row, rights=()):
        """The first of them who has these `rights` too, as facts of a duty; None where nobody is left."""
        able = next((one for one in self.callers(row) if all(may(one.user, right) for right in rights)), None)
        return {"employee_id": able.pk} if able else None


def is_there(person):
    """Whether somebody can be asked: on duty, with an account that is open."""
    return person.state == Employee.State.ON_DUTY and person.user is not None and person.user.is_active
