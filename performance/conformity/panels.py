"""How a clause is kept this month in the hall one works in, on the page of the clause."""
from django.urls import reverse
from django.utils import timezone

from config.accounts.access import may
from config.contributions.panels import register
from performance.conformity import cells, queries
from performance.conformity.permissions import Can
from performance.conformity.services import computed_of, this_month
from staff.organisation.access import workplaces


def of_clause(clause, user):
    """The result in one's hall, with the way to it; None for who sees no conformity, or where the clause is not in force."""
    if not may(user, Can.READ):
        return None
    now = timezone.now()
    halls = workplaces(user, timezone.localdate()) or queries.halls_of(user)
    hall = next(iter(halls), None)
    if hall is None or not clause.edition.holds_on(hall.day_of(now)):
        return None
    month = this_month(hall, now)
    computed, judged = computed_of(clause, hall, month, user, now), queries.judgement_of(hall, month, clause)
    return {"hall": hall, "month": month, "state": cells.result(judged.result if judged else computed.result), "judged": judged,
            "score": cells.score(judged.score if judged else computed.score), "none": not judged and not computed.tally.whole,
            "url": reverse("clause_result", args=[hall.pk, month.key, clause.source, clause.number])}


register(key="conformity", place="clause", template="performance/conformity/_of_clause.html", context=of_clause)
