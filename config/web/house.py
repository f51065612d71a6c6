"""Pages over the plumbing: what the rooms bring, who looked at what, what left the house."""
import datetime
from dataclasses import fields

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import reach
from config.accounts.models import AccessEvent, User, accounts_within
from config.contributions import (  # noqa: F401
    clauses,
    demo,
    figures,
    guards,
    handovers,
    holdings,
    navigation,
    panels,
    personal,
    records,
    reports,
    schedules,
    search,
)
from config.contributions.registry import ALL
from config.errors import Refused
from config.jobs import works  # noqa: F401 - makes its registry exist
from config.outbox import services as outbox
from config.outbox.gateway import CHANNELS
from config.outbox.models import Message
from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.templatetags.hk import moment

REGISTRY_NAMES = {
    "record kinds": gettext_lazy("Kinds of record"), "schedules": gettext_lazy("Schedules"), "indicators": gettext_lazy("Indicators"),
    "targets": gettext_lazy("Targets"), "controls": gettext_lazy("Controls"), "guards": gettext_lazy("Guards"),
    "approvals": gettext_lazy("Approvals"), "shift handover": gettext_lazy("Lines of the shift handover"),
    "holdings": gettext_lazy("Holdings"), "panels": gettext_lazy("Boxes on pages"), "timeline entries": gettext_lazy("Timeline entries"),
    "search": gettext_lazy("Search"), "navigation": gettext_lazy("Navigation"), "blank forms": gettext_lazy("Blank forms"),
    "demo data": gettext_lazy("Demo data"), "personal data": gettext_lazy("Register of personal data"), "works": gettext_lazy("Kinds of long work"),
    "notification kinds": gettext_lazy("Kinds of notification"), "channels": gettext_lazy("Channels out of the house"),
    "screens of clauses": gettext_lazy("Pages that carry out clauses"), "acts of the command bar": gettext_lazy("Acts of the command bar"),
    "duty plans": gettext_lazy("Plans of duties"), "obstacles to erasing": gettext_lazy("What forbids erasing"),
    "people who may ask": gettext_lazy("People who may ask for their data"), "keys": gettext_lazy("Keys"), "undoing": gettext_lazy("Undoing"),
    "recounts": gettext_lazy("Kept figures that are counted anew"),
}

FACT_NAMES = {
    "order": gettext_lazy("place in the row"), "template": gettext_lazy("template"), "place": gettext_lazy("page"), "model": gettext_lazy("model"),
    "page": gettext_lazy("address of the page"), "confidentiality": gettext_lazy("confidentiality"), "clauses": gettext_lazy("clauses"),
    "rows": gettext_lazy("rows of the requirements"),
    "kind": gettext_lazy("kind of record"), "number": gettext_lazy("numbers begin with"),
    "chapter": gettext_lazy("chapter"), "capability": gettext_lazy("right"), "words": gettext_lazy("search words"), "also": gettext_lazy("also below"),
    "task": gettext_lazy("task"), "every": gettext_lazy("every"), "when": gettext_lazy("when"), "fields": gettext_lazy("fields"),
    "steps": gettext_lazy("who decides"), "purpose": gettext_lazy("what for"), "kept": gettext_lazy("kept"),
    "unit": gettext_lazy("unit"), "direction": gettext_lazy("better is"),
    "definition": gettext_lazy("definition"), "subject": gettext_lazy("figure of"), "subjects": gettext_lazy("can be told of"),
    "moment": gettext_lazy("field of the moment"), "form": gettext_lazy("written as"), "parameters": gettext_lazy("parameters"),
    "names": gettext_lazy("called in clauses"), "whole": gettext_lazy("counted"), "part": gettext_lazy("of them"),
    "person": gettext_lazy("field of the person"), "indicator": gettext_lazy("indicator"),
}
OUTCOMES = {
    ("refused", "password"): gettext_lazy("wrong password"), ("refused", "code"): gettext_lazy("wrong code"),
    ("refused", "export"): gettext_lazy("no right to export"), ("login", "code"): gettext_lazy("with a code"),
    ("refused", "scope"): gettext_lazy("outside the token's scope"), ("refused", "api"): gettext_lazy("no right to read by program"),
    ("export", "api"): gettext_lazy("by program"), ("token", "made"): gettext_lazy("made"), ("token", "revoked"): gettext_lazy("revoked"),
    ("token", "used"): gettext_lazy("first use of the day"), ("login", "unlocked"): gettext_lazy("lock opened"),
    ("login", "second step set up"): gettext_lazy("second step set up"),
}
PROBLEMS = {
    "ConnectionRefusedError": gettext_lazy("The mail server does not answer."), "TimeoutError": gettext_lazy("The mail server does not answer."),
    "gaierror": gettext_lazy("The mail server is not found."), "SMTPRecipientsRefused": gettext_lazy("The mail server refused the address."),
    "BadHeaderError": gettext_lazy("The address makes no mail."),
    "SMTPSenderRefused": gettext_lazy("The mail server refused the sender."), "SMTPDataError": gettext_lazy("The mail server refused the text."),
    "SMTPServerDisconnected": gettext_lazy("The line to the mail server broke off."),
    "robot: no answer": gettext_lazy("The chat robot does not answer."), "robot: unreadable": gettext_lazy("The chat robot's answer cannot be read."),
    "robot: gone": gettext_lazy("The chat robot is switched off."), "robot: failed": gettext_lazy("The chat service failed."),
    "robot: refused": gettext_lazy("The chat service refused the message. Check the robot's key and secret."),
}


