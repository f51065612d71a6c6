"""The complaint itself (CMP-03 to CMP-05, CMP-10, CMP-18); what happens to it is in facts.py, how it is solved in solving.py."""
from datetime import UTC, datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from complaints.handling import states
from complaints.handling.reach import ComplaintQuerySet
from config.web.versions import Versioned

EMPLOYEE = "staff.Employee"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # where nothing is due: such complaints stand last
FOUND_BY = ("number", "public_code", "contact_name", "matter", "product")  # columns in which typed words are looked for


class Kind(models.TextChoices):
    """What a customer's word is; suggestions and praise take the lighter path (CMP-21)."""

    COMPLAINT = "complaint", _("Complaint")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Channel(models.TextChoices):
    """By which way it came (CMP-01)."""

    COUNTER = "counter", pgettext_lazy("complaint channel", "at the desk")
    PHONE = "phone", pgettext_lazy("complaint channel", "by telephone")
    WEB = "web", pgettext_lazy("complaint channel", "public page")
    EMAIL = "email", pgettext_lazy("complaint channel", "by e-mail")
    BOX = "box", pgettext_lazy("complaint channel", "complaint box")
    FOLLOW_UP = "follow_up", pgettext_lazy("complaint channel", "follow-up call")


class Level(models.TextChoices):
    """Impact and urgency, each on three steps (parameters.md, complaint_severity_matrix)."""

    LOW = "low", pgettext_lazy("impact or urgency", "low")
    MEDIUM = "medium", pgettext_lazy("impact or urgency", "medium")
    HIGH = "high", pgettext_lazy("impact or urgency", "high")


class Severity(models.TextChoices):
    """Impact × urgency."""

    MINOR = "minor", pgettext_lazy("severity", "minor")
    NORMAL = "normal", pgettext_lazy("severity", "normal")
    GRAVE = "grave", pgettext_lazy("severity", "grave")


class Cause(models.TextChoices):
    """The first branch of the cause tree (CMP-18); `Complaint.cause_detail` names the twig."""

    PERSON = "person", pgettext_lazy("cause", "Person")
    PROCESS = "process", pgettext_lazy("cause", "Process")
    PRODUCT = "product", pgettext_lazy("cause", "Product")
    PRICE = "price", pgettext_lazy("cause", "Price")
    ENVIRONMENT = "environment", pgettext_lazy("cause", "Environment")
    EQUIPMENT = "equipment", pgettext_lazy("cause", "Equipment")
    PARTNER = "partner", pgettext_lazy("cause", "Partner")
    INFORMATION = "information", pgettext_lazy("cause", "Information")


