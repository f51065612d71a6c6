"""Visits: who came, when, why, to whom, and how it ended; the services they waited for; how halls receive (REC-02 to 08)."""
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from reception.visits import states
from reception.visits.permissions import Can
from staff.organisation.models import Posting


class Purpose(models.Model):
    """Why visitors come (来意); `service` is the service they usually want."""

    code = models.SlugField(unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    service = models.ForeignKey("staff.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.name)


class Source(models.Model):
    """How visitors heard of us."""

    code = models.SlugField(unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    is_active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.name)


class ReceptionTemplate(models.Model):
    """How a kind of hall receives: its steps and the fields of its need (REC-03, 04); kept in versions."""

    code = models.SlugField(unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.name)


class TemplateVersion(models.Model):
    """One version of a reception template, in force from a day. A visit keeps the version it was received by.

    `steps`: [{"key", "label": {en, zh-hans, zh-hant}}]. `fields`: [{"key", "label", "kind": "text"|"number"|"choice",
    "choices": [{"key", "label"}], "unit"}].
    """

    template = models.ForeignKey(ReceptionTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    steps = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_number_once")]


class HallReception(models.Model):
    """How one hall receives: its template. A link table, since the hall's room stands below."""

    hall = models.OneToOneField("staff.Hall", on_delete=models.CASCADE, related_name="reception")
    template = models.ForeignKey(ReceptionTemplate, on_delete=models.PROTECT, related_name="halls")
    history = HistoricalRecords()


class VisitQuerySet(models.QuerySet):
    """Visits by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """The visits in reach. Own reach is what one serves or logged, has a ticket of in hand, and what still waits for nobody in the
        own hall; a team's is that of its people, and the same waiting visits of its hall."""
        return self if reach(user, capability).everything else self.filter(self.scope(user, capability))

    def with_rights(self, user):
        """Each visit with `may_edit` and `may_reopen`: whether this very visit is open to `user` for that."""
        return self.annotate(**{name: Case(When(self.scope(user, capability), then=Value(True)), default=Value(False))
                                for name, capability in (("may_edit", Can.EDIT), ("may_reopen", Can.REOPEN))})

    @staticmethod
    def scope(user, capability):
        """The reach of a capability as a condition on visits."""
        far = reach(user, capability)
        if far.everything:
            return Q(hall_id__isnull=False)
        scope = Q(hall_id__in=far.halls)
        waiting_here = Q(hall_id__in=far.own_halls, adviser__isnull=True, state__in=[states.WAITING, states.GREETED])
        if far.own and far.employee_id:
            scope |= Q(adviser_id=far.employee_id) | Q(receptionist_id=far.employee_id) | waiting_here
            scope |= among(ServiceLeg.objects.filter(employee_id=far.employee_id, state__in=states.IN_HAND).values("visit"))
        if far.teams:
            members = Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")
            scope |= among(members, "adviser_id") | waiting_here
        return scope


class Visit(Versioned):
    """One walk-in visit. Its times are the newest facts of its events, kept in the same transaction."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        WAITING = states.WAITING, _("waiting")
        GREETED = states.GREETED, _("greeted")
        IN_SERVICE = states.IN_SERVICE, _("in service")
        CLOSED = states.CLOSED, _("closed")
        LEFT = states.LEFT, _("left without service")

    class Outcome(models.TextChoices):
        """How a visit ended (REC-08)."""

        INFORMATION = "information", _("Information given")
        ENQUIRY = "enquiry", _("Enquiry opened")
        BUSINESS = "business", _("Business handled")
        COMPLAINT = "complaint", _("Complaint taken")
        LEFT = "left", _("Left without service")

    class Intention(models.TextChoices):
        """Intention level."""

        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")
        NONE = "none", _("None")

    number = models.CharField(_("number"), max_length=20, unique=True)
    public_code = models.CharField(max_length=8, unique=True)
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="visits", verbose_name=_("hall"), db_index=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    customer = models.ForeignKey("reception.Customer", null=True, blank=True, on_delete=models.PROTECT, related_name="visits", verbose_name=_("customer"),
                                 db_index=False)
    visitor_name = models.CharField(_("visitor"), max_length=80, blank=True)
    party_size = models.PositiveSmallIntegerField(_("party"), default=1)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="visits", verbose_name=_("purpose"))
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="visits", verbose_name=_("how they heard of us"))
    need = models.TextField(_("need"), max_length=2000, blank=True)
    interest = models.CharField(_("interested in"), max_length=200, blank=True)
    intention = models.CharField(_("intention"), max_length=6, choices=Intention.choices, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    template_version = models.ForeignKey(TemplateVersion, null=True, on_delete=models.PROTECT, related_name="visits")
    receptionist = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="received_visits",
                                     verbose_name=_("received by"))
    adviser = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="served_visits", verbose_name=_("adviser"),
                                db_index=False)
    area = models.ForeignKey("facilities.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="visits", verbose_name=_("area"), db_index=False)
    arrived_at = models.DateTimeField(_("arrived"))
    greeted_at = models.DateTimeField(_("greeted"), null=True, blank=True)
    served_at = models.DateTimeField(_("served from"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    steps = models.JSONField(_("reception steps"), default=list, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    assumed = models.BooleanField(_("closed as assumed"), default=False)
    imported = models.BooleanField(_("from a register"), default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = VisitQuerySet.as_manager()
    to_record = None  # events that wait to be written together (recording.py)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "-arrived_at", "-id"], name="visit_by_hall"),
            models.Index(fields=["-arrived_at", "-id"], name="visit_by_time"),
            models.Index(fields=["customer", "-arrived_at"], name="visit_by_customer"),
            models.Index(fields=["adviser", "-arrived_at"], name="visit_by_adviser"),
            models.Index(fields=["area", "-arrived_at"], name="visit_by_area"),
            models.Index(fields=["state", "-arrived_at", "-id"], include=["hall"], name="visit_by_state"),
            models.Index(fields=["hall", "-arrived_at", "-id"], condition=Q(assumed=True, outcome=""), name="visit_left_open"),
            GinIndex(OpClass(Upper("visitor_name"), name="gin_trgm_ops"), condition=~Q(visitor_name=""), name="visit_by_told_name"),
            models.Index(fields=["hall", "arrived_at"], condition=Q(state__in=["waiting", "greeted", "in_service"]), name="visit_present"),
        ]
        constraints = [
            models.CheckConstraint(name="visit_party_is_somebody", condition=Q(party_size__gte=1)),
            models.CheckConstraint(name="visit_ends_after_it_begins", condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at"))),
            models.CheckConstraint(name="closed_visit_has_outcome", condition=~Q(state__in=["closed", "left"])
                                   | Q(left_at__isnull=False, outcome__gt="") | Q(assumed=True) | Q(imported=True)),
        ]

    def __str__(self):
        return self.number

    @property
    def shown_name(self):
        """The customer's name, the visitor's as told, or nothing."""
        return str(self.customer) if self.customer_id else self.visitor_name

    def waited_seconds(self, now=None):
        """Seconds from arrival to the start of service, or until now or leaving while nobody served them."""
        end = self.served_at or self.left_at or now or timezone.now()
        return max(0, int((end - self.arrived_at).total_seconds()))

    def greeting_seconds(self):
        """Seconds from arrival to greeting, or None before it."""
        return None if self.greeted_at is None else max(0, int((self.greeted_at - self.arrived_at).total_seconds()))


def ticket(prefix, sequence):
    """A ticket as people read it: A042."""
    return f"{prefix}{sequence:03d}"


class ServiceLeg(models.Model):
    """One service wanted in a visit, with its ticket and its own times (lifecycles.md, FIELD 2.1 20)."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        QUEUED = states.QUEUED, _("queued")
        CALLED = states.CALLED, _("called")
        SERVING = states.SERVING, _("serving")
        DONE = states.DONE, _("done")
        NO_SHOW = states.NO_SHOW, _("did not come")
        PARKED = states.PARKED, _("parked")
        ABANDONED = states.ABANDONED, _("given up")

    class Priority(models.TextChoices):
        """Who is called before others, within the hall's share (FIELD 2.1 16)."""

        ELDERLY = "elderly", _("Elderly")
        DISABLED = "disabled", _("Disabled")
        EXPECTING = "expecting", _("Pregnant or with an infant")
        APPOINTMENT = "appointment", _("Appointment")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="legs")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("staff.Service", on_delete=models.PROTECT, related_name="legs")
    day = models.DateField()
    prefix = models.CharField(max_length=2)
    sequence = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    priority = models.CharField(_("priority"), max_length=12, choices=Priority.choices, blank=True, default="", db_default="")
    priority_from = models.DateTimeField(null=True)
    wanted_employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    wanted_post = models.ForeignKey("staff.Post", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="served_legs")
    post = models.ForeignKey("staff.Post", null=True, on_delete=models.PROTECT, related_name="legs")
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=300, blank=True)
    assumed = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day", "prefix", "sequence"], name="ticket_once_a_day"),
                       models.CheckConstraint(name="priority_counts_from_a_moment", condition=Q(priority="") | Q(priority_from__isnull=False))]
        indexes = [models.Index(fields=["hall", "day", "queued_at"], name="leg_open",
                                condition=Q(state__in=["queued", "called", "serving", "parked", "no_show"])),
                   models.Index(fields=["prefix", "sequence"], name="leg_by_ticket")]

    @property
    def ticket(self):
        """The ticket as people read it: A042."""
        return ticket(self.prefix, self.sequence)

    def has_priority(self, at):
        """Whether the ticket goes before others at the moment `at`; an appointment does so from its hour on."""
        return bool(self.priority) and self.priority_from <= at