def channel_name(message):
    """By which way a message leaves, in words."""
    channel = CHANNELS.get(message.channel)
    return str(channel.label) if channel else message.channel


def problem_name(message):
    """What went wrong last, in words."""
    return PROBLEMS.get(message.last_problem, message.last_problem)


class Registries(Page):
    """Every registry with its members, so that one sees what each room adds (DESIGN section 4)."""

    capability = "accounts.read"

    def get(self, request):
        """One section a registry; those that nothing was added to are named together."""
        sections = [{"key": name.replace(" ", "-"), "title": REGISTRY_NAMES[name], "members": [member_facts(one) for one in registry.all()]}
                    for name, registry in sorted(ALL.items())]
        return self.show("house/registries.html", {"sections": [one for one in sections if one["members"]],
                                                   "empty": [one for one in sections if not one["members"]]})


def member_facts(member):
    """A member as the page shows it: key, label, and its further plain facts."""
    facts = [(field.name, getattr(member, field.name)) for field in fields(member) if field.name not in {"key", "label"}]
    plain = [(FACT_NAMES.get(name, name), in_words(value)) for name, value in facts if not callable(value) and value not in (None, "", ())]
    return {"key": member.key, "label": getattr(member, "label", ""), "facts": plain}


def in_words(value):
    """A plain fact as text: several ones with commas, named ones as 'name (what for)'."""
    if isinstance(value, dict):
        return ", ".join(f"{name} ({text})" for name, text in value.items())
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple, frozenset, set)) else str(value)


