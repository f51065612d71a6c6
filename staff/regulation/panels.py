"""What the regulation brings to other pages: the company's name, the parameters that differ in a hall or for a position, and on My day what
waits for a second person, is to be read and reviewed, and the laws that change."""
from django.urls import reverse
from django.utils import timezone

from config.accounts.access import may
from config.contributions.panels import register
from staff.regulation import values
from staff.regulation.calendars import queries as calendars
from staff.regulation.clauses import queries as clauses
from staff.regulation.models import ParameterValue
from staff.regulation.parameters import queries, words
from staff.regulation.permissions import Can
from staff.regulation.values import value

SHOWN = 8


def company(record, user):
    """The name of the company today."""
    return {"company": value("organization_name", timezone.localdate())}


def waiting(_record, user):
    """What this person may confirm; None with nothing."""
    if not may(user, Can.EDIT):
        return None
    rows = [(change, words.meaning(change.subject), words.place(change.hall, change.position)) for change in queries.to_decide(user)[:SHOWN]]
    return {"rows": rows} if rows else None


def of_hall(hall, user):
    """What differs in a hall today."""
    return of_place({"hall": hall}, f"?hall={hall.pk}", user)


def hall_calendar(hall, user):
    """The next days on which a hall is unlike itself, with the way to its calendar; None for who may not read it."""
    return {"rows": calendars.coming(hall, SHOWN), "url": reverse("hall_calendar", args=[hall.pk])} if may(user, Can.CALENDAR) else None


def of_position(position, user):
    """What differs for a position today."""
    return of_place({"position": position}, "", user)


def of_place(place, query, user):
    """The newest running row of each parameter at a place, and at what is narrower; one statement. None for who reads no regulation."""
    if not may(user, Can.READ):
        return None
    rows = ParameterValue.objects.filter(values.running(timezone.localdate()), **place).select_related("position", "hall").order_by("valid_from")
    newest = {(row.key, row.hall_id, row.position_id): row for row in rows}
    told = [(row, words.meaning(row.key), words.shown(row.key, values.exact(row.value))) for row in newest.values()]
    return {"rows": sorted(told, key=lambda one: one[1]), "url": reverse("parameters") + query}


def my_day(_record, user):
    """What this person is asked to read or to review, and the laws that are going to change; None with nothing of it."""
    if not may(user, Can.READ):
        return None
    today = timezone.localdate()
    asked = clauses.asked_of(user, today)
    found = {"rows": asked.to_read, "reviews": asked.to_review, "changes": asked.changes}
    return found | {"today": today} if any(found.values()) else None


register(key="regulation-my-day", place="my_day", template="staff/regulation/_my_day.html", context=my_day, order=35)
register(key="company", place="organisation", template="staff/regulation/_company.html", context=company, order=1)
register(key="parameters_to_confirm", place="my_day", template="staff/regulation/parameters/_waiting.html", context=waiting, order=20)
register(key="parameters_of_hall", place="hall", template="staff/regulation/parameters/_of_place.html", context=of_hall, order=60)
register(key="calendar_of_hall", place="hall", template="staff/regulation/calendar/_of_hall.html", context=hall_calendar, order=55)
register(key="parameters_of_position", place="position", template="staff/regulation/parameters/_of_place.html", context=of_position, order=60)
