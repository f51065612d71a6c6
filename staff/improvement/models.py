"""Actions: what has to get better, why, by which measure, who does it by when, who re-checked it, and whether it helped (GEN-24)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.improvement import states
from staff.improvement.permissions import Can
from staff.organisation.models import Posting


class ActionQuerySet(models.QuerySet):
    """Actions by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """What one reported, owns or re-checks, and what one leads."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(Q(raised_by_id=far.employee_id) | Q(checker_id=far.employee_id) | led(far))

    def led_by(self, user):
        """What this person may agree the measure of: their own, and those of the people, halls and departments in reach."""
        far = reach(user, Can.EDIT)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(led(far))

    def checked_by(self, user):
        """What this person may re-check and judge: what they lead or were named for, never what they own."""
        far = reach(user, Can.EDIT)
        if not far:
            return self.none()
        rows = self if far.everything else self.filter(Q(checker_id=far.employee_id) | led(far))
        return rows.exclude(owner_id=far.employee_id)

    def late(self, now):
        """Those whose next step is overdue."""
        return self.filter(state__in=states.WAITING, due_at__lt=now)


def led(far):
    """The condition that an action is one's own, or of the halls, teams, subordinates or the department of this reach."""
    today = Posting.objects.on(timezone.localdate())
    mine = Q(owner_id=far.employee_id) | Q(department__head_id=far.employee_id) | Q(hall_id__in=far.halls)
    below = Q(superior_id=far.employee_id) | (Q(team_id__in=far.teams) if far.teams else Q(pk__in=[]))
    return mine | Q(owner__in=today.filter(below).values("employee_id"))


class Action(Versioned):
    """One item of the improvement register: a problem that any record, or none, showed.

    `kind` and `record_id` name that record. The step that is next is asked from `begins_at` on and due at `due_at`; `turn` grows each
    time the work is sent back or the item is reopened.
    """

    class Source(models.TextChoices):
        """Where the problem was seen."""

        COMPLAINT = "complaint", pgettext_lazy("source", "Complaint")
        INSPECTION = "inspection", pgettext_lazy("source", "Inspection")
        REVIEW = "review", pgettext_lazy("source", "Service review")
        SURVEY = "survey", pgettext_lazy("source", "Survey")
        ANALYSIS = "analysis", pgettext_lazy("source", "Analysis")
        INCIDENT = "incident", pgettext_lazy("source", "Incident")
        SUGGESTION = "suggestion", pgettext_lazy("source", "Suggestion")
        FOLLOW_UP = "follow_up", pgettext_lazy("source", "Follow-up call")
        MEETING = "meeting", pgettext_lazy("source", "Meeting")
        WORK = "work", pgettext_lazy("source", "Daily work")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        OPEN = states.OPEN, pgettext_lazy("improvement", "open")
        AGREED = states.AGREED, pgettext_lazy("improvement", "measure agreed")
        IN_WORK = states.IN_WORK, pgettext_lazy("improvement", "in work")
        DONE = states.DONE, pgettext_lazy("improvement", "done")
        CHECKED = states.CHECKED, pgettext_lazy("improvement", "effect checked")
        CLOSED = states.CLOSED, pgettext_lazy("improvement", "closed")
        REOPENED = states.REOPENED, pgettext_lazy("improvement", "reopened")

    number = models.CharField(_("number"), max_length=16, unique=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="actions", verbose_name=_("hall"))
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="actions", verbose_name=_("department"))
    problem = models.CharField(_("problem"), max_length=300)
    cause = models.CharField(_("cause"), max_length=500, blank=True)
    raised_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="actions_raised", verbose_name=_("reported by"))
    raised_at = models.DateTimeField(_("reported"))
    owner = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="actions_owned", verbose_name=_("responsible"))
    checker = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="actions_to_check", verbose_name=_("re-check by"))
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.OPEN)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    begins_at = models.DateTimeField(_("next step from"))
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True)
    rechecked_at = models.DateTimeField(_("re-checked"), null=True)
    rechecked_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("re-checked by"))
    check_on = models.DateField(_("check of the effect from"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    history = HistoricalRecords()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="action_names_a_whole_record", condition=Q(kind="", record_id__isnull=True) | ~Q(kind="") & Q(record_id__isnull=False)),
            models.CheckConstraint(name="nobody_rechecks_their_own_action", condition=Q(rechecked_by__isnull=True) | ~Q(rechecked_by=F("owner"))),
            models.CheckConstraint(name="action_done_has_its_moment", condition=Q(done_at__isnull=False, check_on__isnull=False)
                                   | ~Q(state__in=[states.DONE, states.CHECKED, states.CLOSED])),
            models.CheckConstraint(name="effect_is_judged_after_the_recheck", condition=Q(rechecked_at__isnull=False, rechecked_by__isnull=False)
                                   | ~Q(state__in=[states.CHECKED, states.CLOSED])),
            models.CheckConstraint(name="action_due_after_it_begins", condition=Q(due_at__gte=F("begins_at"))),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="action_due"), models.Index(fields=["kind", "record_id"], name="action_of_record"),
                   models.Index(fields=["source"], name="action_by_source")]

    def __str__(self):
        return f"{self.number} {self.problem}"

    def is_late(self, now):
        """Whether its next step is overdue."""
        return self.state in states.WAITING and self.due_at < now


class Measure(models.Model):
    """What was agreed against a problem in one turn, what was done, and whether it helped."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="measures")
    corrective = models.CharField(_("measure"), max_length=500)
    preventive = models.CharField(_("so that it does not come again"), max_length=500, blank=True)
    owner = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="measures", verbose_name=_("responsible"))
    due_on = models.DateField(_("due"))
    agreed_at = models.DateTimeField(_("agreed"))
    agreed_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", verbose_name=_("agreed by"))
    result = models.CharField(_("what was done"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    note = models.CharField(_("re-check"), max_length=500, blank=True)
    effective = models.BooleanField(_("effective"), null=True)
    effect = models.CharField(_("effect"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("effect checked"), null=True)
    checked_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("effect checked by"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="nobody_judges_their_own_measure", condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("owner"))),
            models.CheckConstraint(name="judged_measure_says_its_effect", condition=Q(effective__isnull=True)
                                   | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(effect="")),
        ]

    def __str__(self):
        return self.corrective