class AccessFilter(FilterForm):
    """Who, what, which record, when."""

    person = forms.CharField(label=gettext_lazy("Person"), max_length=60)
    act = forms.ChoiceField(label=gettext_lazy("Act"), choices=[("", gettext_lazy("all")), *AccessEvent.Act.choices])
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), choices=())
    record = forms.IntegerField(label=gettext_lazy("Record"), min_value=1, max_value=2**62)
    since = FilterDay(label=gettext_lazy("From day"))
    until = FilterDay(label=gettext_lazy("To day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *((kind.key, kind.label) for kind in records.KINDS.all())]

    def narrow(self, rows):
        """The rows that pass; days are days of the house's zone."""
        chosen = self.cleaned_data
        if chosen.get("person"):
            people = User.objects.filter(Q(username__icontains=chosen["person"]) | Q(display_name__icontains=chosen["person"]))
            rows = rows.filter(user_id__in=people.values("pk"))
        for name, path in (("act", "act"), ("kind", "kind"), ("record", "record_id")):
            if chosen.get(name):
                rows = rows.filter(**{path: chosen[name]})
        for name, path, time in (("since", "at__gte", datetime.time.min), ("until", "at__lte", datetime.time.max)):
            if chosen.get(name):  # as moments, which the index of the log finds
                rows = rows.filter(**{path: timezone.make_aware(datetime.datetime.combine(chosen[name], time))})
        return rows


class AccessLog(ListPage):
    """Who looked at, showed, exported or printed what (GEN-09): ids and field names; titles only of what the viewer may see."""

    capability = "accounts.read"
    title = gettext_lazy("Access log")
    filters = AccessFilter
    default_sort = "-at"
    export_capability = "accounts.edit"
    kind = "access_log"
    columns = (
        Column("at", gettext_lazy("When"), lambda event: event.at, sort="at", cell="house/_event_at.html"),
        Column("user", gettext_lazy("Who"), lambda event: event.user_id, cell="house/_event_user.html", css="name"),
        Column("act", gettext_lazy("Act"), lambda event: event.get_act_display()),
        Column("record", gettext_lazy("Record"), lambda event: f"{event.kind} {event.record_id or ''}".strip(), cell="house/_event_record.html"),
        Column("fields", gettext_lazy("Fields"), lambda event: ", ".join(event.fields)),
        Column("outcome", gettext_lazy("Outcome"), lambda event: OUTCOMES.get((event.act, event.outcome), event.outcome)),
        Column("reference", gettext_lazy("Reference"), lambda event: event.reference, css="num"),
    )

    def rows(self):
        """The rows about the own people; the whole log for who sees the whole company."""
        events = AccessEvent.objects.all()
        if reach(self.request.user, self.capability).everything:
            return events
        return events.filter(user_id__in=accounts_within(self.request.user, self.capability))

    def cut(self, rows, field, descending):
        """One page, with the names of its people and the titles of its records looked up together."""
        page = super().cut(rows, field, descending)
        people = {user.pk: user for user in User.objects.filter(pk__in={event.user_id for event in page.rows if event.user_id})}
        references = [(event.kind, event.record_id) for event in page.rows]
        found = records.resolve(references, self.request.user)
        numbers = records.numbers_of(set(references) - set(found))
        for event in page.rows:
            event.person, event.resolved = people.get(event.user_id), found.get((event.kind, event.record_id))
            event.record_number = numbers.get((event.kind, event.record_id))
            kind = records.KINDS.get(event.kind)
            event.kind_label = kind.label if kind else event.kind
        return page


class OutboxFilter(FilterForm):
    """Which state."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("all")), *Message.State.choices])

    def narrow(self, rows):
        """Messages in that state."""
        state = self.cleaned_data.get("state")
        return rows.filter(state=state) if state else rows


class Outbox(ListPage):
    """What left the house or waits to; neither address nor text is shown. Uncertain ones wait here for a person's word."""

    capability = "accounts.edit"
    title = gettext_lazy("Outbox")
    filters = OutboxFilter
    default_sort = "-created_at"
    empty = gettext_lazy("No message has left the house yet.")
    columns = (
        Column("created_at", gettext_lazy("Left at"), lambda one: one.created_at, sort="created_at", cell="house/_created.html"),
        Column("channel", gettext_lazy("Channel"), channel_name),
        Column("about", gettext_lazy("About"), lambda one: f"{one.kind} {one.record_id or ''}".strip(), cell="house/_event_record.html"),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display(), cell="house/_message_state.html"),
        Column("attempts", gettext_lazy("Tries"), lambda one: one.attempts, css="num"),
        Column("problem", gettext_lazy("Last problem"), problem_name, cell="house/_message_problem.html"),
        Column("settle", gettext_lazy("Actions"), lambda one: "", cell="house/_message_settle.html"),
    )

    def rows(self):
        """All messages, without address and text."""
        return Message.objects.defer("address", "subject", "body")

    def cut(self, rows, field, descending):
        """One page, with the titles of its records and the names of who settled a message looked up together."""
        page = super().cut(rows, field, descending)
        found = records.resolve([(one.kind, one.record_id) for one in page.rows], self.request.user)
        settled = {one.pk: one.last_problem.removeprefix(outbox.SETTLED_BY) for one in page.rows if one.last_problem.startswith(outbox.SETTLED_BY)}
        people = {str(user.pk): user for user in User.objects.filter(pk__in=settled.values())} if settled else {}
        for one in page.rows:
            one.resolved, kind = found.get((one.kind, one.record_id)), records.KINDS.get(one.kind)
            one.kind_label = kind.label if kind else one.kind
            one.settled_by, one.problem = people.get(settled.get(one.pk)), problem_name(one)
        return page


class SettleForm(HallkeeperForm):
    """What became of it."""

    went = forms.ChoiceField(label=gettext_lazy("What became of the message?"), widget=forms.RadioSelect(attrs={"class": "stacked"}), choices=[
        ("yes", gettext_lazy("It arrived; nothing more is to be done.")), ("no", gettext_lazy("It did not arrive; send it again."))])


class SettleMessage(VerbPage):
    """A person says of an uncertain or parked message whether it went or shall go again (RELIABILITY R12)."""

    capability = "accounts.edit"
    form = SettleForm
    template = "house/settle_message.html"
    done = gettext_lazy("Message settled.")

    def target(self, pk):
        """The message."""
        return get_object_or_404(Message.objects.defer("address", "subject", "body"), pk=pk)

    def act(self, message, answers):
        """Settle it; one that was settled meanwhile says so."""
        if not outbox.settle(self.actor, message, went=answers["went"] == "yes", now=timezone.now()):
            raise Refused(_("This message is not waiting for a word any more. Look at its state in the list."))

    def next_address(self, message, result):
        """Back to the list."""
        return reverse("outbox")

    def context(self, message, form):
        """What is known of it."""
        facts = [(_("Left at"), moment(message.created_at)), (_("Channel"), channel_name(message)),
                 (_("State"), message.get_state_display()), (_("Tries"), message.attempts),
                 (_("Last problem"), problem_name(message))]
        return {"heading": _("Settle a message"), "submit_label": _("Settle"), "cancel_url": reverse("outbox"),
                "facts": [{"label": label, "value": value} for label, value in facts]}
