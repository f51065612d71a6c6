"""Where a complaint stands, in words for the customer: fewer than the states of the house, and none that tells how it works inside (CMP-15)."""
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from complaints.handling import states

RECEIVED, LOOKED_AT, SOLUTION, CARRIED_OUT, FINISHED = range(5)
STAGES = (_("Received"), _("Looked into"), _("Solution"), _("Carried out"), _("Finished"))
LIGHT_STAGES = (_("Received"), _("Read"), _("Answered"))
ACK, SOLVE, NONE = "ack_due_at", "solve_due_at", ""  # which date is told beside it


@dataclass(frozen=True)
class Stage:
    """`place` on the bar, where it stands, what comes next, and by when (a field of the complaint)."""

    place: int
    title: str
    then: str
    due: str = NONE


LOOKING = Stage(LOOKED_AT, _("We are looking into it."), _("Next, we talk a solution over with you."), SOLVE)
DOING = Stage(CARRIED_OUT, _("The solution is being carried out."), _("Next, we tell you when it is done."), SOLVE)
OVER = _("If something is still open, tell us here.")
OF = {
    states.REGISTERED: Stage(RECEIVED, _("We have received it."), _("Next, we confirm it and say who takes care of it."), ACK),
    states.ACKNOWLEDGED: Stage(RECEIVED, _("We have confirmed it."), _("Next, we look into what happened."), SOLVE),
    states.ASSIGNED: LOOKING,
    states.INVESTIGATING: LOOKING,
    states.VERIFIED: LOOKING,
    states.LIABILITY_SET: LOOKING,
    states.PROPOSED: Stage(SOLUTION, _("We are talking a solution over with you."), _("Next, the solution you agree to is carried out."), SOLVE),
    states.AGREED: DOING,
    states.IMPLEMENTING: DOING,
    states.IMPLEMENTED: Stage(CARRIED_OUT, _("The solution was carried out."), _("Next, tell us whether you are satisfied.")),
    states.FOLLOWED_UP: Stage(CARRIED_OUT, _("Thank you for telling us what you think."), _("Next, we finish it, or go on until it is solved.")),
    states.RE_HANDLING: Stage(LOOKED_AT, _("We are looking into it once more."), _("Next, we talk a solution over with you."), SOLVE),
    states.SATISFIED: Stage(FINISHED, _("It is finished."), OVER),
    states.NOT_AGREED: Stage(FINISHED, _("It ended without an agreement."), _("Below you find why, and which further ways you have.")),
    states.UNREACHABLE: Stage(FINISHED, _("It is finished. The result is written here."), OVER),
    states.NOT_ACCEPTED: Stage(FINISHED, _("We cannot take this up."), _("Below you find why, and who can help you.")),
    states.WITHDRAWN: Stage(FINISHED, _("You have taken it back."), _("You may complain again at any time.")),
    states.MERGED: LOOKING,  # shown only where what it was merged into cannot be
    states.DONE: Stage(FINISHED, _("We have answered you."), _("Thank you for your words.")),
}
READ = Stage(1, _("We have read it."), _("Next, we answer you."), SOLVE)
LIGHT = {states.REGISTERED: Stage(0, _("We have received it."), _("Next, we answer you."), SOLVE), states.ACKNOWLEDGED: READ, states.ASSIGNED: READ,
         states.DONE: Stage(2, _("We have answered you."), _("Thank you for your words."))}


def stage_of(row):
    """The Stage of a complaint as the customer reads it."""
    return (LIGHT.get(row.state) if row.is_light else None) or OF[row.state]


def bar_of(row):
    """[{label, state}] of the bar above it, as parts/way.html draws them."""
    names, place = (LIGHT_STAGES, min(stage_of(row).place, len(LIGHT_STAGES) - 1)) if row.is_light else (STAGES, stage_of(row).place)
    over = row.state in states.OVER
    return [{"label": name, "note": "", "state": "done" if at < place or over else "now" if at == place else "todo"} for at, name in enumerate(names)]
