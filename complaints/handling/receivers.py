"""What the complaints room hears: of its own acts, of follow-ups, of calendars and rules that change."""
from django.dispatch import receiver
from django.utils.translation import gettext as _

from complaints.handling import calls, plans, recomputing, telling
from complaints.handling.events import complaint_changed, customer_spoke
from reception.followups.events import follow_up_recorded, follow_up_tried
from reception.followups.models import FollowUp
from staff.regulation.events import calendar_changed
from staff.regulation.parameters import states as change_states
from staff.regulation.parameters.events import change_decided
from staff.regulation.parameters.models import ParameterChange


@receiver(complaint_changed, dispatch_uid="complaint-turns")
def whose_turn_it_is(sender, complaint, verb, actor, now, **more):
    """Each act finishes what was due and makes what is due next, and tells whom it concerns."""
    plans.settle([complaint.pk], actor=actor, now=now, verb=verb)
    telling.told_of(actor, complaint, verb, now)


@receiver(customer_spoke, dispatch_uid="complaint-word")
def the_customer_spoke(sender, complaint, entry, now, **more):
    """Whoever handles it hears of it."""
    telling.spoke(complaint, entry, now=now)


@receiver(follow_up_recorded, dispatch_uid="complaint-call")
def the_customer_was_called(sender, follow_up, problems, actor, now, **more):
    """What was said in the call after a complaint is its follow-up."""
    if follow_up.trigger == FollowUp.Trigger.COMPLAINT:
        calls.recorded(actor, follow_up, problems=problems, now=now)


@receiver(follow_up_tried, dispatch_uid="complaint-call-in-vain")
def the_customer_was_not_reached(sender, follow_up, method, note, actor, now, **more):
    """A try in vain stands in the story of the complaint."""
    if follow_up.trigger == FollowUp.Trigger.COMPLAINT:
        calls.tried(actor, follow_up, method=method, note=note or _("Called in vain"), now=now)


@receiver(calendar_changed, dispatch_uid="complaint-limits-by-calendar")
def a_calendar_changed(sender, hall_id, actor, now, **more):
    """The limits of the hall, or of every hall, are worked out anew."""
    recomputing.start(actor, hall_id, reason=_("The working calendar changed."), now=now)


@receiver(change_decided, dispatch_uid="complaint-limits-by-rule")
def a_rule_changed(sender, change_id, actor, now, **more):
    """The same when a limit of complaints has another value."""
    change = ParameterChange.objects.get(pk=change_id)
    if change.state == change_states.CONFIRMED and change.subject in recomputing.RULES:
        recomputing.start(actor, change.hall_id, reason=_("The rule %(key)s has another value.") % {"key": change.subject}, now=now)
