"""The page of what one person holds in all rooms, and handing it to a colleague (leave, change of post, illness)."""
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.trace import REASON_LENGTH
from config.contributions import records
from config.web.forms import HallkeeperForm
from config.web.pages import Page
from staff.organisation import services
from staff.organisation.fields import PersonField
from staff.organisation.models import Employee
from staff.organisation.permissions import Can
from staff.organisation.views.base import PersonVerb

SHOWN = 20  # records of one kind on the page


class HandOverForm(HallkeeperForm):
    """What, to whom, why."""

    keys = forms.MultipleChoiceField(label=gettext_lazy("What is handed over"), widget=forms.CheckboxSelectMultiple({"class": "stacked"}))
    to = PersonField(label=gettext_lazy("Taken over by"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [(holding.key, f"{holding.label} ({count})") for holding, count in held]
        if not self.is_bound:
            self.initial.setdefault("keys", [holding.key for holding, _count in held])


def person_seen(user, pk):
    """The person whose holdings this viewer sees, or a 404."""
    person = Employee.objects.filter(pk=pk).select_related("user").first()
    if person is None or not services.sees_holdings(user, person):
        raise Http404
    return person


class Holdings(Page):
    """Everything that this person owns, room by room."""

    capability = Can.READ

    def get(self, request, pk):
        """The page; a record is named to who may open it, the others are counted."""
        person = person_seen(request.user, pk)
        held = services.holdings_of(person)
        may_give = any(services.may_hand_over(request.user, person, holding) for holding, _count in held)
        return self.show("staff/organisation/people/holdings.html", {
            "person": person, "sections": [(holding, count, *named(holding, count, person, request.user)) for holding, count in held],
            "may_give": may_give and person.state != Employee.State.LEFT, "own": person.user_id == request.user.pk})


def named(holding, count, person, user):
    """(records of a kind as this viewer may see them, how many more there are)."""
    rows = holding.owned(person)
    kind = next((one for one in records.KINDS.all() if one.model == rows.model._meta.label), None)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:SHOWN]) if kind else []
    found = list(records.resolve([(kind.key, pk) for pk in ids], user).values()) if kind else []
    return found, count - len(found)


class HandOver(PersonVerb):
    """What is chosen goes to a colleague, at once and as a whole."""

    capability = Can.READ
    form, heading, submit = HandOverForm, gettext_lazy("Hand over what %(name)s holds"), gettext_lazy("Hand over")
    hint = gettext_lazy("All of it goes at once, each record with the reason in its history.")

    def target(self, pk):
        """A person whose holdings this viewer sees."""
        return person_seen(self.request.user, pk)

    def get(self, request, pk):
        """The form; where there is nothing to hand over, the page that says so."""
        if not self.form_kwargs(self.target(pk))["held"]:
            return HttpResponseRedirect(reverse("person_holdings", args=[pk]))
        return super().get(request, pk=pk)

    def form_kwargs(self, target):
        """What may be chosen."""
        return {"held": [(holding, count) for holding, count in services.holdings_of(target) if services.may_hand_over(self.request.user, target, holding)]}

    def act(self, target, answers):
        """Hand it over, and say how much that was."""
        moved = services.hand_over_holdings(self.actor, target, now=timezone.now(), **answers)
        told = ", ".join(f"{holding.label} ({count})" for holding, count in moved)
        messages.success(self.request, _("Handed over to %(name)s: %(list)s.") % {"name": answers["to"].name, "list": told})

    def next_address(self, target, result):
        """What the person still holds."""
        return reverse("person_holdings", args=[target.pk])

    def context(self, target, form):
        """The way back leads to the holdings."""
        return super().context(target, form) | {"cancel_url": self.next_address(target, None)}
