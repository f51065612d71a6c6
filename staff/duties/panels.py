"""My day: what is due to this person, and what their people left undone (GEN-06, GEN-08)."""
from django.utils import timezone

from config.accounts.access import may
from config.contributions.panels import register
from staff.duties import queries
from staff.duties.decisions import cells
from staff.duties.decisions import queries as decisions
from staff.duties.permissions import Can


def mine(_record, user):
    """Late things first, then the rest of the day in its order; None with nothing due."""
    now = timezone.now()
    rows = queries.my_day(user, now)
    late, coming = [row for row in rows if row.tone == "late"], [row for row in rows if row.tone != "late"]
    return {"late": late, "coming": coming, "now": now, "late_count": len(late), "listed": may(user, Can.READ)} if rows else None


def of_others(_record, user):
    """What one has to know of; None where there is nothing."""
    rows = queries.to_know_of(user, timezone.now())
    return {"rows": rows, "aside": True} if rows else None


def to_decide(_record, user):
    """What waits for this person's word, the oldest first; None with nothing."""
    rows = [(one, cells.label(one)) for one in decisions.waiting(user)]
    return {"rows": rows, "aside": True} if rows else None


register(key="decisions", place="my_day", template="staff/duties/decisions/_my_day.html", context=to_decide, order=8)
register(key="duties", place="my_day", template="staff/duties/_my_day.html", context=mine, order=5)
register(key="duties-of-others", place="my_day", template="staff/duties/_of_others.html", context=of_others, order=30)
