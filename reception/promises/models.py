"""Promises made to customers: what, by when, by whom, from which record, and how each ended (REC-29)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from reception.promises import states
from reception.promises.permissions import Can
from staff.organisation.models import Posting


class PromiseQuerySet(models.QuerySet):
    """Promises by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls in reach, of the people of the teams in reach, and those that one made or has to keep."""
        far = reach(user, capability)
        if far.everything:
            return self
        scope = Q(hall_id__in=far.halls)
        if far.teams:
            scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "owner_id")
        if far and far.employee_id:
            scope |= Q(owner_id=far.employee_id) | Q(promised_by_id=far.employee_id)
        return self.filter(scope)

    def broken(self, now):
        """Those past their moment that nobody kept; what the clock has not come to yet, too."""
        return self.filter(state__in=states.RUNNING, due_at__lt=now)


class Promise(Versioned):
    """One promise. `kind` and `record_id` say which record it was made in; `owner` has to keep it, whoever made it.

    `told_by` is how the customer heard of the promise, `answer_by` how they heard that it is kept, `result` what was done, `reason` why it
    was withdrawn, to which the customer agreed.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = states.OPEN, pgettext_lazy("promise", "open")
        KEPT = states.KEPT, pgettext_lazy("promise", "kept")
        BROKEN = states.BROKEN, pgettext_lazy("promise", "broken")
        LATE = states.LATE, pgettext_lazy("promise", "kept late")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("promise", "withdrawn")

    class Method(models.TextChoices):
        """How the customer is told."""

        IN_PERSON = "in_person", _("in person")
        PHONE = "phone", _("by telephone")
        WECHAT = "wechat", _("by WeChat")
        MESSAGE = "message", _("by text message")
        EMAIL = "email", _("by e-mail")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="promises", verbose_name=_("hall"))
    customer = models.ForeignKey("reception.Customer", on_delete=models.PROTECT, related_name="promises", verbose_name=_("customer"))
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    what = models.CharField(_("what"), max_length=300)
    due_at = models.DateTimeField(_("by when"))
    promised_at = models.DateTimeField(_("promised"))
    promised_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", verbose_name=_("promised by"))
    owner = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="promises", verbose_name=_("who keeps it"))
    told_by = models.CharField(_("told the customer"), max_length=10, choices=Method.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ended by"))
    result = models.CharField(_("what was done"), max_length=300, blank=True)
    answer_by = models.CharField(_("told that it is kept"), max_length=10, choices=Method.choices, blank=True)
    reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(name="promise_due_after_it_was_made", condition=Q(due_at__gt=F("promised_at"))),
            models.CheckConstraint(name="promise_over_has_its_moment", condition=Q(state__in=states.RUNNING, ended_at__isnull=True)
                                   | ~Q(state__in=states.RUNNING) & Q(ended_at__isnull=False)),
            models.CheckConstraint(name="promise_withdrawn_with_reason", condition=~Q(state=states.WITHDRAWN) | ~Q(reason="")),
            models.CheckConstraint(name="promise_kept_in_time_or_late", condition=~Q(state=states.KEPT) | Q(ended_at__lte=F("due_at"))),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=states.RUNNING), name="promise_running"),
            models.Index(fields=["due_at", "id"], name="promise_listed"),
            models.Index(fields=["hall", "-due_at"], name="promise_by_hall"),
            models.Index(fields=["owner", "-due_at"], name="promise_by_owner"),
            models.Index(fields=["kind", "record_id"], name="promise_of_record"),
        ]

    def __str__(self):
        return self.what
