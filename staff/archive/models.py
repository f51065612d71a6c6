"""What the archive keeps (REC-79), who may read it until when and who did (REC-82), and what a stocktaking found (REC-81)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.models import private_storage
from config.web.versions import Versioned
from staff.archive import kinds, states
from staff.archive.permissions import Can
from staff.organisation.models import Posting

EMPLOYEE, HALL = "staff.Employee", "staff.Hall"


def members(far):
    """The ids of the people who are posted to the teams in reach today."""
    return Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")


def everybody():
    """The condition that is always met."""
    return Q(pk__isnull=False)


class ItemQuerySet(models.QuerySet):
    """Items by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """The items that `capability` reaches; those of the archives of people only where the right over that archive reaches too, and none of
        a record that is kept from the viewer, such as a complaint about them."""
        far = reach(user, capability)
        if not far:
            return self.none()
        found = self.within(far)
        for key in kinds.STAFF:
            gate = reach(user, kinds.KINDS[key].gate)
            found &= ~Q(kind=key) | (self.within(gate) if gate else Q(owner_id=far.employee_id))
        for subject_kind, ids_from in kinds.HIDDEN.items() if far.employee_id else ():
            found &= ~(Q(subject_kind=subject_kind) & among(ids_from(far.employee_id), "subject_id"))
        return self.filter(found)

    @classmethod
    def within(cls, far):
        """The condition of one reach; words that narrow it leave the archives of people, and all of what another role reaches in full."""
        if "staff" in far.limits:
            return Q(kind__in=kinds.STAFF) | cls.within(far.full) if far.full else Q(kind__in=kinds.STAFF)
        if far.everything:
            return everybody()
        scope = Q(hall_id__in=far.halls)
        if far.teams:
            scope |= among(members(far), "owner_id")
        if far.employee_id:
            scope |= Q(owner_id=far.employee_id) | Q(keeper_id=far.employee_id) | Q(hall__archive__keeper_id=far.employee_id)
        return scope


