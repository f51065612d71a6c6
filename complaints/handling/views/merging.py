"""The same matter twice, and several matters in one."""
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from complaints.handling.forms import following as forms
from complaints.handling.forms.routing import ReasonForm
from complaints.handling.services import merging
from complaints.handling.views.verbs import ComplaintVerb


class Merge(ComplaintVerb):
    """Into another one."""

    verb, form, submit, done = "merge", forms.MergeForm, _("Merge"), _("Merged. Both numbers keep working; it can be taken apart again.")

    @cached_property
    def offered(self):
        """The likely ones, as they were found when the page began."""
        return {}

    def form_kwargs(self, target):
        """The likely ones alone."""
        if target.pk not in self.offered:
            self.offered[target.pk] = list(merging.candidates(target, self.request.user))
        return {"offered": self.offered[target.pk]}

    def run(self, target, answers, now):
        """Merge it."""
        return merging.merge(self.actor, target, now=now, **answers)


class Unmerge(ComplaintVerb):
    """Apart again."""

    verb, form, submit, done = "unmerge", ReasonForm, _("Take apart"), _("It stands by itself again, where it stood before.")

    def run(self, target, answers, now):
        """Take it apart."""
        return merging.unmerge(self.actor, target, now=now, **answers)


class Split(ComplaintVerb):
    """Several matters."""

    verb, form, submit, done = "split", forms.SplitForm, _("Split off"), _("Each matter is a complaint of its own now.")

    def run(self, target, answers, now):
        """Split it."""
        return merging.split(self.actor, target, matters=[row["text"] for row in answers["matters"]], reason=answers["reason"], now=now)
