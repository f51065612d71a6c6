"""Incidents with the time line of what was done, the measures against another one, and the records that they are about (FAC-27, FAC-30, FAC-31)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from facilities.incidents import states
from facilities.incidents.permissions import Can
from staff.organisation.models import Posting

EMPLOYEE = "staff.Employee"


class IncidentQuerySet(models.QuerySet):
    """Incidents by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls in reach; but for leading them also what one reported, what one has a measure of, and what the people of one's
        teams reported."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        scope = Q(hall_id__in=far.halls)
        if capability != Can.LEAD:
            scope |= Q(reported_by_id=far.employee_id) | Q(pk__in=IncidentMeasure.objects.filter(owner_id=far.employee_id).values("incident_id"))
            if far.teams:
                scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "reported_by_id")
        return self.filter(scope)


class Incident(Versioned):
    """Something grave that happened in a hall. `source_kind` and `source_id` name the record that reported it where no person did so by hand."""

    class Kind(models.TextChoices):
        """What people have to report at once."""

        COMPLAINT = "complaint", pgettext_lazy("incident", "Grave complaint")
        EQUIPMENT = "equipment", pgettext_lazy("incident", "Major failure of equipment")
        POWER = "power", pgettext_lazy("incident", "Power or network failure")
        FIRE = "fire", pgettext_lazy("incident", "Fire")
        DISASTER = "disaster", pgettext_lazy("incident", "Natural disaster")
        INJURY = "injury", pgettext_lazy("incident", "Injury or illness")
        THEFT = "theft", pgettext_lazy("incident", "Theft")
        THREAT = "threat", pgettext_lazy("incident", "Quarrel or threat")
        DATA = "data", pgettext_lazy("incident", "Loss or leak of data")
        ARCHIVE = "archive", pgettext_lazy("incident", "Papers missing from the archive")
        OTHER = "other", pgettext_lazy("incident", "Other")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        REPORTED = states.REPORTED, pgettext_lazy("incident", "to be confirmed")
        CONFIRMED = states.CONFIRMED, pgettext_lazy("incident", "confirmed")
        RESPONDING = states.RESPONDING, pgettext_lazy("incident", "being dealt with")
        ENDED = states.ENDED, pgettext_lazy("incident", "over, to be examined")
        FILED = states.FILED, pgettext_lazy("incident", "filed")
        FALSE_ALARM = states.FALSE_ALARM, pgettext_lazy("incident", "false alarm")

    number = models.CharField(_("number"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="incidents", verbose_name=_("hall"))
    place = models.CharField(_("place"), max_length=120)
    happened_at = models.DateTimeField(_("happened"))
    description = models.TextField(_("description"))
    reported_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("reported by"))
    reported_at = models.DateTimeField(_("reported"))
    due_at = models.DateTimeField(_("to be confirmed by"))
    source_kind = models.CharField(max_length=40, blank=True, editable=False)
    source_id = models.BigIntegerField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.REPORTED)
    confirmed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    verdict = models.CharField(_("verdict"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("over"), null=True)
    loss = models.CharField(_("loss"), max_length=300, blank=True)
    cause = models.TextField(_("cause"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    filed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("filed by"))
    filed_at = models.DateTimeField(_("filed"), null=True)
    history = HistoricalRecords()

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=~Q(source_kind=""), name="incident_once_a_source"),
            models.CheckConstraint(name="incident_source_is_whole", condition=Q(source_kind="", source_id__isnull=True)
                                   | ~Q(source_kind="") & Q(source_id__isnull=False)),
            models.CheckConstraint(name="incident_confirmed_by_another", condition=Q(confirmed_by=None) | Q(reported_by=None)
                                   | ~Q(confirmed_by=F("reported_by"))),
            models.CheckConstraint(name="incident_judged_with_a_verdict", condition=Q(state=states.REPORTED, confirmed_at__isnull=True)
                                   | ~Q(state=states.REPORTED) & Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(verdict="")),
            models.CheckConstraint(name="filed_incident_has_cause_and_lessons", condition=~Q(state=states.FILED) | Q(
                ended_at__isnull=False, filed_at__isnull=False, filed_by__isnull=False) & ~Q(cause="") & ~Q(lessons="")),
        ]
        indexes = [models.Index(fields=["hall", "state"], name="incident_of_hall")]

    def __str__(self):
        return f"{self.number} {self.get_kind_display()}"


class IncidentEntry(models.Model):
    """A line of the time line: what was done, by whom, when. Written once."""

    class What(models.TextChoices):
        """What the regulation asks for on site (FAC-30)."""

        CALM = "calm", pgettext_lazy("incident", "Customers calmed and informed")
        REPAIR = "repair", pgettext_lazy("incident", "Rescue or repair of equipment")
        MOVE = "move", pgettext_lazy("incident", "People and goods moved")
        PROTECT = "protect", pgettext_lazy("incident", "Life and property protected")
        LIMIT = "limit", pgettext_lazy("incident", "Loss limited")
        SEARCH = "search", pgettext_lazy("incident", "Search and inquiry")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(_("kind of measure"), max_length=8, choices=What.choices)
    text = models.CharField(_("what was done"), max_length=300)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class IncidentMeasure(models.Model):
    """What is done so that it does not happen again: by whom, by when."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(_("measure"), max_length=200)
    owner = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="incident_measures", verbose_name=_("responsible"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.what


class IncidentThing(models.Model):
    """A record that an incident is about, such as a missing paper, by (kind, id)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="things")
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incident", "kind", "record_id"], name="incident_thing_once")]
        indexes = [models.Index(fields=["kind", "record_id"], name="incident_of_thing")]