class TicketCounter(models.Model):
    """The last ticket given out for a letter in a hall on a day; tickets start anew each day and none is used twice in one."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    prefix = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day", "prefix"], name="counter_once_a_day")]


class VisitEvent(models.Model):
    """What happened in a visit or one of its legs, when, by whom, where. Append-only; every time and figure is worked out from these."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="events")
    leg_id = models.BigIntegerField(null=True)
    hall_id = models.BigIntegerField()
    verb = models.CharField(max_length=24)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    employee_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["visit", "at"], name="event_by_visit"), models.Index(fields=["hall_id", "-at"], name="event_by_hall")]


class Handover(models.Model):
    """An adviser hands a visit to a colleague, who accepts or returns it (REC-06)."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="handovers_offered")
    note = models.CharField(_("note"), max_length=300)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit"], condition=Q(accepted_at__isnull=True, returned_at__isnull=True), name="one_handover_open")]


class RegisterMapping(models.Model):
    """A column mapping remembered for a hall and a heading row, so that next month's register needs none."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "signature"], name="mapping_once")]


class RegisterImportQuerySet(models.QuerySet):
    """Imports by viewer."""

    def visible_to(self, user):
        """The imports of halls in which the person may edit visits."""
        far = reach(user, Can.EDIT)
        rows = self.defer("content")  # up to 40 MB, which only the page of columns and the reading need
        return rows if far.everything else rows.filter(hall_id__in=far.halls)


class RegisterImport(models.Model):
    """One hand-kept register on its way in: uploaded, checked (dry run), brought in, perhaps undone."""

    class State(models.TextChoices):
        """Where the import stands."""

        UPLOADED = "uploaded", _("columns to be matched")
        CHECKED = "checked", _("tried, nothing stored yet")
        RUNNING = "running", _("being brought in")
        DONE = "done", _("brought in")
        FAILED = "failed", _("stopped, nothing stored")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    summary = models.JSONField(default=dict)
    job = models.ForeignKey("config.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    history = HistoricalRecords(excluded_fields=["content"])

    objects = RegisterImportQuerySet.as_manager()


class ImportedRow(models.Model):
    """Which row of which sheet became which visit; the fingerprint keeps the same row from coming in twice."""

    source = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="imported_row")
    new_customer = models.ForeignKey("reception.Customer", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "fingerprint"], name="register_row_once_a_hall")]
