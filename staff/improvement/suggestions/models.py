"""A suggestion: from whom, to which department, what and why, and the answer (REC-76, FRM-27)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.improvement.permissions import Can
from staff.improvement.suggestions import states
from staff.organisation.models import Posting


class SuggestionQuerySet(models.QuerySet):
    """Suggestions by viewer."""

    def visible_to(self, user, capability=Can.READ_SUGGESTIONS):
        """One's own, what one has to answer, and those of the people and halls in reach."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        below = Q(hall_id__in=far.halls)
        if far.teams:
            below |= Q(suggested_by__in=Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"))
        return self.filter(Q(suggested_by_id=far.employee_id) | addressed_to(far) | below)

    def answered_by(self, user):
        """Those that this person may answer: of the department they head, or handed to them; never their own."""
        far = reach(user, Can.SUGGEST)
        return self.filter(addressed_to(far)).exclude(suggested_by_id=far.employee_id) if far else self.none()


def addressed_to(far):
    """The condition that a suggestion is to be answered by this person."""
    return Q(assigned_to_id=far.employee_id) | Q(department__head_id=far.employee_id)


class Suggestion(Versioned):
    """What an employee thinks should be done better, for a department to answer."""

    class Topic(models.TextChoices):
        """Whom it concerns."""

        PRODUCT = "product", pgettext_lazy("suggestion", "products and development")
        SALES = "sales", pgettext_lazy("suggestion", "sales strategy")
        SERVICE = "service", pgettext_lazy("suggestion", "service")
        WORK = "work", pgettext_lazy("suggestion", "workplace and ways of working")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        RECEIVED = states.RECEIVED, pgettext_lazy("suggestion", "received")
        ASSIGNED = states.ASSIGNED, pgettext_lazy("suggestion", "being looked at")
        ANSWERED = states.ANSWERED, pgettext_lazy("suggestion", "answered")
        CLOSED = states.CLOSED, pgettext_lazy("suggestion", "closed")

    class Outcome(models.TextChoices):
        """What the answer says."""

        ACCEPTED = "accepted", pgettext_lazy("suggestion", "accepted")
        REJECTED = "rejected", pgettext_lazy("suggestion", "not taken up")
        DONE = "done", pgettext_lazy("suggestion", "done")

    number = models.CharField(_("number"), max_length=16, unique=True)
    topic = models.CharField(_("about"), max_length=8, choices=Topic.choices)
    title = models.CharField(_("suggestion"), max_length=120)
    content = models.TextField(_("content"), blank=True)
    grounds = models.TextField(_("grounds"), blank=True)
    suggested_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("suggested by"))
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("hall"))
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("addressed to"))
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("answer due"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.RECEIVED)
    assigned_to = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="suggestions_to_answer", verbose_name=_("answered by"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    reply = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    action = models.OneToOneField("staff.Action", null=True, on_delete=models.PROTECT, related_name="suggestion", verbose_name=_("improvement item"))
    history = HistoricalRecords()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="nobody_answers_their_own_suggestion", condition=Q(assigned_to__isnull=True) | ~Q(assigned_to=F("suggested_by"))),
            models.CheckConstraint(name="answered_suggestion_has_its_answer", condition=Q(state__in=states.TO_ANSWER, answered_at__isnull=True)
                                   | ~Q(state__in=states.TO_ANSWER) & Q(answered_at__isnull=False, assigned_to__isnull=False) & ~Q(outcome="") & ~Q(reply="")),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="suggestion_due")]

    def __str__(self):
        return f"{self.number} {self.title}"

    def is_late(self, now):
        """Whether its answer is overdue."""
        return self.state in states.TO_ANSWER and self.due_at < now
