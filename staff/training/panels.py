"""Competences on other pages: what a person holds, what the holders of a position lack."""
from config.contributions.panels import register
from staff.organisation.queries import is_within
from staff.training import queries
from staff.training.permissions import Can


def of_person(person, user):
    """The competences of a person, as far as this viewer sees them."""
    if not is_within(user, person, Can.READ):
        return None
    may_enter = person.user_id != user.pk and person.state != person.State.LEFT and is_within(user, person, Can.EDIT)
    return {"person": queries.with_competences([person])[0], "may_enter": may_enter}


def of_position(position, user):
    """Which competences the holders of a position have, counted over the holders this viewer sees."""
    seen = {person.pk: person for person in queries.people_seen(user).filter(pk__in=[row.employee_id for row in position.holders])}
    counts = {}
    for person in queries.with_competences(list(seen.values())):
        for held in person.held:
            counts.setdefault(held.competence_id, [held.competence, 0])[1] += 1
    return {"counts": sorted(counts.values(), key=lambda pair: -pair[1]), "holders": len(seen)} if seen else None


register(key="competences", place="person", template="staff/training/_of_person.html", context=of_person, order=30)
register(key="competences_of_position", place="position", template="staff/training/_of_position.html", context=of_position, order=30)
