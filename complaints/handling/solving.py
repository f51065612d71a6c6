"""How a complaint is solved: who is responsible with which share, demands, measures, rounds of negotiation, ratings (CMP-10, CMP-12 to CMP-17)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from complaints.handling.models import EMPLOYEE, Complaint, Method


class Liability(models.Model):
    """One responsible party with its share in per cent; the shares of a complaint make a hundred (CMP-10, FIELD 2.3 row 34)."""

    class Party(models.TextChoices):
        """Who may be responsible."""

        PERSON = "person", pgettext_lazy("responsible party", "a person")
        TEAM = "team", pgettext_lazy("responsible party", "a team")
        DEPARTMENT = "department", pgettext_lazy("responsible party", "a department")
        PROCESS = "process", pgettext_lazy("responsible party", "the process")
        PARTNER = "partner", pgettext_lazy("responsible party", "a partner or supplier")
        CUSTOMER = "customer", pgettext_lazy("responsible party", "the customer")
        NONE = "none", pgettext_lazy("responsible party", "nobody")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="liabilities")
    party = models.CharField(_("responsible"), max_length=10, choices=Party.choices)
    employee = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="complaint_liabilities", verbose_name=_("person"))
    department = models.ForeignKey("staff.Department", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    share = models.PositiveSmallIntegerField(_("share in per cent"), default=100)
    decided_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))
    turn = models.PositiveSmallIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-turn", "-share", "pk"]
        constraints = [
            models.CheckConstraint(name="liability_share_in_range", condition=Q(share__range=(0, 100))),
            models.CheckConstraint(name="liability_names_its_person", condition=Q(party="person", employee__isnull=False)
                                   | ~Q(party="person") & Q(employee__isnull=True)),
            models.CheckConstraint(name="liability_never_judged_by_oneself", condition=Q(employee__isnull=True) | ~Q(employee=F("decided_by"))),
        ]


class Demand(models.Model):
    """One demand of the customer: reasonable and met as far as possible, or not, with the reason (CMP-12)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="demands")
    text = models.CharField(_("demand"), max_length=300)
    reasonable = models.BooleanField(_("reasonable"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="demand_refused_with_reason", condition=~Q(reasonable=False) | ~Q(reason=""))]


class SolutionRound(models.Model):
    """One round of negotiation: what was offered and at which cost, the approval above the limit, what the customer said (CMP-12, 13, 17)."""

    class Answer(models.TextChoices):
        """What the customer said."""

        WAITING = "waiting", pgettext_lazy("solution", "no answer yet")
        ACCEPTED = "accepted", pgettext_lazy("solution", "accepted")
        REFUSED = "refused", pgettext_lazy("solution", "refused")
        COUNTER = "counter", pgettext_lazy("solution", "asks for something else")

    class Approval(models.TextChoices):
        """Whether the cost needs the manager's word."""

        NOT_NEEDED = "not_needed", pgettext_lazy("approval", "not needed")
        WAITING = "waiting", pgettext_lazy("approval", "waits")
        APPROVED = "approved", pgettext_lazy("approval", "approved")
        DECLINED = "declined", pgettext_lazy("approval", "declined")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    turn = models.PositiveSmallIntegerField(default=1)
    offer = models.TextField(_("solution"), max_length=2000)
    compensation = models.DecimalField(_("compensation"), max_digits=10, decimal_places=2, default=0)
    goodwill = models.DecimalField(_("goodwill"), max_digits=10, decimal_places=2, default=0)
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("offered by"))
    approval = models.CharField(_("approval"), max_length=10, choices=Approval.choices, default=Approval.NOT_NEEDED)
    approved_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    answer = models.CharField(_("answer of the customer"), max_length=8, choices=Answer.choices, default=Answer.WAITING)
    opinion = models.TextField(_("opinion of the customer"), max_length=1000, blank=True)
    consent_by = models.CharField(_("consent given"), max_length=10, choices=Method.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["turn", "number"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "turn", "number"], name="solution_round_once"),
            models.CheckConstraint(name="solution_approved_by_another", condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("offered_by"))),
            models.CheckConstraint(name="solution_costs_nothing_or_more", condition=Q(compensation__gte=0, goodwill__gte=0)),
            models.CheckConstraint(name="solution_accepted_how", condition=~Q(answer="accepted") | ~Q(consent_by="")),
        ]

    @property
    def cost(self):
        """What the house pays: compensation and goodwill, in CNY."""
        return self.compensation + self.goodwill


class SolutionMeasure(models.Model):
    """One measure of a solution: by whom, by when, done when, told to the customer when (CMP-12, CMP-14)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="measures")
    round = models.ForeignKey(SolutionRound, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(_("measure"), max_length=200)
    owner = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="solution_measures", verbose_name=_("responsible"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="solution_measure_open")]

    def __str__(self):
        return self.what


class ComplaintRating(models.Model):
    """What the customer says of the handling: once after it was carried out, once more after it was handled again (追评); the person concerned may
    appeal against a mistaken one, which a third person decides (CMP-16, FIELD 2.3 rows 32, 33)."""

    class Appeal(models.TextChoices):
        """Where an appeal against it stands."""

        NONE = "", pgettext_lazy("appeal", "none")
        WAITING = "waiting", pgettext_lazy("appeal", "waits")
        UPHELD = "upheld", pgettext_lazy("appeal", "rating stands")
        LIFTED = "lifted", pgettext_lazy("appeal", "rating does not count")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="ratings")
    turn = models.PositiveSmallIntegerField(default=1)
    stars = models.PositiveSmallIntegerField(_("satisfaction"))
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    at = models.DateTimeField(_("time"))
    method = models.CharField(_("how"), max_length=10, choices=Method.choices)
    taken_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken by"))
    appeal = models.CharField(_("appeal"), max_length=8, choices=Appeal.choices, blank=True, default="")
    appealed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("appealed by"))
    appealed_at = models.DateTimeField(_("appealed"), null=True)
    appeal_reason = models.CharField(_("grounds of the appeal"), max_length=500, blank=True)
    decided_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.CharField(_("decision"), max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "turn"], name="complaint_rated_once_a_turn"),
            models.CheckConstraint(name="rating_in_range", condition=Q(stars__range=(1, 5))),
            models.CheckConstraint(name="rating_appeal_decided_by_a_third", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("appealed_by"))),
        ]
