"""Pages of the channels of each hall, the poster, and the checks of box and mailbox (CMP-01, CMP-02)."""
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Channel
from complaints.handling.permissions import Can
from complaints.intake import cells, channel_forms, channels, checks, queries, records
from complaints.intake.models import BoxCheck, ComplaintChannel
from config.accounts.access import may, reach
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from config.web.templatetags import hk
from reception.visits.stations import qr
from staff.organisation.models import Hall
from staff.organisation.queries import hall_of
from staff.regulation import values


def poster_halls(user):
    """The halls whose poster this person prints: those of their reach."""
    far = reach(user, Can.READ)
    return Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls | far.own_halls)


class ChannelList(ListPage):
    """The ways by which customers complain, by hall."""

    capability, kind, title, template = Can.READ, records.CHANNEL, _("Complaint channels"), "complaints/intake/channels.html"
    filters, default_sort = channel_forms.ChannelFilters, "value"
    usual_views = ((_("In use"), ""), (_("All"), "unused=on"))
    empty = _("No channel is written down yet. Customers find what is written down here on the public page and on the poster.")
    columns = (
        Column("value", _("Number, address or place"), lambda row: row.value, sort="value", draw=cells.channel),
        Column("kind", _("Channel"), lambda row: word(row, "kind")),
        Column("hours", _("When"), lambda row: row.hours),
        Column("public", _("Public"), lambda row: _("yes") if row.public else _("no")),
        Column("active", _("In use"), lambda row: _("yes") if row.is_active else _("no")),
        Column("hall", _("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.channels_for_list(self.request.user)

    def context(self):
        """What may be done beside."""
        hall, user = hall_of(self.request), self.request.user
        return {"poster_url": reverse("complaint_poster", args=[hall.pk]) if hall and poster_halls(user).filter(pk=hall.pk).exists() else "",
                "add_url": reverse("add_complaint_channel") if may(user, Can.DECIDE) else "", "add_label": _("Add a channel")}


class ChannelPage(Page):
    """One channel with its last checks."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.channels_for_list(request.user), pk=pk)
        mine = ComplaintChannel.objects.visible_to(request.user, Can.DECIDE).filter(pk=pk).exists()
        last = list(queries.checks_for_list(request.user).filter(channel=row).order_by("-day")[:10]) if row.kind in ComplaintChannel.CHECKED else []
        return self.show("complaints/intake/channel.html", {"row": row, "may_change": mine, "checks": [(one, cells.check_tone(one)) for one in last],
                                                            "history": in_words(row, limit=20)})


class AddChannel(FormPage):
    """A further way."""

    capability, form, once, done = Can.DECIDE, channel_forms.AddChannelForm, True, _("The channel is there.")

    def form_kwargs(self, target):
        """The halls one decides over."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall one works in."""
        return {"hall": hall_of(self.request), "kind": Channel.PHONE}

    def act(self, target, answers):
        """Add it."""
        return channels.add(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("complaint_channel", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Add a channel"), "submit_label": _("Add"), "cancel_url": reverse("complaint_channels"), "back_label": _("Complaint channels")}


class ChangeChannel(VerbPage):
    """Mend it, or take it out of use."""

    capability, form, done = Can.DECIDE, channel_forms.ChangeChannelForm, _("Saved.")

    def target(self, pk):
        """The channel of a hall one decides over."""
        return get_object_or_404(ComplaintChannel.objects.visible_to(self.request.user, Can.DECIDE).select_related("hall"), pk=pk)

    def form_kwargs(self, target):
        """The channel."""
        return {"channel": target}

    def initial(self, target):
        """As it is."""
        return {"version": target.version, **{name: getattr(target, name) for name in channels.WORDS}}

    def act(self, target, answers):
        """Change it."""
        return channels.change(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("complaint_channel", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change the channel"), "sub_text": f"{target.get_kind_display()} · {target.hall}", "back_label": target.value,
                "submit_label": _("Save"), "cancel_url": self.next_address(target, None)}


class Poster(Page):
    """How to complain in a hall, on A4 to hang up, in the three languages of the house, with the code of the public page (CMP-01)."""

    capability = Can.READ

    def get(self, request, pk):
        """The sheet."""
        hall = get_object_or_404(poster_halls(request.user), pk=pk)
        now = timezone.now()
        found = list(queries.public_channels(hall))
        try:
            page = f"{reverse('complain')}?{urlencode({'hall': hall.code})}"
        except NoReverseMatch as missing:
            raise Http404 from missing
        address = f"{settings.PUBLIC_ADDRESS}{page}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(page)
        return self.show("complaints/intake/poster.html", {
            "company": values.value("organization_name", hall.day_of(now), hall), "hall": hall, "channels": found, "code": qr.drawn(address),
            "address": address, "languages": [code for code, _name in settings.LANGUAGES], "printed_at": now, "back_url": reverse("complaint_channels")})


class CheckList(ListPage):
    """The log of the checks, the newest first: each recorded, also when nothing was there."""

    capability, kind, title = Can.READ, records.CHECK, _("Checks of complaint boxes")
    filters, default_sort = channel_forms.CheckFilters, "-day"
    usual_views = ((_("All"), ""), (_("To do"), "state=open"), (_("Missed"), "state=missed"))
    empty = _("No check was asked yet. The clock asks for one when a box or a mailbox stands among the channels.")
    columns = (
        Column("day", _("Day"), lambda row: row.day, sort="day", draw=cells.check_day, css="num"),
        Column("channel", _("Box or mailbox"), lambda row: row.channel.value),
        Column("state", _("State"), lambda row: word(row, "state"), draw=cells.check_state, css="bare"),
        Column("due", _("Due"), lambda row: row.due_at, draw=lambda row: hk.when(row.due_at), css="num"),
        Column("done", _("Checked"), lambda row: row.done_at, draw=lambda row: hk.when(row.done_at) if row.done_at else "—", css="num"),
        Column("found", _("Complaints found"), lambda row: row.found, css="num r"),
        Column("by", _("By"), lambda row: str(row.done_by or ""), css="name"),
        Column("note", _("Note"), lambda row: row.note),
        Column("hall", _("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.checks_for_list(self.request.user)


class CheckPage(Page):
    """One check: where to look, what was found, and what may be done now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.checks_for_list(request.user), pk=pk)
        mine = BoxCheck.objects.visible_to(request.user, Can.REGISTER).filter(pk=pk).exists()
        return self.show("complaints/intake/check.html", {
            "row": row, "tone": cells.check_tone(row), "history": in_words(row, limit=20), "may_record": mine and row.state == BoxCheck.State.OPEN,
            "may_explain": mine and row.state == BoxCheck.State.MISSED, "may_write": mine and bool(row.found)})


class CheckVerb(VerbPage, abstract=True):
    """What the verbs on a check share."""

    capability, heading, submit = Can.REGISTER, "", ""

    def target(self, pk):
        """The check, in reach."""
        return get_object_or_404(BoxCheck.objects.visible_to(self.request.user, Can.REGISTER).select_related("hall", "channel"), pk=pk)

    def next_address(self, target, result):
        """Its page, from which what was found is written down."""
        return reverse("box_check", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "sub_text": f"{target.channel.value} · {target.hall}", "back_label": hk.week_day(target.day),
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class RecordCheck(CheckVerb):
    """Somebody looked."""

    form, done, heading, submit = channel_forms.CheckForm, _("The check is recorded."), _("Record the check"), _("Record it")

    def initial(self, target):
        """The check as it is."""
        return {"version": target.version}

    def act(self, target, answers):
        """Record it."""
        return checks.record(self.actor, target, now=timezone.now(), **answers)


class ExplainCheck(CheckVerb):
    """Why nobody looked."""

    form, done, heading, submit = channel_forms.ReasonForm, _("The reason is kept."), _("Why was the check missed?"), _("Save the reason")

    def act(self, target, answers):
        """Keep it."""
        return checks.explain(self.actor, target, now=timezone.now(), **answers)
