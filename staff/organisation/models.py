"""The organisation: departments, halls, teams, positions, posts, services, people and their roles (STF-01, 02, 04; REC-01)."""
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from staff.organisation.permissions import Can
from staff.organisation.words import ZONES


class Department(Versioned):
    """A department of the company; departments form a tree."""

    code = models.SlugField(_("code"), unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of"))
    head = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("head"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.name)


class HallQuerySet(models.QuerySet):
    """Halls by viewer and day."""

    def visible_to(self, user):
        """The halls whose master data this person may see: a right over the organisation, or any hall of the own assignments."""
        far = reach(user, Can.READ)
        if far.everything:
            return self
        return self.filter(pk__in=far.halls | far.own_halls)

    def open_on(self, day):
        """Halls that exist on `day`; an exhibition is temporary (REC-01)."""
        return self.filter(active_from__lte=day).filter(Q(active_until__isnull=True) | Q(active_until__gte=day))


class Hall(Versioned):
    """A service hall or window (REC-01). Every operating record carries its hall."""

    class Kind(models.TextChoices):
        """The kinds of REC-01."""

        SALES_HALL = "sales_hall", _("Sales hall")
        STORE = "store", _("Store")
        EXHIBITION = "exhibition", _("Exhibition")
        ONLINE = "online", _("Online platform")
        CALL_TEAM = "call_team", _("Call team")
        AFTER_SALES = "after_sales", _("After-sales counter")
        REPAIR_CENTRE = "repair_centre", _("Repair service centre")

    code = models.SlugField(_("code"), unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="halls", verbose_name=_("department"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    url = models.URLField(_("web address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    manager = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("manager"))
    active_from = models.DateField(_("open from"))
    active_until = models.DateField(_("open until"), null=True, blank=True)
    history = HistoricalRecords()

    objects = HallQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="hall_ends_after_it_begins", condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                                              violation_error_message=_("The last day lies before the first. Correct one of the two."))]

    def __str__(self):
        return str(self.name)

    def day_of(self, moment):
        """The day that it is in this hall at `moment`, by the hall's own time zone."""
        return timezone.localtime(moment, ZoneInfo(self.timezone)).date()

    @property
    def timezone_name(self):
        """The time zone in words."""
        return ZONES.get(self.timezone, self.timezone)

    def is_open_on(self, day):
        """Whether the hall exists on `day`."""
        return self.active_from <= day and (self.active_until is None or day <= self.active_until)


class OpeningHoursQuerySet(models.QuerySet):
    """Opening hours by day."""

    def on(self, day):
        """The week that holds on `day`."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))


class OpeningHours(models.Model):
    """One interval on one weekday; a day may have several (lunch break). Minutes of the day, 0 to 1440; weekday 0 is Monday.

    It holds from `valid_from` (none: from the beginning) to `valid_until` (none: until another week begins), so that the past keeps its hours.
    """

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(name="hours_end_after_they_begin", condition=Q(closes__gt=F("opens"), closes__lte=1440, weekday__lte=6)),
            models.CheckConstraint(name="hours_last_a_day", condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))),
            ExclusionConstraint(name="hours_do_not_overlap", expressions=[
                ("hall", RangeOperators.EQUAL), ("weekday", RangeOperators.EQUAL),
                (Func(F("opens"), F("closes"), function="int4range"), RangeOperators.OVERLAPS),
                (Func(F("valid_from"), F("valid_until"), models.Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS)]),
        ]

    def holds_on(self, day):
        """Whether it is of the week that holds on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


class Team(Versioned):
    """A team of people, in a hall or straight below a department (call team)."""

    code = models.SlugField(_("code"), unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.PROTECT, related_name="teams", verbose_name=_("hall"))
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="teams", verbose_name=_("department"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.name)


class Position(Versioned):
    """A position of STF-02, delivered as data. `role` is the code that its holders usually get."""

    code = models.SlugField(_("code"), unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    role = models.CharField(_("usual role"), max_length=20)
    serves_customers = models.BooleanField(_("serves customers"), default=False)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.name)


class Service(Versioned):
    """A service that halls offer; `prefix` begins its tickets."""

    code = models.SlugField(_("code"), unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    prefix = models.CharField(_("ticket letter"), max_length=2)
    history = HistoricalRecords()

    def __str__(self):
        return str(self.name)


class ServiceOffer(models.Model):
    """A hall offers a service."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="offers")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="offers")
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["hall", "service"], name="service_offered_once")]


class Post(Versioned):
    """Whatever stands staffed in a hall: a counter, a reception desk, a hotline, a patrol."""

    class Kind(models.TextChoices):
        """What kind of post."""

        COUNTER = "counter", _("Counter")
        DESK = "desk", _("Reception desk")
        HOTLINE = "hotline", _("Hotline")
        PATROL = "patrol", _("Patrol")

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="posts", verbose_name=_("hall"))
    name = TranslatedText(pgettext_lazy("thing", "name"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    is_active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.name)


class EmployeeQuerySet(models.QuerySet):
    """People by viewer and day."""

    def visible_to(self, user):
        """The people whose entry in the organisation this person may see: everybody in the house sees the others' names and posts,
        a trainee and an auditor only the own entry."""
        far = reach(user, Can.READ)
        return self if far.everything else self.filter(Q(user_id=user.pk) | Q(postings__hall_id__in=far.halls)).distinct()

    def employed_on(self, day):
        """People who have begun and not yet left on `day`."""
        return self.filter(hired_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


class Employee(Versioned):
    """A person who works here. Position, hall, team and superior stand in dated postings."""

    class Kind(models.TextChoices):
        """Employment kind (STF-04); the regulation applies to all of them."""

        FORMAL = "formal", _("Formal employee")
        INTERN = "intern", _("Intern")
        PART_TIME = "part_time", _("Part-time employee")
        PROBATION = "probation", _("On probation")

    class State(models.TextChoices):
        """Onboarding state; a trainee has nothing but training until on duty."""

        TRAINING = "training", _("in training")
        ON_DUTY = "on_duty", pgettext_lazy("employee", "on duty")
        LEFT = "left", pgettext_lazy("employment", "left")

    user = models.OneToOneField("config.User", null=True, blank=True, on_delete=models.PROTECT, related_name="employee")
    number = models.CharField(_("staff number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=160, blank=True, db_collation="C")
    kind = models.CharField(_("employment kind"), max_length=10, choices=Kind.choices, default=Kind.FORMAL)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TRAINING)
    hired_on = models.DateField(_("employed from"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    bound_until = models.DateField(_("confidentiality agreement until"), null=True, blank=True)  # stands here since every request reads it (STF-52)
    history = HistoricalRecords()

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(name="left_after_hired", condition=Q(left_on__isnull=True) | Q(left_on__gte=F("hired_on")))]

    def __str__(self):
        return self.name


class PostingQuerySet(models.QuerySet):
    """Postings by day."""

    def on(self, day):
        """The postings that run on `day`: one that ends later does, one that begins later does not."""
        return self.between(day, day)

    def between(self, first, last):
        """The postings of which at least one day lies in this span; None leaves an end of it open."""
        rows = self if last is None else self.filter(starts_on__lte=last)
        return rows if first is None else rows.exclude(ends_on__lt=first)


class Posting(models.Model):
    """Where a person worked from when to when, as what and under whom: the dated history of STF-01. One at a time."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="postings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="postings", verbose_name=_("position"))
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="postings", verbose_name=_("department"))
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.PROTECT, related_name="postings", verbose_name=_("hall"))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="postings", verbose_name=_("team"))
    superior = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="subordinate_postings", verbose_name=_("superior"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="nobody_is_their_own_superior", condition=~Q(superior=F("employee"))),
            ExclusionConstraint(name="one_posting_at_a_time", expressions=[
                ("employee", RangeOperators.EQUAL),
                (Func(F("starts_on"), F("ends_on"), models.Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS)]),
        ]


class Assignment(models.Model):
    """A role given to a person at an anchor, for a time (roles.md). The scope stands in the matrix, not here."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20)
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("hall"))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("team"))
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("department"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_auditor_has_an_end", condition=~Q(role="auditor") | Q(ends_on__isnull=False),
                                   violation_error_message=_("An auditor's access ends on a day. Enter it.")),
            models.CheckConstraint(name="assignment_ends_after_it_begins", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
        ]


class DeputyQuerySet(models.QuerySet):
    """Deputies by viewer and day."""

    def visible_to(self, user):
        """Those of the people whose entry in the organisation this person may see, and those in which they stand themselves."""
        people = Employee.objects.visible_to(user).values("pk")
        return self.filter(Q(employee__in=people) | Q(deputy__user_id=user.pk))

    def on(self, day):
        """Those that run on `day`."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Deputy(models.Model):
    """A superior names a deputy for a time; the deputy acts in the own name, for the superior (STF-01, GEN-02)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="deputies", verbose_name=_("for"))
    deputy = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="deputyships", verbose_name=_("deputy"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    history = HistoricalRecords()

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="nobody_is_their_own_deputy", condition=~Q(employee=F("deputy"))),
                       models.CheckConstraint(name="deputy_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on")))]