class Method(models.TextChoices):
    """How the customer is told, or told us."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by telephone")
    WECHAT = "wechat", _("by WeChat")
    MESSAGE = "message", _("by text message")
    EMAIL = "email", _("by e-mail")
    PAGE = "page", _("on the tracking page")


class Complaint(Versioned):
    """One complaint, suggestion or praise.

    `matter`, `cause_told` and `demand` are the customer's own words and never edited afterwards. `contact_*` is who complains, whether there
    is a customer file or not; all empty for who stays anonymous. `reported_by` names who speaks for somebody else. The clock (`*_due_at`) is
    worked out anew from the facts by services.clock; `promised_until` is what the customer was told first and stays. `source_kind` and
    `source_id` name the record it came from, such as a follow-up call.
    """

    class State(models.TextChoices):
        """States of lifecycles.md."""

        REGISTERED = states.REGISTERED, pgettext_lazy("complaint", "registered")
        ACKNOWLEDGED = states.ACKNOWLEDGED, pgettext_lazy("complaint", "acknowledged")
        ASSIGNED = states.ASSIGNED, pgettext_lazy("complaint", "assigned")
        INVESTIGATING = states.INVESTIGATING, pgettext_lazy("complaint", "being investigated")
        VERIFIED = states.VERIFIED, pgettext_lazy("complaint", "facts verified")
        LIABILITY_SET = states.LIABILITY_SET, pgettext_lazy("complaint", "responsibility decided")
        PROPOSED = states.PROPOSED, pgettext_lazy("complaint", "solution proposed")
        AGREED = states.AGREED, pgettext_lazy("complaint", "agreed with the customer")
        IMPLEMENTING = states.IMPLEMENTING, pgettext_lazy("complaint", "being carried out")
        IMPLEMENTED = states.IMPLEMENTED, pgettext_lazy("complaint", "carried out")
        FOLLOWED_UP = states.FOLLOWED_UP, pgettext_lazy("complaint", "followed up")
        RE_HANDLING = states.RE_HANDLING, pgettext_lazy("complaint", "to be handled again")
        SATISFIED = states.SATISFIED, pgettext_lazy("complaint", "closed, satisfied")
        NOT_AGREED = states.NOT_AGREED, pgettext_lazy("complaint", "closed, not agreed")
        UNREACHABLE = states.UNREACHABLE, pgettext_lazy("complaint", "closed, not reached")
        NOT_ACCEPTED = states.NOT_ACCEPTED, pgettext_lazy("complaint", "not accepted")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("complaint", "withdrawn")
        MERGED = states.MERGED, pgettext_lazy("complaint", "merged")
        DONE = states.DONE, pgettext_lazy("complaint", "answered")

    class Validity(models.TextChoices):
        """Whether the customer is right (CMP-10)."""

        JUSTIFIED = "justified", pgettext_lazy("validity", "justified")
        PARTLY = "partly", pgettext_lazy("validity", "partly justified")
        UNJUSTIFIED = "unjustified", pgettext_lazy("validity", "not justified")

    number = models.CharField(_("number"), max_length=16, unique=True)
    public_code = models.CharField(_("code"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COMPLAINT)
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="complaints", verbose_name=_("hall"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField(_("received"))
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("registered by"))
    source_kind = models.CharField(max_length=40, blank=True, editable=False)
    source_id = models.BigIntegerField(null=True, editable=False)

    customer = models.ForeignKey("reception.Customer", null=True, on_delete=models.PROTECT, related_name="complaints", verbose_name=_("customer"))
    contact_name = models.CharField(_("name"), max_length=80, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)  # E.164
    contact_email = models.EmailField(_("e-mail"), blank=True)
    reported_by = models.CharField(_("on behalf of the customer by"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")

    matter = models.TextField(_("matter"), max_length=4000)
    cause_told = models.TextField(_("cause as told"), max_length=1000, blank=True)
    demand = models.TextField(_("demand"), max_length=1000, blank=True)
    product = models.CharField(_("product or case"), max_length=120, blank=True)
    impact = models.CharField(_("impact"), max_length=6, choices=Level.choices, default=Level.LOW)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Level.choices, default=Level.LOW)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices)
    safety = models.BooleanField(_("somebody's safety is at stake"), default=False)
    assessed = models.BooleanField(_("assessed by us"), default=True)  # not while only a customer's page or mail has spoken
    apologised = models.BooleanField(_("apology expressed"), default=False)
    promised = models.BooleanField(_("handling promised"), default=False)
    promised_until = models.DateTimeField(_("promised until"), null=True)
    promised_manner = models.CharField(_("told how it is handled"), max_length=200, blank=True)
    told_by = models.CharField(_("promise told"), max_length=10, choices=Method.choices, blank=True)

    state = models.CharField(_("state"), max_length=18, choices=State.choices, default=State.REGISTERED)
    state_before = models.CharField(max_length=18, blank=True)  # where a merged one goes back to
    since = models.DateTimeField(_("in this state since"))
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)  # grows when it is handled again or reopened
    handler = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="complaints_handled", verbose_name=_("handler"))
    department = models.ForeignKey("staff.Department", null=True, on_delete=models.PROTECT, related_name="complaints", verbose_name=_("department"))
    returns = models.PositiveSmallIntegerField(_("returned as wrongly assigned"), default=0)
    reopened = models.PositiveSmallIntegerField(_("handled again"), default=0)
    urges = models.PositiveSmallIntegerField(_("urged"), default=0)
    escalated_to = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("escalated to"))
    escalated_at = models.DateTimeField(_("escalated"), null=True)
    level = models.PositiveSmallIntegerField(_("escalation"), default=0)

    turn_began_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    implemented_at = models.DateTimeField(_("carried out"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("closed by"))
    ack_due_at = models.DateTimeField(_("first answer due"), null=True)
    update_due_at = models.DateTimeField(_("next report due"), null=True)
    solve_due_at = models.DateTimeField(_("solution due"), null=True)
    next_due_at = models.DateTimeField(_("next due"), null=True)
    paused = models.BooleanField(_("paused"), default=False)
    reported_at = models.DateTimeField(_("last reported to the customer"), null=True)

    validity = models.CharField(_("validity"), max_length=11, choices=Validity.choices, blank=True)
    grounds = models.TextField(_("grounds"), max_length=2000, blank=True)
    facts_found = models.TextField(_("facts established"), max_length=4000, blank=True)
    cause = models.CharField(_("root cause"), max_length=12, choices=Cause.choices, blank=True)
    cause_detail = models.CharField(_("what exactly"), max_length=300, blank=True)
    whys = models.JSONField(_("five whys"), default=list)
    improvement = models.CharField(_("improvement"), max_length=500, blank=True)
    prevention = models.CharField(_("prevention"), max_length=500, blank=True)
    no_improvement = models.CharField(_("why none is needed"), max_length=300, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    end_reason = models.TextField(_("how it ended"), max_length=1000, blank=True)
    advice = models.TextField(_("further ways told to the customer"), max_length=1000, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged", verbose_name=_("merged into"))
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("split from"))
    repeats = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated", verbose_name=_("repeats"))
    history = HistoricalRecords()

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "kind"], condition=~Q(source_kind=""), name="complaint_once_a_source"),
            models.CheckConstraint(name="complaint_registered_after_receipt", condition=Q(registered_at__gte=F("received_at"))),
            models.CheckConstraint(name="complaint_over_has_its_moment", condition=Q(state__in=states.OPEN, closed_at__isnull=True)
                                   | ~Q(state__in=states.OPEN) & Q(closed_at__isnull=False)),
            models.CheckConstraint(name="complaint_merged_into_another", condition=Q(state=states.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                                   | ~Q(state=states.MERGED) & Q(merged_into__isnull=True)),
            models.CheckConstraint(name="complaint_closed_with_cause", condition=~Q(state=states.SATISFIED) | ~Q(cause="")),
            models.CheckConstraint(name="complaint_liability_with_grounds", condition=Q(validity="") | ~Q(grounds="")),
            models.CheckConstraint(name="complaint_satisfaction_in_range", condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5))),
        ]
        indexes = [
            models.Index(fields=["hall", "next_due_at"], condition=Q(state__in=states.OPEN), name="complaint_open_by_due"),
            models.Index(fields=["next_due_at", "id"], condition=Q(state__in=states.OPEN), name="complaint_open_listed"),
            models.Index(fields=["handler", "next_due_at"], condition=Q(state__in=states.OPEN), name="complaint_of_handler"),
            models.Index(fields=["received_at", "id"], name="complaint_listed"),
            models.Index(fields=["hall", "-received_at"], name="complaint_by_hall"),
            models.Index(fields=["hall", "-closed_at"], name="complaint_by_end"),
            models.Index(fields=["customer", "-received_at"], name="complaint_of_customer"),
            models.Index(fields=["contact_phone", "-received_at"], name="complaint_by_phone"),
            models.Index(fields=["source_kind", "source_id"], name="complaint_of_source"),
            models.Index(Coalesce("next_due_at", Value(NEVER)), "id", name="complaint_by_due"),
            GinIndex(*(OpClass(Upper(name), name="gin_trgm_ops") for name in (*FOUND_BY, "contact_phone")), name="complaint_words"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_anonymous(self):
        """Whether nobody can be reached: no file, no phone, no mail (lifecycles.md, without contact data)."""
        return not (self.customer_id or self.contact_phone or self.contact_email)

    @property
    def is_light(self):
        """Whether it takes the lighter path of suggestions and praise."""
        return self.kind != Kind.COMPLAINT

    @property
    def is_open(self):
        """Whether somebody still has something to do."""
        return self.state in states.OPEN
