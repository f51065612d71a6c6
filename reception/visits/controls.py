"""What visits show of the regulation's clauses: greeted within the seconds, served within the minutes that are allowed."""
from functools import partial

from django.utils.translation import gettext_lazy as _

from config.contributions.figures import CONTROLS, Control
from reception.visits import measures
from reception.visits.indicators import tell_greeting, tell_wait
from reception.visits.models import Visit


def judged(condition, period, viewer, capability):
    """The visits of the period in reach that can be judged."""
    rows = measures.measured(Visit.objects.visible_to(viewer, capability))
    return rows.filter(measures.arrived_within(period.first, period.last), condition("measured"))


CONTROLS.add(Control(
    key="greeting", label=_("Visitors are greeted in time"), clauses=("S0 §3.3.1.1", "S3 §3.1.1"), parameters=(measures.GREET_TARGET,),
    rows=partial(judged, measures.greeting), kept=partial(measures.greeting, "in_time"), person="receptionist", kind="visit", moment="arrived_at",
    tells=tell_greeting, definition=_("Every visitor who was greeted, against the seconds allowed in the hall on that day.")))
CONTROLS.add(Control(
    key="waiting", label=_("Visitors are served in time"), clauses=(),  # a limit of the house's own
    parameters=(measures.WAIT_TARGET,),
    rows=partial(judged, measures.wait), kept=partial(measures.wait, "within"), person="adviser", kind="visit", moment="arrived_at",
    tells=tell_wait, definition=_("Every visitor who was served, against the minutes allowed in the hall on that day.")))
