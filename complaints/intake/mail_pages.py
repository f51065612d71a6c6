"""Pages of the complaint mailbox: what was read, what waits for somebody, and what to do with it (FIELD 2.1 row 8)."""
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.intake import cells, channel_forms, queries, receiving, records
from complaints.intake.models import IncomingMail
from config.privacy import log
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.models import Attachment
from config.web.pages import Page, VerbPage
from config.web.templatetags import hk

OPEN = (IncomingMail.State.PARKED, IncomingMail.State.IGNORED)


class MailList(ListPage):
    """The mails of the complaint mailbox, the newest first."""

    capability, kind, title, template = Can.LOOK, records.MAIL, _("Complaint mailbox"), "complaints/intake/mails.html"
    filters, default_sort = channel_forms.MailFilters, "-received_at"
    usual_views = ((_("All"), ""), (_("Waiting for somebody"), "state=parked"), (_("Ignored"), "state=ignored"))
    empty = _("No mail was read yet.")
    columns = (
        Column("subject", pgettext_lazy("mail", "Subject"), str, draw=cells.mail),
        Column("state", _("State"), lambda row: word(row, "state"), draw=cells.mail_state, css="bare"),
        Column("sender", pgettext_lazy("mail", "From"), lambda row: row.sender_name or row.sender, css="name"),
        Column("received", _("Received"), lambda row: row.received_at, sort="received_at", draw=lambda row: hk.when(row.received_at), css="num"),
        Column("why", _("Why"), lambda row: row.problem),
        Column("complaint", _("Complaint"), lambda row: str(row.complaint or ""), css="num"),
        Column("hall", _("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.mails_for_list(self.request.user)

    def context(self):
        """Whether the mailbox is read, and how that went last."""
        return {"status": cache.get(receiving.STATUS), "is_read": bool(settings.COMPLAINT_MAILBOX)}


class MailPage(Page):
    """One mail as it was read, and what may be done with it."""

    capability = Can.LOOK

    def get(self, request, pk):
        """The page; opening it is on record, since it names the customer."""
        row = get_object_or_404(queries.mails_for_list(request.user).select_related("decided_by"), pk=pk)
        log.note(request, "view", kind=records.MAIL, record_id=row.pk, hall_id=row.hall_id)
        mine = row.state in OPEN and IncomingMail.objects.visible_to(request.user, Can.HANDLE).filter(pk=pk).exists()
        seen = row.complaint_id and Complaint.objects.visible_to(request.user).filter(pk=row.complaint_id).exists()
        return self.show("complaints/intake/mail.html", {
            "row": row, "tone": cells.MAILS[row.state], "may_decide": mine, "may_ignore": mine and row.state == IncomingMail.State.PARKED,
            "complaint": row.complaint if seen else None, "files": list(Attachment.objects.filter(kind=records.MAIL, record_id=row.pk)),
            "history": in_words(row, limit=20)})


class MailVerb(VerbPage, abstract=True):
    """What the verbs on a mail share."""

    capability, heading, submit = Can.HANDLE, "", ""

    def target(self, pk):
        """The mail, in reach."""
        return get_object_or_404(IncomingMail.objects.visible_to(self.request.user, Can.HANDLE).select_related("hall", "complaint"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("incoming_mail", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "sub_text": f"{target.sender} · {target.hall}", "back_label": str(target) or _("Mail"),
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class TakeMail(MailVerb):
    """It is a complaint."""

    form, done, heading, submit = channel_forms.TakeForm, _("The complaint is registered."), _("Take as complaint"), _("Register")

    def initial(self, target):
        """What it says."""
        return {"matter": receiving.matter_of_row(target)[:4000]}

    def act(self, target, answers):
        """Register it."""
        return receiving.take(self.actor, target, now=timezone.now(), **answers)


class JoinMail(MailVerb):
    """It belongs to a complaint."""

    form, done, heading, submit = channel_forms.JoinForm, _("The mail stands in its complaint."), _("Join to a complaint"), _("Join")

    def form_kwargs(self, target):
        """Who looks for it."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The complaint that it seems to answer."""
        return {"number": target.complaint.number if target.complaint else ""}

    def act(self, target, answers):
        """Join it."""
        return receiving.join(self.actor, target, now=timezone.now(), **answers)


class IgnoreMail(MailVerb):
    """It is nothing."""

    form, done, heading, submit = channel_forms.ReasonForm, _("The mail is ignored."), _("Ignore the mail"), _("Ignore it")

    def act(self, target, answers):
        """Ignore it."""
        return receiving.ignore(self.actor, target, now=timezone.now(), **answers)