class ArchiveItem(Versioned):
    """One thing that is kept: papers in a cabinet of a hall, or files. What it is of (`subject_kind`, `subject_id`), its number and when it
    came in never change, and no item is deleted: a trigger sees to it."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        RECEIVED = states.RECEIVED, pgettext_lazy("archive item", "to be put away")
        FILED = states.FILED, pgettext_lazy("archive item", "filed")
        FOUND = states.FOUND, pgettext_lazy("archive item", "found")
        MISSING = states.MISSING, pgettext_lazy("archive item", "missing")
        DAMAGED = states.DAMAGED, pgettext_lazy("archive item", "damaged")
        DESTROYED = states.DESTROYED, pgettext_lazy("archive item", "destroyed")

    class Place(models.TextChoices):
        """Where it lies."""

        ELECTRONIC = "electronic", _("electronic")
        CABINET = "cabinet", _("in a cabinet")
        NOWHERE = "", _("not put away yet")

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(pgettext_lazy("archive", "archive"), max_length=12, choices=kinds.CHOICES)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    title = models.CharField(_("title"), max_length=160)
    day = models.DateField(_("date"))
    hall = models.ForeignKey(HALL, null=True, on_delete=models.PROTECT, related_name="archive_items", verbose_name=_("hall"))
    place = models.CharField(_("place"), max_length=10, choices=Place.choices, blank=True)
    cabinet = models.CharField(_("cabinet"), max_length=40, blank=True)
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    keeper = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="archive_items_kept", verbose_name=_("keeper"))
    owner = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose case it is"))
    confidentiality = models.CharField(_("confidentiality"), max_length=12, choices=kinds.CLASSES)
    keep_until = models.DateField(_("keep until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.FILED)
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("filed by"))
    destruction_asked_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("destruction asked by"))
    destroyed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("destroyed by"))
    destroyed_on = models.DateField(_("destroyed on"), null=True)
    history = HistoricalRecords()

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="archive_place_is_whole", condition=Q(place="cabinet") & ~Q(cabinet="")
                                   | ~Q(place="cabinet") & Q(cabinet="", shelf="")),
            models.CheckConstraint(name="archive_paper_lies_in_a_hall", condition=Q(place="electronic") | Q(hall__isnull=False)),
            models.CheckConstraint(name="archive_subject_is_whole", condition=Q(subject_kind="", subject_id__isnull=True)
                                   | ~Q(subject_kind="") & Q(subject_id__isnull=False)),
            models.CheckConstraint(name="archive_destroyed_by_two", condition=~Q(state=states.DESTROYED) | Q(
                destroyed_on__isnull=False, destruction_asked_by__isnull=False, destroyed_by__isnull=False) & ~Q(destroyed_by=F("destruction_asked_by"))),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="archive_of_record"),
            models.Index(fields=["hall", "state"], name="archive_of_hall"),
        ]

    def __str__(self):
        return self.number

    @property
    def where(self):
        """The place in words."""
        return " · ".join(filter(None, [self.cabinet, self.shelf])) or self.get_place_display()


class ArchiveFile(models.Model):
    """A file of an item with the checksum of its bytes. Never changed and never deleted: a trigger sees to it."""

    item = models.ForeignKey(ArchiveItem, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to="archive/%Y/%m", max_length=200)

    class Meta:
        ordering = ["pk"]


class HallArchive(models.Model):
    """The archive of a hall: who keeps it (roles.md: "named per hall")."""

    hall = models.OneToOneField(HALL, on_delete=models.CASCADE, related_name="archive", verbose_name=_("hall"))
    keeper = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="archives_kept", verbose_name=_("keeper"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.hall)


class RequestQuerySet(models.QuerySet):
    """Requests by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """One's own; those for the items of the halls, or by the people of the teams, that `capability` reaches."""
        far = reach(user, capability)
        if not far:
            return self.none()
        if far.everything and not far.limits:
            return self
        scope = Q(hall_id__in=far.halls)
        if capability != Can.DECIDE:  # who keeps an archive does not decide on it
            scope |= Q(hall__archive__keeper_id=far.employee_id)
        if far.teams:
            scope |= among(members(far), "asked_by_id")
        return self.filter(scope | Q(asked_by_id=far.employee_id))


