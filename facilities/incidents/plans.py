"""Confirming incidents and carrying out measures as duties: made by the acts themselves, and once more by the clock where one is missing, such as
after the manager of a hall has changed."""
from facilities.incidents import services, states
from facilities.incidents.models import Incident, IncidentMeasure
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN


def write_confirmations(since, until):
    """A duty for every report that waits and is due to nobody; returns how many that were."""
    due = set(Duty.objects.filter(kind=services.KIND, schedule=services.CONFIRM, state=OPEN).values_list("record_id", flat=True))
    waiting = Incident.objects.filter(state=states.REPORTED).select_related("hall__department__head__user", "hall__manager__user")
    return duties.make([services.duty_of(row) for row in waiting if row.pk not in due])


def write_measures(since, until):
    """A duty for every measure that is to be done and is due to nobody; returns how many that were."""
    due = set(Duty.objects.filter(kind=services.KIND, schedule=services.MEASURE, state=OPEN).values_list("slot", "employee_id"))
    left = IncidentMeasure.objects.filter(done_at=None).select_related("incident__hall")
    return duties.make([services.measure_due(one, one.incident, until) for one in left if (services.slot_of(one), one.owner_id) not in due])
