"""Competences on other pages: what a person holds, what the holders of a position lack."""
from config.contributions.panels import register
from staff.training import queries


def of_person(person, user):
    """The competences of a person, as far as this viewer sees them."""
    seen = queries.people_seen(user).filter(pk=person.pk).exists()
    if not seen:
        return None
    person = queries.with_competences([person])[0]
    return {"person": person, "may_enter": queries.people_entered(user).filter(pk=person.pk).exists()}


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
