"""The page of the audit log: who created, changed, deleted, looked at, decided, exported what, when and from where (GEN-09)."""
import datetime

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.access import may, reach
from config.accounts.models import AccessEvent, User, accounts_within
from config.contributions.records import KINDS, resolve
from config.privacy import audit, log
from config.web import audit_words
from config.web.exports import csv_response
from config.web.filters import FilterDay, FilterForm
from config.web.lists import CHUNK, decode, encode
from config.web.pages import Page

DAYS, LONGEST, MOST_PEOPLE = 7, 92, 500
ACTS = [("", gettext_lazy("all")), (audit.CREATE, pgettext_lazy("act", "created")), (audit.CHANGE, pgettext_lazy("act", "changed")),
        (audit.DELETE, pgettext_lazy("act", "deleted")), (audit.DECIDE, pgettext_lazy("act", "decided")), *AccessEvent.Act.choices]


class AuditFilter(FilterForm):
    """Which record, who, what, when, from where, for whom."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), choices=())
    record = forms.CharField(label=gettext_lazy("Number or id"), max_length=30, widget=forms.TextInput({"class": "w-m"}))
    person = forms.CharField(label=gettext_lazy("Person"), max_length=60)
    act = forms.ChoiceField(label=gettext_lazy("Act"), choices=ACTS)
    since = FilterDay(label=gettext_lazy("From day"))
    until = FilterDay(label=gettext_lazy("To day"))
    address = forms.GenericIPAddressField(label=gettext_lazy("From the network address"), error_messages={
        "invalid": gettext_lazy("Write a network address such as 192.0.2.7.")})
    acting_for = forms.CharField(label=gettext_lazy("Acting for"), max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *((kind.key, kind.label) for kind in KINDS.all())]

    def clean_record(self):
        """What was typed, without signs that no number has."""
        return self.cleaned_data["record"].replace("\0", "").strip()

    def clean(self):
        """A span without a record is bounded, so that a search stays quick however long the log is."""
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", ValidationError(_("The last day lies before the first. Change one of them.")))
        elif since and not cleaned.get("record") and ((until or timezone.localdate()) - since).days > LONGEST:
            self.add_error("since", ValidationError(_("Without a record at most %(days)s days are searched. Name a record, or a later first day.")
                                                    % {"days": LONGEST}))
        return cleaned


class AuditLog(Page):
    """One search over the access log and every history. Values are shown of records that the viewer may see, to whom the log is not masked."""

    capability = "accounts.read"
    export_capability = "accounts.edit"

    def get(self, request):
        """A page of the log, or all of it as a table."""
        form = AuditFilter(request.GET, viewer=request.user)
        asked, sentence = self.question(form) if form.is_valid() else (None, "")
        if request.GET.get("format") == "csv":
            return self.export(asked)
        found = audit.search(asked) if asked else []
        shown = audit_words.told(found[:audit.PAGE], request.user, self.capability)
        return self.show("house/audit.html", {
            "filters": form, "rows": shown, "sentence": sentence, "period": asked, "masked": audit_words.is_masked(request.user, self.capability),
            "narrowed": form.is_narrowed(),
            "newest_url": self.address(after=None) if request.GET.get("after") else "",
            "older_url": self.address(after=self.word(found[audit.PAGE - 1])) if len(found) > audit.PAGE else "",
            "export_url": self.address(after=None, format="csv") if asked and may(request.user, self.export_capability) else ""})

    def address(self, **changes):
        """This page with these values; None takes one out."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    @staticmethod
    def word(entry):
        """The place of an entry as a signed word."""
        return encode([entry.at, entry.source, entry.id])

    def question(self, form):
        """(what is asked, '' or a sentence why nothing is found) of a filled form."""
        chosen = form.cleaned_data
        kind, record_id = self.record(chosen["kind"], chosen["record"])
        if chosen["record"] and record_id is None:
            return None, _("There is no record with this number. Check it, or choose its kind as well.")
        since, until = self.span(chosen, record_id)
        return audit.Question(
            since=since, until=until, what=chosen["act"], kind=kind, record_id=record_id, people=self.people(chosen["person"]),
            scope=self.scope(kind, record_id), address=log.address_key(chosen["address"]) if chosen["address"] else "",
            acting_for=self.people(chosen["acting_for"]), place=self.place()), ""

    def place(self):
        """Where to go on, or None."""
        place = decode(self.request.GET["after"]) if self.request.GET.get("after") else None
        try:
            return (datetime.datetime.fromisoformat(place[0]), place[1], place[2]) if place else None
        except (TypeError, ValueError, IndexError):
            return None

    @staticmethod
    def span(chosen, record_id):
        """The moments between which is searched; without a record and days the last week."""
        since, until = chosen["since"], chosen["until"]
        if not since and record_id is None:
            last = until or timezone.localdate()
            since = datetime.date.fromordinal(max(1, last.toordinal() - DAYS + 1))
        moments = (datetime.datetime.combine(since, datetime.time.min) if since else None,
                   datetime.datetime.combine(until, datetime.time.max) if until else None)
        return tuple(timezone.make_aware(moment) if moment else None for moment in moments)

    @staticmethod
    def record(kind, typed):
        """(kind, id) of a record by its id or number; id None where there is none."""
        if not typed:
            return kind, None
        if kind and typed.isdecimal() and len(typed) < 19:
            return kind, int(typed)
        for one in KINDS.all():
            if one.number and (not kind or one.key == kind):
                found = one.model_class.objects.filter(number__iexact=typed).values_list("pk", flat=True).first()
                if found:
                    return one.key, found
        return kind, None

    @staticmethod
    def people(typed):
        """The ids of the accounts of this name; None where nobody is named."""
        typed = typed.replace("\0", "")
        return tuple(User.objects.filter(Q(username__icontains=typed) | Q(display_name__icontains=typed)).values_list("pk", flat=True)[:MOST_PEOPLE]) \
            if typed else None

    def scope(self, kind, record_id):
        """Whose acts may be read: all of a record that the viewer may see, and for who sees the house; else those of the own people."""
        user = self.request.user
        if reach(user, self.capability).everything or (record_id and resolve([(kind, record_id)], user)):
            return None
        return tuple(accounts_within(user, self.capability).values_list("user_id", flat=True))

    def export(self, asked):
        """All that is asked for, as CSV, without values; a row of the log itself."""
        if not may(self.request.user, self.export_capability) or asked is None:
            log.note(self.request, "refused", kind="access_log", outcome="export")
            raise PermissionDenied
        log.note(self.request, "export", kind="access_log", fields=[column.key for column in audit_words.COLUMNS])
        return csv_response("audit_log", audit_words.COLUMNS, self.lines(asked))

    def lines(self, asked):
        """The entries, put into words some hundred at a time."""
        part = []
        for one in audit.everything(asked, CHUNK):
            part.append(one)
            if len(part) == CHUNK:
                yield from audit_words.told(part, self.request.user, self.capability, values=False)
                part = []
        yield from audit_words.told(part, self.request.user, self.capability, values=False)


class EvidenceLog(AuditLog):
    """The same for auditors: the records behind an obligation, without a value."""

    capability = "evidence.read"
    export_capability = "evidence.edit"