class AccessRequest(Versioned):
    """Somebody asks to read items of one hall's archive, to have copies, or to borrow them (FRM-30). Copies and loans are requests of
    their own; what is typed and not sent is a draft of the form."""

    class What(models.TextChoices):
        """What is asked for."""

        READ = "read", pgettext_lazy("request", "to read")
        COPY = "copy", _("a copy")
        LEND = "lend", _("to borrow")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        SUBMITTED = states.SUBMITTED, pgettext_lazy("request", "to decide")
        APPROVED = states.APPROVED, pgettext_lazy("request", "approved")
        REJECTED = states.REJECTED, pgettext_lazy("request", "declined")
        OPEN = states.OPEN, pgettext_lazy("request", "being read")
        EXPIRED = states.EXPIRED, pgettext_lazy("request", "run out")
        ENDED = states.ENDED, pgettext_lazy("request", "ended")
        HANDED_OUT = states.HANDED_OUT, pgettext_lazy("request", "handed out")
        RETURNED = states.RETURNED, pgettext_lazy("request", "returned")

    number = models.CharField(_("number"), max_length=20, unique=True)
    hall = models.ForeignKey(HALL, on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    what = models.CharField(_("what for"), max_length=4, choices=What.choices, default=What.READ)
    items = models.ManyToManyField(ArchiveItem, related_name="requests")
    reason = models.CharField(_("work reason"), max_length=300)
    place = models.CharField(_("place"), max_length=80)
    wanted_at = models.DateTimeField(_("time"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    asked_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="archive_requests", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True)
    handed_out_at = models.DateTimeField(_("handed out"), null=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    history = HistoricalRecords()

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="archive_nobody_decides_their_own", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(name="archive_decision_is_somebodys", condition=Q(state=states.SUBMITTED, decided_by__isnull=True)
                                   | ~Q(state=states.SUBMITTED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            models.CheckConstraint(name="archive_access_has_an_end", condition=Q(state__in=[states.SUBMITTED, states.REJECTED]) | Q(ends_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(state__in=states.RUNNING), name="archive_access_running")]

    def __str__(self):
        return self.number


class ArchiveOpening(models.Model):
    """One reading: who opened which file, or read which papers, when and where, by which request. Rows are only ever added, by trigger."""

    class Outcome(models.TextChoices):
        """What became of it."""

        OPENED = "opened", _("opened")
        PAPER = "paper", _("papers read")
        CHANGED = "changed", _("refused: the file was changed")
        GONE = "gone", _("refused: the file is gone")

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="openings")
    item = models.ForeignKey(ArchiveItem, on_delete=models.PROTECT, related_name="openings")
    file = models.ForeignKey(ArchiveFile, null=True, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    place = models.CharField(max_length=80)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)

    class Meta:
        ordering = ["-at", "-pk"]


class StocktakingQuerySet(models.QuerySet):
    """Stocktakings by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls that `capability` reaches, and of the archive one keeps."""
        far = reach(user, capability)
        if far.everything and not far.limits:
            return self
        kept = Q(hall__archive__keeper_id=far.employee_id) if capability != Can.DECIDE else Q()
        return self.filter(Q(hall_id__in=far.halls) | kept) if far else self.none()


class Stocktaking(Versioned):
    """The stocktaking of one hall's archive for the months that begin with `slot` (REC-81, FRM-31): made by the clock, gone through by the
    keeper, signed by two."""

    class State(models.TextChoices):
        """Where it stands."""

        TAKING = states.TAKING, pgettext_lazy("stocktaking", "in progress")
        CLOSED = states.CLOSED, pgettext_lazy("stocktaking", "closed")

    hall = models.ForeignKey(HALL, on_delete=models.PROTECT, related_name="stocktakings", verbose_name=_("hall"))
    slot = models.DateField(_("begun"))
    due_on = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TAKING)
    storage_safe = models.BooleanField(_("safe storage"), null=True)
    storage_note = models.CharField(_("what is not safe"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("closed by"))
    witness = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("second person"))
    decision = models.CharField(_("decision on what is missing"), max_length=300, blank=True)
    decided_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    history = HistoricalRecords()

    objects = StocktakingQuerySet.as_manager()

    class Meta:
        ordering = ["-slot", "hall_id"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "slot"], name="stocktaking_once"),
            models.CheckConstraint(name="stocktaking_signed_by_two", condition=Q(state=states.TAKING) | Q(
                closed_at__isnull=False, closed_by__isnull=False, witness__isnull=False, storage_safe__isnull=False) & ~Q(witness=F("closed_by"))),
        ]

    def __str__(self):
        return f"{self.hall} {self.slot.isoformat()}"


class StocktakingLine(models.Model):
    """One item of a stocktaking: found, missing or damaged, and what is done about it. Files are looked at by the house itself."""

    class Result(models.TextChoices):
        """What was found."""

        FOUND = states.FOUND, pgettext_lazy("archive item", "found")
        MISSING = states.MISSING, pgettext_lazy("archive item", "missing")
        DAMAGED = states.DAMAGED, pgettext_lazy("archive item", "damaged")

    stocktaking = models.ForeignKey(Stocktaking, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(ArchiveItem, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    action = models.CharField(max_length=200, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item__cabinet", "item__shelf", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["stocktaking", "item"], name="archive_item_once_a_stocktaking"),
            models.CheckConstraint(name="stocktaking_line_has_its_moment", condition=Q(result="", looked_at__isnull=True)
                                   | ~Q(result="") & Q(looked_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["stocktaking"], condition=Q(result=""), name="stocktaking_line_open")]
