"""What people add to what is computed: a judgement of a clause in a hall and month, and evidence that it is followed (FIELD 2.7 rows 3, 4)."""
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from performance.conformity.permissions import Can
from staff.organisation.models import Posting
from staff.regulation.clauses.rules import cite

EMPLOYEE = "staff.Employee"


class Result(models.TextChoices):
    """How a clause was kept."""

    COMPLIANT = "compliant", pgettext_lazy("clause", "compliant")
    PARTIAL = "partial", pgettext_lazy("clause", "partly compliant")
    NOT = "not", pgettext_lazy("clause", "not compliant")
    NOT_APPLICABLE = "n_a", pgettext_lazy("clause", "not applicable")
    NOT_ASSESSED = "none", pgettext_lazy("clause", "not assessed")


class JudgementQuerySet(models.QuerySet):
    """What is said of a hall and month, by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """That of the halls in reach."""
        far = reach(user, capability)
        return self if far.everything else self.filter(hall_id__in=far.halls | far.own_halls)


class ClauseJudgement(Versioned):
    """What a person says of a clause in a hall and month, after what was computed: `computed` and `computed_score` keep what stood there then.

    Judged again, the row changes and its history keeps what was said before.
    """

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    source = models.CharField(_("sign"), max_length=8)
    number = models.CharField(_("number"), max_length=20)
    month = models.DateField(_("month"))
    result = models.CharField(_("result"), max_length=9, choices=Result.choices)
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    computed = models.CharField(_("computed result"), max_length=9, choices=Result.choices)
    computed_score = models.PositiveSmallIntegerField(_("computed score"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    judged_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("judged by"))
    judged_at = models.DateTimeField(_("judged"))
    history = HistoricalRecords()

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "source", "number", "month"], name="clause_judged_once_a_month"),
            models.CheckConstraint(name="judgement_apart_has_a_reason", condition=Q(result=F("computed")) | ~Q(reason="")),
            models.CheckConstraint(name="judgement_score_in_range", condition=Q(score__isnull=True) | Q(score__range=(0, 100))),
            models.CheckConstraint(name="judgement_is_a_result", condition=~Q(result="none")),
        ]

    def __str__(self):
        return f"{self.citation} {self.month:%Y-%m}"

    @property
    def citation(self):
        """The clause."""
        return cite(self.source, self.number)


class MissedObligation(models.Model):
    """A line of the report that went wrong and became an improvement item (PRF-46): the item names it as the record that shows the problem.
    `obligation` is the name of an Obligation, such as plan:SCH-01."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    month = models.DateField(_("month"))
    obligation = models.CharField(_("obligation"), max_length=80)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "month", "obligation"], name="obligation_missed_once_a_month")]

    def __str__(self):
        return f"{self.obligation} {self.month:%Y-%m}"


class EvidenceQuerySet(models.QuerySet):
    """Evidence by viewer and day."""

    def visible_to(self, user, capability=Can.LOOK):
        """That of the halls in reach, of the people of one's teams, and one's own."""
        far = reach(user, capability)
        if far.everything:
            return self
        scope = Q(hall_id__in=far.halls)
        if far.teams:
            scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "owner_id")
        if far and far.employee_id:
            scope |= Q(owner_id=far.employee_id)
        return self.filter(scope)

    def newest(self):
        """Without those that a later revision replaced, and what was taken back."""
        return self.filter(revised_by=None, ended_at=None)

    def standing(self, day):
        """Those that count on a day: begun, not taken back by then, and no later revision had begun."""
        later = self.model.objects.filter(replaces=OuterRef("pk"), effective_on__lte=day)
        return self.filter(~Exists(later), effective_on__lte=day).filter(Q(ended_at=None) | Q(ended_at__date__gt=day))

    def in_force(self, day):
        """Those that prove something on a day."""
        return self.filter(effective_on__lte=day).filter(Q(expires_on=None) | Q(expires_on__gte=day)).filter(Q(ended_at=None) | Q(ended_at__date__gt=day))


class ClauseEvidence(Versioned):
    """A document, photo or note that shows that a clause is followed in a hall: who answers for it, from when to when it holds, which revision.

    The file's checksum is taken when it comes in and compared each time it is opened. A new revision is a new row that `replaces` the former,
    which stays readable. `kind` and `record_id` name a record of the house that shows it, instead of a file or beside it.
    """

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    source = models.CharField(_("sign"), max_length=8)
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=160)
    note = models.CharField(_("what it shows"), max_length=500, blank=True)
    owner = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="clause_evidence", verbose_name=_("who answers for it"))
    effective_on = models.DateField(_("holds from"))
    expires_on = models.DateField(_("holds until"), null=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="revised_by", verbose_name=_("replaces"))
    attachment = models.ForeignKey("config.Attachment", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    checksum = models.CharField(_("checksum"), max_length=64, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    added_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"))
    ended_at = models.DateTimeField(_("taken back"), null=True)
    ended_reason = models.CharField(_("why taken back"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["source", "number", "-revision", "-pk"]
        constraints = [
            models.CheckConstraint(name="evidence_ends_after_it_begins", condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("effective_on"))),
            models.CheckConstraint(name="clause_evidence_file_has_checksum", condition=Q(attachment__isnull=True) | ~Q(checksum="")),
            models.CheckConstraint(name="evidence_names_a_whole_record",
                                   condition=Q(kind="", record_id__isnull=True) | ~Q(kind="") & Q(record_id__isnull=False)),
            models.CheckConstraint(name="evidence_taken_back_with_reason", condition=Q(ended_at__isnull=True) | ~Q(ended_reason="")),
        ]
        indexes = [models.Index(fields=["hall", "source", "number"], name="evidence_of_clause"),
                   models.Index(fields=["expires_on"], condition=Q(ended_at__isnull=True), name="evidence_by_end")]

    def __str__(self):
        return self.title

    @property
    def citation(self):
        """The clause."""
        return cite(self.source, self.number)

    def stands(self, day):
        """How it is on a day: 'future', 'valid', 'expired', 'replaced' or 'ended'."""
        if self.ended_at:
            return "ended"
        if getattr(self, "is_replaced", False):
            return "replaced"
        if day < self.effective_on:
            return "future"
        return "expired" if self.expires_on and day > self.expires_on else "valid"
