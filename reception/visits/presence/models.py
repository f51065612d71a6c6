"""An evacuation: who was in the hall when it began, and who was found outside, by whom, when."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from reception.visits.permissions import Can


class EvacuationQuerySet(models.QuerySet):
    """Evacuations by viewer."""

    def visible_to(self, user, capability=Can.PRESENT):
        """While it runs, whoever works in the hall sees it, names and all; afterwards who leads the hall or reads all of its visits."""
        far, leads, reads = reach(user, capability), reach(user, Can.PRESENT_LEAD), reach(user, Can.READ)
        if leads.everything:
            return self
        return self.filter(Q(hall_id__in=far.halls, ended_at__isnull=True) | Q(hall_id__in=far.halls & (leads.halls | reads.halls)))

    def running_in(self, hall_id):
        """The one that runs in a hall, if any."""
        return self.filter(hall_id=hall_id, ended_at__isnull=True)


class Evacuation(models.Model):
    """A hall is left, for practice or in earnest. Its list is that of the moment it began; it is kept as the record."""

    class Kind(models.TextChoices):
        """Why people leave."""

        REAL = "real", _("Evacuation")
        DRILL = "drill", _("Evacuation drill")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="evacuations", verbose_name=_("hall"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("started by"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ended by"))
    note = models.TextField(_("note"), max_length=2000, blank=True)
    history = HistoricalRecords()

    objects = EvacuationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["hall"], condition=Q(ended_at__isnull=True), name="one_evacuation_runs_in_a_hall"),
            models.CheckConstraint(name="evacuation_ends_after_it_begins", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at"))),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def seconds(self):
        """How long it took, in whole seconds; None while it runs."""
        return None if self.ended_at is None else int((self.ended_at - self.started_at).total_seconds())


class EvacuationPerson(models.Model):
    """One line of the list: a party of visitors, one of the staff, or somebody found who was not on it; how many of them are outside."""

    class Kind(models.TextChoices):
        """Why they were in the hall."""

        VISITOR = "visitor", _("Visitors")
        STAFF = "staff", _("Staff on shift")
        OTHER = "other", _("Others")

    evacuation = models.ForeignKey(Evacuation, on_delete=models.CASCADE, related_name="people")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    visit = models.ForeignKey("reception.Visit", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    ticket = models.CharField(max_length=6, blank=True)
    area = models.ForeignKey("facilities.Area", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("staff.Post", null=True, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField(default=1)
    found = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(name="no_more_found_than_there_were", condition=Q(people__gte=1, found__lte=F("people"))),
            models.UniqueConstraint(fields=["evacuation", "visit"], name="visit_once_on_the_list"),
            models.UniqueConstraint(fields=["evacuation", "employee"], name="employee_once_on_the_list"),
        ]

    @property
    def missing(self):
        """How many of them nobody has seen outside."""
        return self.people - self.found

    @property
    def is_safe(self):
        """Whether all of them are outside."""
        return self.found == self.people
