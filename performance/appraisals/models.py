"""Appraisal sheets: one a person and month, frozen in what it weighs, with a score a line and what was said (PRF-14, 18 to 23)."""
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from performance.appraisals import states
from performance.appraisals.permissions import Can
from staff.organisation.models import Posting


class AppraisalQuerySet(models.QuerySet):
    """Sheets by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """One's own, those one scores or has to review; `capability` SCORE or REVIEW leaves the own ones out."""
        scored = self.within(reach(user, Can.SCORE)) | self.within(reach(user, Can.REVIEW))
        far = reach(user, capability)
        if capability == Can.READ:
            return self.filter(scored | Q(employee_id=far.employee_id or reach(user, Can.OWN).employee_id))
        return self.filter(self.within(far)).exclude(employee_id=far.employee_id)

    @staticmethod
    def within(far):
        """The condition that a sheet is of the halls or teams in reach, or that this person scores it."""
        if far.everything:
            return Q(pk__isnull=False)
        scope = Q(hall_id__in=far.halls)
        if far.teams:
            scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "employee_id")
        return scope | Q(supervisor_id=far.employee_id, supervisor__isnull=False) if far.employee_id and far else scope


class Appraisal(Versioned):
    """The appraisal of one person for one month; `period` is written 2026-11."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        SELF_REVIEW = states.SELF_REVIEW, pgettext_lazy("appraisal", "self-review")
        SCORING = states.SCORING, pgettext_lazy("appraisal", "scoring")
        INTERVIEW = states.INTERVIEW, pgettext_lazy("appraisal", "interview")
        DEPT_REVIEW = states.DEPT_REVIEW, pgettext_lazy("appraisal", "department review")
        HR_FILING = states.HR_FILING, pgettext_lazy("appraisal", "filing by HR")
        FILED = states.FILED, pgettext_lazy("appraisal", "filed")
        OBJECTION = states.OBJECTION, pgettext_lazy("appraisal", "objection")

    class Grade(models.TextChoices):
        """Grades of PRF-23."""

        EXCELLENT = "excellent", _("excellent")
        GOOD = "good", _("good")
        QUALIFIED = "qualified", _("qualified")
        UNQUALIFIED = "unqualified", _("unqualified")

    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="appraisals", verbose_name=_("person"))
    supervisor = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="appraisals_scored", verbose_name=_("scored by"))
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    position = models.ForeignKey("staff.Position", on_delete=models.PROTECT, related_name="+", verbose_name=_("position"))
    scheme = models.CharField(_("scheme"), max_length=20)
    period = models.CharField(_("month"), max_length=7)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SELF_REVIEW)
    due_at = models.DateTimeField(_("due"))
    facts = models.CharField(_("what I did"), max_length=1000, blank=True)
    difficulties = models.CharField(_("difficulties"), max_length=500, blank=True)
    next_month = models.CharField(_("next month"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    strengths = models.CharField(_("strengths"), max_length=500, blank=True)
    weaknesses = models.CharField(_("weaknesses"), max_length=500, blank=True)
    advice = models.CharField(_("advice"), max_length=500, blank=True)
    plan = models.CharField(_("next plan and goals"), max_length=500, blank=True)
    interviewed_at = models.DateTimeField(_("interview"), null=True)
    comment = models.CharField(_("comment of the person"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True)
    reviewed_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewed by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=1, null=True)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade.choices, blank=True)
    filed_at = models.DateTimeField(_("filed"), null=True)
    filed_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("filed by"))
    history = HistoricalRecords()

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "employee__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "period"], name="one_appraisal_a_month"),
            models.CheckConstraint(name="nobody_scores_themselves", condition=Q(supervisor__isnull=True) | ~Q(supervisor=models.F("employee"))),
            models.CheckConstraint(name="nobody_reviews_themselves", condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("employee"))),
            models.CheckConstraint(name="filed_with_its_grade", condition=~Q(state=states.FILED) | Q(filed_at__isnull=False) & ~Q(grade="")),
        ]
        indexes = [models.Index(fields=["period", "state"], name="appraisal_of_month")]

    def __str__(self):
        return f"{self.employee} {self.period}"


class AppraisalScore(models.Model):
    """One indicator of a sheet: its weight as it was frozen, what the person scored themselves, and the supervisor's score with its ground."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="scores")
    group = models.CharField(max_length=20)
    indicator = models.CharField(max_length=30)
    place = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    own_level = models.PositiveSmallIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "indicator", "group"], name="indicator_once_a_sheet"),
            models.CheckConstraint(name="score_levels_in_range", condition=(Q(level__isnull=True) | Q(level__range=(1, 5)))
                                   & (Q(own_level__isnull=True) | Q(own_level__range=(1, 5)))),
            models.CheckConstraint(name="score_points_in_range", condition=Q(points__isnull=True) | Q(points__lte=200)),
        ]
