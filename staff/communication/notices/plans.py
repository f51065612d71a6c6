"""SCH-51: who came to a hall, team or position after a notice was published is asked to read it too; who left is not asked any more."""
from config.accounts.actor import Actor
from staff.communication.notices import services, states
from staff.communication.notices.models import Notice
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.organisation.models import Employee


def write_readings(since, until):
    """Ask the new readers of every notice that holds; returns how many that are."""
    notices = Notice.objects.filter(state=states.PUBLISHED, published_at__lte=until).select_related("hall", "team__hall")
    gone = Duty.objects.filter(kind=services.KIND, state=OPEN, employee__state=Employee.State.LEFT).values_list("record_id", "employee_id")
    for notice, employee in list(gone):
        duties.withdraw(Actor.system(services.READING), services.KIND, notice, employee=employee, reason="", now=until)
    return sum(services.name_readers(notice, until) for notice in notices)
