"""What stands beside the queue of a hall: how it calls, which posts are open or paused, who is expected (FIELD 2.1 4, 15, 16, 21, 29)."""
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from reception.customers.phones import mask
from reception.visits import states
from reception.visits.models import Purpose, Visit
from reception.visits.permissions import Can
from staff.organisation.models import Posting


def public_token():
    """128 bits that nobody guesses: the address by which an expected visitor says "I am here"."""
    return secrets.token_urlsafe(16)


class HallQueue(Versioned):
    """How one hall calls and when it warns. A hall without a row goes by the defaults.

    `priority_share`: after so many calls with priority in a row one other is called; 0 gives nobody priority. `overdue_minutes`: who
    waits longer is called first, whatever their class; None never. `alert_minutes`: the longest wait that is told to the shift leader;
    None is the waiting target of the regulation. `idle_seconds`: how long somebody may wait while a free post could serve.
    `early_minutes`: how long before an appointment its visitor may say "I am here" by the own phone. `closes_left_open`: whether the end
    of the day closes visits that were left open, as assumed (FIELD 2.1 9). `host_minutes`: how long somebody for whom a visitor came may
    take to answer before the next one is asked (FIELD 2.1 7). `remind_minutes`: how long before an appointment its adviser is reminded.
    """

    hall = models.OneToOneField("staff.Hall", on_delete=models.CASCADE, related_name="queue")
    priority_share = models.PositiveSmallIntegerField(_("calls with priority in a row"), default=2)
    overdue_minutes = models.PositiveSmallIntegerField(_("called first after"), null=True, blank=True)
    alert_minutes = models.PositiveSmallIntegerField(_("longest wait without an alert"), null=True, blank=True)
    idle_seconds = models.PositiveSmallIntegerField(_("alert when somebody waits at a free post"), default=60)
    early_minutes = models.PositiveSmallIntegerField(_("arrival by the own phone"), default=60)
    closes_left_open = models.BooleanField(_("the day's end closes visits left open"), default=True)
    host_minutes = models.PositiveSmallIntegerField(_("answer of a host"), default=3)
    remind_minutes = models.PositiveSmallIntegerField(_("reminder of an appointment"), default=30)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(name="priority_share_is_small", condition=Q(priority_share__lte=9))]


class PostSpell(models.Model):
    """How long a post was open, paused or closed, by whom and why. One runs at a time; paused time is worked out from these."""

    class State(models.TextChoices):
        """States of a post."""

        OPEN = states.OPEN, pgettext_lazy("counter", "open")
        PAUSED = states.PAUSED, pgettext_lazy("counter", "paused")
        CLOSED = states.SHUT, pgettext_lazy("counter", "closed")

    class Reason(models.TextChoices):
        """Why a post is paused or closed."""

        BREAK = "break", _("Break")
        MEAL = "meal", _("Meal")
        PAPERS = "papers", _("Paperwork after a visit")
        ERRAND = "errand", _("Errand in the hall")
        MEETING = "meeting", _("Meeting or training")
        FAULT = "fault", _("Equipment fault")
        SHIFT_END = "shift_end", _("End of the shift")
        OTHER = "other", _("Other")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("staff.Post", on_delete=models.PROTECT, related_name="spells")
    employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    assumed = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(ended_at__isnull=True), name="one_spell_runs_at_a_post"),
            models.CheckConstraint(name="spell_ends_after_it_begins", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at"))),
            models.CheckConstraint(name="shut_post_says_why", condition=Q(state="open") | Q(reason__gt="")),
        ]
        indexes = [models.Index(fields=["hall", "-started_at"], name="spell_by_hall")]

    @property
    def why(self):
        """The reason in words, with the note."""
        return " · ".join(filter(None, (self.get_reason_display() if self.reason else "", self.note)))


class AppointmentQuerySet(models.QuerySet):
    """Appointments by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """As of visits: those of the halls in reach; one's own are those wished with oneself or made by oneself, and what is expected
        by nobody in particular in the hall one works in."""
        far = reach(user, capability)
        if far.everything:
            return self
        scope = Q(hall_id__in=far.halls)
        for_anybody = Q(hall_id__in=far.own_halls, employee__isnull=True, state=states.PLANNED)
        if far.own and far.employee_id:
            scope |= Q(employee_id=far.employee_id) | Q(created_by_id=user.pk) | for_anybody
        if far.teams:
            scope |= Q(employee_id__in=Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")) | for_anybody
        return self.filter(scope)


class Appointment(Versioned):
    """A planned visit. Whoever says that its visitor arrived (desk, kiosk, own phone), it becomes one and the same visit."""

    class State(models.TextChoices):
        """States of an appointment."""

        PLANNED = states.PLANNED, pgettext_lazy("appointment", "expected")
        ARRIVED = states.ARRIVED, pgettext_lazy("appointment", "arrived")
        CANCELLED = states.CANCELLED, pgettext_lazy("appointment", "cancelled")
        MISSED = states.MISSED, pgettext_lazy("appointment", "did not come")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    at = models.DateTimeField(_("expected at"))
    customer = models.ForeignKey("reception.Customer", null=True, blank=True, on_delete=models.PROTECT, related_name="appointments",
                                 verbose_name=_("customer"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", verbose_name=_("purpose"))
    service = models.ForeignKey("staff.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("service wanted"))
    employee = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("adviser"))
    party_size = models.PositiveSmallIntegerField(_("party"), default=1)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reason = models.CharField(_("reason of the cancellation"), max_length=300, blank=True)
    token = models.CharField(max_length=32, unique=True, default=public_token)
    visit = models.OneToOneField(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="appointment")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["token"])

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hall", "at", "id"], name="appointment_by_hall"),
                   models.Index(fields=["customer", "at"], name="appointment_by_customer")]
        constraints = [
            models.CheckConstraint(name="appointment_is_with_somebody", condition=Q(customer__isnull=False) | Q(name__gt="") | Q(phone__gt="")),
            models.CheckConstraint(name="arrived_appointment_has_a_visit", condition=~Q(state="arrived") | Q(visit__isnull=False)),
            models.CheckConstraint(name="appointment_party_is_somebody", condition=Q(party_size__gte=1)),
        ]

    def __str__(self):
        return self.shown_name or self.masked

    @property
    def shown_name(self):
        """The customer's name, else the name as told."""
        return str(self.customer) if self.customer_id else self.name

    @property
    def masked(self):
        """The telephone of the appointment itself as pages show it to everybody."""
        return mask(self.phone) if self.phone else ""
