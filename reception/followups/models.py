"""Follow-ups: one a reason, with each try to reach the customer and what was said (REC-59, 60, 61)."""
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from reception.followups import sources, states
from reception.followups.permissions import Can
from staff.organisation.models import Posting


class FollowUpQuerySet(models.QuerySet):
    """Follow-ups by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls in reach, of the people of the teams in reach, and one's own (which a hall's manager may get, too); none of a record
        that is about the viewer."""
        far = reach(user, capability)
        if far.everything:
            return sources.without_own(self, far.employee_id)
        scope = Q(hall_id__in=far.halls)
        if far.teams:
            scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "employee_id")
        if far and far.employee_id:
            scope |= Q(employee_id=far.employee_id)
        return sources.without_own(self.filter(scope), far.employee_id)


class FollowUp(Versioned):
    """A call to make because something happened; `visit` is what it was, none for a return visit by the calendar; `source_id` is the record of a
    room above, such as a complaint, as the trigger says.

    It is for `employee`, or for whoever does customer service in the hall. `begins_at` is when the clock makes it due.
    """

    class Trigger(models.TextChoices):
        """What it is made for."""

        PURCHASE = "purchase", _("after a purchase")
        PERIOD = "period", _("return visit")
        COMPLAINT = "complaint", _("after a complaint")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        PLANNED = states.PLANNED, pgettext_lazy("follow-up", "planned")
        DUE = states.DUE, pgettext_lazy("follow-up", "due")
        GIVEN_UP = states.GIVEN_UP, pgettext_lazy("follow-up", "given up")
        RECORDED = states.RECORDED, pgettext_lazy("follow-up", "recorded")
        ISSUES_OPEN = states.ISSUES_OPEN, pgettext_lazy("follow-up", "issues open")
        CLOSED = states.CLOSED, pgettext_lazy("follow-up", "closed")

    class Usage(models.TextChoices):
        """How the product or service is used."""

        WELL = "well", _("in use, all well")
        PROBLEMS = "problems", _("in use, with problems")
        NOT_YET = "not_yet", _("not in use yet")

    class Loyalty(models.TextChoices):
        """Whether they would come again."""

        AGAIN = "again", _("would buy again and recommend")
        PERHAPS = "perhaps", _("perhaps")
        NOT = "not", _("would not")

    class Method(models.TextChoices):
        """How one tried."""

        PHONE = "phone", _("by telephone")
        WECHAT = "wechat", _("by WeChat")
        VISIT = "visit", _("in person")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("hall"))
    customer = models.ForeignKey("reception.Customer", on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("customer"))
    visit = models.ForeignKey("reception.Visit", null=True, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("visit"))
    employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("person"))
    trigger = models.CharField(_("what for"), max_length=10, choices=Trigger.choices)
    slot = models.CharField(max_length=20)
    source_id = models.BigIntegerField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    again_at = models.DateTimeField(_("next try"), null=True)
    method = models.CharField(_("how"), max_length=8, choices=Method.choices, blank=True)
    usage = models.CharField(_("use"), max_length=8, choices=Usage.choices, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    loyalty = models.CharField(_("loyalty"), max_length=8, choices=Loyalty.choices, blank=True)
    opinions = models.CharField(_("opinions and suggestions"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True)
    recorded_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    history = HistoricalRecords()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "trigger", "slot"], name="follow_up_once"),
            models.CheckConstraint(name="follow_up_satisfaction_in_range", condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 10))),
            models.CheckConstraint(name="follow_up_due_after_it_begins", condition=Q(due_at__gte=models.F("begins_at"))),
        ]
        indexes = [
            models.Index(fields=["begins_at"], condition=Q(state=states.PLANNED), name="follow_up_planned"),
            models.Index(fields=["due_at", "id"], name="follow_up_listed"),
            models.Index(fields=["hall", "-due_at"], name="follow_up_by_hall"),
            models.Index(fields=["employee", "-due_at"], name="follow_up_by_person"),
            models.Index(fields=["trigger", "source_id"], condition=Q(source_id__isnull=False), name="follow_up_of_source"),
        ]

    def __str__(self):
        return f"{self.customer} · {self.get_trigger_display()}"


class FollowUpTry(models.Model):
    """One try to reach the customer in vain."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="in_vain")
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=FollowUp.Method.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]


class FollowUpIssue(models.Model):
    """A problem or wish that came up, for a department to answer; the follow-up stays open until each is answered and told."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="issues")
    text = models.CharField(_("what"), max_length=300)
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
