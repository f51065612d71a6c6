"""What the rooms below have somebody decide gets its row among the decisions, in the transaction of their own verb."""
from django.dispatch import receiver

from staff.duties.decisions import services
from staff.regulation.parameters import states
from staff.regulation.parameters.events import change_asked, change_decided, change_withdrawn
from staff.regulation.parameters.models import ParameterChange

KIND = "parameter_change"


@receiver(change_asked)
def a_change_waits(sender, change_id, actor, now, **_more):
    """Somebody asks for another value."""
    change = ParameterChange.objects.select_related("hall").get(pk=change_id)
    services.ask(actor, KIND, change_id, hall=change.hall, reason=change.reason, now=now)


@receiver(change_decided)
def a_change_is_decided(sender, change_id, actor, now, **_more):
    """The second person has said their word."""
    change = ParameterChange.objects.get(pk=change_id)
    services.settle(actor, KIND, change_id, approved=change.state == states.CONFIRMED, answer=change.answer, now=now)


@receiver(change_withdrawn)
def a_change_is_taken_back(sender, change_id, actor, reason, now, **_more):
    """Nobody needs to decide it any more."""
    services.withdraw(actor, KIND, change_id, reason=reason, now=now)
