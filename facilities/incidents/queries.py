"""Incidents for screens."""
from django.utils import timezone

from config.accounts.access import may
from config.contributions import records
from facilities.incidents import states
from facilities.incidents.models import Incident
from facilities.incidents.permissions import Can
from staff.organisation.access import workplaces
from staff.organisation.models import Hall


def for_list(user):
    """The incidents in reach with the names that a row shows."""
    return Incident.objects.visible_to(user).select_related("hall", "reported_by", "confirmed_by", "filed_by")


def halls_reported(user):
    """The halls of which this person may report something: those they work in, or all that are open for who works in none."""
    today = timezone.localdate()
    halls = workplaces(user, today)
    return Hall.objects.filter(pk__in=[hall.pk for hall in halls]) if halls else Hall.objects.open_on(today)


def acts_of(row, user):
    """What this person may do with an incident now, as {verb: True}."""
    leads = may(user, Can.LEAD) and Incident.objects.visible_to(user, Can.LEAD).filter(pk=row.pk).exists()
    edits = leads or may(user, Can.EDIT) and Incident.objects.visible_to(user, Can.EDIT).filter(pk=row.pk).exists()
    own = row.reported_by_id == user.employee.pk
    return {arrow.verb: (edits if arrow.capability == Can.EDIT else leads) and not (own and row.state == states.REPORTED)
            for arrow in states.TABLE.leading_from(row.state)}


def things_of(row, user):
    """What an incident is about: (title, address), without what this viewer may not open but its number."""
    references = [(one.kind, one.record_id) for one in row.things.all()]
    found, numbers = records.resolve(references, user), records.numbers_of(references)
    return [(found[key].title, found[key].address) if key in found else (numbers.get(key, "—"), "") for key in references]


def source_of(row, user):
    """The record that reported an incident, as this viewer may open it, or None."""
    key = (row.source_kind, row.source_id)
    return records.resolve([key], user).get(key) if row.source_kind else None
