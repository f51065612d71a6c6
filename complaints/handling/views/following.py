"""After it was carried out: follow-up, rating, closing, handling again, appeals."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from complaints.handling.forms import following as forms
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import following
from complaints.handling.solving import ComplaintRating
from complaints.handling.views.timing import ToCustomer
from complaints.handling.views.verbs import ComplaintVerb


class FollowUp(ToCustomer):
    """The call after it."""

    verb, form, submit, done = "follow_up", forms.FollowUpForm, _("Save"), _("Noted.")

    def run(self, target, answers, now):
        """Note it."""
        return following.follow_up(self.actor, target, now=now, **answers)


class Rate(ToCustomer):
    """The customer's rating, taken down."""

    capability = Can.REGISTER
    verb, form, submit, done = "rate", forms.RateForm, _("Save"), _("Noted.")

    def run(self, target, answers, now):
        """Note it."""
        return following.rate(self.actor, target, now=now, **answers)


class Close(ComplaintVerb):
    """Root cause, improvement, end."""

    verb, form, submit, done = "close", forms.CloseForm, _("Close it"), _("Closed and filed.")

    def initial(self, target):
        """What an earlier turn found."""
        names = ("cause", "cause_detail", "improvement", "prevention", "no_improvement")
        whys = {f"why_{place}": words for place, words in enumerate(target.whys or [])}
        return {name: getattr(target, name) for name in names} | whys

    def run(self, target, answers, now):
        """Close it."""
        return following.close(self.actor, target, now=now, **answers)


class Again(ComplaintVerb, abstract=True):
    """Verbs that ask the reason alone."""

    form = forms.AgainForm


class ProposeAgain(Again):
    """Not satisfied."""

    verb, submit, done = "propose_again", _("Propose again"), _("Back to the solution. Offer something else.")

    def run(self, target, answers, now):
        """Back to the solution."""
        return following.propose_again(self.actor, target, now=now, **answers)


class HandleAgain(Again):
    """A new turn with a new clock."""

    verb, submit, done = "handle_again", _("Handle it again"), _("It is handled again; the clock begins anew.")

    def run(self, target, answers, now):
        """A new turn."""
        return following.handle_again(self.actor, target, now=now, **answers)


class CloseUnreachable(Again):
    """Nobody was reached."""

    verb, submit, done, danger = "close_unreachable", _("Close it"), _("Closed as not reached."), True

    def run(self, target, answers, now):
        """Close it."""
        return following.close_unreachable(self.actor, target, now=now, **answers)


class CloseNotAgreed(ComplaintVerb):
    """The manager ends a deadlock."""

    capability = Can.DECIDE
    verb, form, submit, done, danger = "close_not_agreed", forms.NotAgreedForm, _("Close it"), _("Closed without agreement."), True

    def run(self, target, answers, now):
        """Close it."""
        return following.close_not_agreed(self.actor, target, now=now, **answers)


class ClosePublished(ComplaintVerb):
    """Without contact data: the tracking page tells the end."""

    verb, form, submit, done = "close_published", forms.ClosePublishedForm, _("Publish and close"), _("Closed; the tracking page tells it.")

    def run(self, target, answers, now):
        """Close it."""
        return following.close_published(self.actor, target, now=now, **answers)


class Withdraw(ToCustomer):
    """The customer takes it back."""

    verb, form, submit, done, danger = "withdraw", forms.WithdrawForm, _("It is taken back"), _("Taken back by the customer."), True

    def run(self, target, answers, now):
        """Withdraw it."""
        return following.withdraw(self.actor, target, now=now, **answers)


class Reopen(ComplaintVerb):
    """Once more."""

    verb, form, submit, done = "reopen", forms.ReopenForm, _("Open again"), _("Open again; the clock begins anew.")

    def run(self, target, answers, now):
        """Open it."""
        return following.reopen(self.actor, target, now=now, **answers)


class AnswerLight(ToCustomer):
    """The lighter path."""

    verb, form, submit, done = "answer_light", forms.AnswerLightForm, _("It was answered"), _("Answered.")

    def run(self, target, answers, now):
        """Answer."""
        return following.answer_light(self.actor, target, now=now, **answers)


class OnRating(ComplaintVerb, abstract=True):
    """Verbs on a rating."""

    template = "complaints/handling/settle.html"

    def target(self, pk):
        """The rating of a complaint in reach."""
        rows = ComplaintRating.objects.filter(complaint__in=Complaint.objects.visible_to(self.request.user, self.capability))
        return get_object_or_404(rows.select_related("complaint__hall", "complaint__customer", "appealed_by"), pk=pk)

    def complaint_of(self, target):
        """Its complaint."""
        return target.complaint


class Appeal(OnRating):
    """It is mistaken, says who was rated."""

    verb, form, submit, done = "appeal", forms.AppealForm, _("Appeal"), _("A third person decides.")

    def target(self, pk):
        """Of one's own handling."""
        rating = super().target(pk)
        if rating.complaint.handler is None or rating.complaint.handler.user_id != self.request.user.pk:
            raise Http404
        return rating

    def context(self, target, form):
        """The rating stands above the form."""
        return super().context(target, form) | {"asked": ((_("Satisfaction"), target.stars), (_("Comment"), target.comment))}

    def run(self, target, answers, now):
        """Appeal."""
        return following.appeal(self.actor, target, now=now, **answers)


class DecideAppeal(OnRating):
    """The third person's word."""

    capability = Can.DECIDE
    verb, form, submit, done = "decide_appeal", forms.DecideAppealForm, _("Decide"), _("Decided.")

    def context(self, target, form):
        """The rating and the appeal stand above the form."""
        return super().context(target, form) | {"asked": ((_("Satisfaction"), target.stars), (_("Comment"), target.comment), (
            _("Grounds of the appeal"), target.appeal_reason), (_("Appealed by"), target.appealed_by))}

    def run(self, target, answers, now):
        """Decide."""
        return following.decide_appeal(self.actor, target, now=now, **answers)
