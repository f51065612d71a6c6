"""My tokens: made, shown once, revoked by the person who reads with them or by who administers the account."""
from datetime import timedelta

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import SIGNED_IN
from config.api import lists, tokens
from config.api.models import ApiToken
from config.privacy import log
from config.web.day_fields import DayField
from config.web.forms import HallkeeperForm
from config.web.pages import FormPage, VerbPage

USUAL = timedelta(days=90)
SHOWN = 200  # of others' tokens, the newest


class TokenForm(HallkeeperForm):
    """What a token is for, what it reads, until when."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=60, widget=forms.TextInput({"class": "w-l", "autocomplete": "off"}))
    scope = forms.MultipleChoiceField(label=gettext_lazy("What it reads"), widget=forms.CheckboxSelectMultiple(),
                                      error_messages={"required": gettext_lazy("Choose at least one list that the token reads.")})
    ends_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("At most a year from today."))

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = choices


class Tokens(FormPage):
    """The person's open tokens, those of the people they administer, and the form of a new one."""

    capability, form, once, keeps, answers_with_page = SIGNED_IN, TokenForm, True, False, True
    template = "api/tokens.html"
    text = ""

    def form_kwargs(self, target):
        """The kinds to choose from: those of the lists that this person may read by program."""
        found = {page.kind: str(page.title) for page in reversed(lists.readable_by(self.request.user).values())}
        return {"choices": sorted(found.items(), key=lambda choice: choice[1])}

    def initial(self, target):
        """A quarter of a year."""
        return {"ends_on": timezone.localdate() + USUAL}

    def act(self, target, answers):
        """Make it; its text is on the answer alone."""
        token, self.text = tokens.make(self.actor, now=timezone.now(), **answers)
        log.note(self.request, "token", kind="api_token", record_id=token.pk, outcome="made")
        return token

    def next_address(self, target, result):
        """The tokens."""
        return reverse("api_tokens")

    def lead_on(self, address):
        """Show the text once; a form sent twice made one token, whose text was shown."""
        return self.show("api/token_made.html", {"text": self.text, "address": address}) if self.text else super().lead_on(address)

    def context(self, target, form):
        """The open tokens with what they read in words."""
        titles = {page.kind: str(page.title) for page in reversed(lists.listed().values())}
        found = ApiToken.objects.visible_to(self.request.user).open(timezone.localdate()).select_related("user").order_by("-pk")
        own, others = found.filter(user=self.request.user), found.exclude(user=self.request.user)[:SHOWN]
        return {"groups": [(heading, people, [(token, ", ".join(titles.get(kind, kind) for kind in token.scope)) for token in group])
                           for heading, people, group in ((_("Open tokens"), False, own), (_("Open tokens of my people"), True, others)) if group],
                "may_read": bool(form.fields["scope"].choices), "submit_label": _("Make token")}


class RevokeToken(VerbPage):
    """End an open token at once."""

    capability, form, keeps, template = SIGNED_IN, HallkeeperForm, False, "api/revoke.html"
    done = gettext_lazy("Token revoked. It opens nothing any more.")

    def target(self, pk):
        """The own token or one of somebody whose account one administers; another's is not there."""
        return get_object_or_404(ApiToken.objects.visible_to(self.request.user), pk=pk)

    def act(self, target, answers):
        """Revoke it."""
        token = tokens.revoke(self.actor, target, now=timezone.now())
        log.note(self.request, "token", kind="api_token", record_id=token.pk, outcome="revoked")
        return token

    def next_address(self, target, result):
        """The tokens."""
        return reverse("api_tokens")

    def context(self, target, form):
        """Which one."""
        return {"heading": _("Revoke “%(name)s”") % {"name": target.name}, "submit_label": _("Revoke"), "cancel_url": reverse("api_tokens"),
                "back_label": _("My tokens")}
