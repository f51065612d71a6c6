"""Responsibility, the solution and its rounds, carrying it out."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.forms import solving as forms
from complaints.handling.permissions import Can
from complaints.handling.services import solving
from complaints.handling.solving import SolutionMeasure, SolutionRound
from complaints.handling.views.investigating import PartOfComplaint
from complaints.handling.views.timing import ToCustomer
from complaints.handling.views.verbs import ComplaintPress, ComplaintVerb


class SetLiability(ComplaintVerb):
    """Who is responsible."""

    verb, form, submit, done = "set_liability", forms.LiabilityForm, _("Decide"), _("Decided. Propose a solution next.")

    def initial(self, target):
        """What was decided before, in an earlier turn."""
        found = {"validity": target.validity, "grounds": target.grounds, "parties_0_share": 100}
        rows = [one for one in target.liabilities.select_related("employee") if one.turn == target.turn]
        for place, one in enumerate(rows[:forms.PARTIES]):
            found |= {f"parties_{place}_{name}": value for name, value in (
                ("party", one.party), ("employee", one.employee), ("department", one.department_id), ("name", one.name), ("share", one.share))}
        return found

    def run(self, target, answers, now):
        """Decide."""
        return solving.set_liability(self.actor, target, validity=answers["validity"], grounds=answers["grounds"], parties=answers["parties"], now=now)


class Offer(ComplaintVerb, abstract=True):
    """The pages on which a solution is written."""

    def demands(self, target):
        """The demands as they stand."""
        return list(target.demands.all())

    def form_kwargs(self, target):
        """As many rows as there are demands, and some more."""
        return {"known": self.demands(target)}

    def initial(self, target):
        """The demands that were told."""
        found = {}
        for place, one in enumerate(self.demands(target)):
            judged = "" if one.reasonable is None else "yes" if one.reasonable else "no"
            found |= {f"demands_{place}_text": one.text, f"demands_{place}_reasonable": judged, f"demands_{place}_reason": one.reason}
        return found

    def last(self, target):
        """The last round, or None."""
        return target.rounds.order_by("-turn", "-number").first()


class Propose(Offer):
    """What is offered."""

    verb, form, submit, done = "propose", forms.OfferForm, _("Offer it"), _(
        "Offered. Talk it over with the customer; above the limit the manager decides first.")

    def run(self, target, answers, now):
        """Offer it."""
        return solving.propose(self.actor, target, now=now, **self.sent.asked)


class Adjust(Offer):
    """The next round."""

    verb, form, submit, done = "adjust", forms.AdjustForm, _("Offer it"), _("The next round is offered.")

    def initial(self, target):
        """What the customer said to the last round, and what was offered."""
        found, last = super().initial(target), self.last(target)
        return found if last is None else found | {"offer": last.offer, "compensation": last.compensation, "goodwill": last.goodwill, "opinion": last.opinion}

    def run(self, target, answers, now):
        """Offer the next."""
        return solving.adjust(self.actor, target, now=now, opinion=answers["opinion"], **self.sent.asked)


class Approve(ComplaintVerb):
    """Whether the cost is borne."""

    capability = Can.DECIDE
    template = "complaints/handling/settle.html"
    verb, form, submit, done = "approve", forms.ApproveForm, _("Decide"), _("Decided.")

    def context(self, target, form):
        """What waits stands above the form."""
        last = target.rounds.filter(approval=SolutionRound.Approval.WAITING).select_related("offered_by").last()
        asked = ((_("Solution"), last.offer), (_("Compensation"), last.compensation), (_("Goodwill"), last.goodwill), (_("Offered by"), last.offered_by)) if (
            last) else ()
        return super().context(target, form) | {"asked": asked}

    def run(self, target, answers, now):
        """Decide."""
        return solving.approve(self.actor, target, now=now, **answers)


class AnswerRound(ComplaintVerb):
    """What the customer says to it."""

    template = "complaints/handling/settle.html"
    verb, form, submit, done = "answer_round", forms.AnswerRoundForm, _("Note the answer"), _("Noted.")

    def context(self, target, form):
        """The offer stands above the form."""
        last = target.rounds.order_by("-turn", "-number").first()
        return super().context(target, form) | {"asked": ((_("Solution"), last.offer), (_("Compensation"), last.compensation)) if last else ()}

    def run(self, target, answers, now):
        """Note it."""
        return solving.answer_round(self.actor, target, now=now, **answers)


class Implement(ComplaintPress):
    """It is carried out from now on."""

    done = _("It is carried out from now on. Follow the measures.")

    def run(self, complaint, now):
        """Begin."""
        solving.implement(self.actor, complaint, now=now)


class ImplementPublished(ComplaintVerb):
    """Without contact data: the tracking page stands in for the consent."""

    verb, form, submit, done = "implement_published", forms.PublishedForm, _("Publish"), _("Published; it is carried out from now on.")

    def run(self, target, answers, now):
        """Publish and begin."""
        return solving.implement_published(self.actor, target, now=now, **answers)


class FinishMeasure(PartOfComplaint):
    """A measure is done."""

    model = SolutionMeasure
    form, done = forms.MeasureDoneForm, _("The measure is done.")
    heading, submit = _("The measure is done"), _("It is done")

    def context(self, target, form):
        """The measure in words."""
        return super().context(target, form) | {"sub_text": target.what}

    def run(self, target, answers, now):
        """Finish it."""
        return solving.finish_measure(self.actor, target, now=now, **answers)


class FinishImplementing(ToCustomer):
    """All is carried out and the customer knows."""

    verb, form, submit, done = "finish_implementing", forms.ImplementedForm, _("All is carried out"), _("Carried out. Somebody else makes the follow-up call.")

    def run(self, target, answers, now):
        """Finish it."""
        return solving.finish_implementing(self.actor, target, now=now, **answers)
