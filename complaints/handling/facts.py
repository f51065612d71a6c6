"""What happens to a complaint, each a row with who and when, written once: who is concerned, words to and from the customer, pauses, extensions,
routing, investigation tasks, evidence, escalations (CMP-06 to CMP-09, CMP-15; FIELD 2.3 rows 9 to 19)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from complaints.handling import states
from complaints.handling.models import EMPLOYEE, Channel, Complaint, Method


class PersonQuerySet(models.QuerySet):
    """Parts in complaints by viewer."""

    def visible_to(self, user):
        """What is asked of the viewer: their own part, while the complaint is open; of the complaint itself they see nothing."""
        return self.filter(employee__user=user, complained_about=True, complaint__state__in=states.OPEN)


class ComplaintPerson(models.Model):
    """Somebody of the house whom a complaint concerns: complained about, or named as a witness. Praise names whom it praises."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="people")
    employee = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="complaints_named", verbose_name=_("person"))
    complained_about = models.BooleanField(_("complained about"), default=True)
    history = HistoricalRecords()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "employee"], name="complaint_person_once")]
        indexes = [models.Index(fields=["employee"], condition=Q(complained_about=True), name="complaint_about_person")]

    def __str__(self):
        return str(self.employee)


class ComplaintEntry(models.Model):
    """One line of the story of a complaint. What the customer may read is an allow-list of kinds (PUBLIC); everything else stays in the house."""

    class Kind(models.TextChoices):
        """What the line is."""

        TOLD = "told", pgettext_lazy("complaint entry", "told to the customer")
        ASKED = "asked", pgettext_lazy("complaint entry", "question to the customer")
        WORD = "word", pgettext_lazy("complaint entry", "word of the customer")
        PUBLISHED = "published", pgettext_lazy("complaint entry", "published on the tracking page")
        CONTACT = "contact", pgettext_lazy("complaint entry", "contact in vain")
        NOTE = "note", pgettext_lazy("complaint entry", "note in the house")
        CONTAINMENT = "containment", pgettext_lazy("complaint entry", "done at once")
        URGED = "urged", pgettext_lazy("complaint entry", "urged")
        REPORTED = "reported", pgettext_lazy("complaint entry", "reported upwards")
        INSTRUCTION = "instruction", pgettext_lazy("complaint entry", "instruction")
        ESCALATED = "escalated", pgettext_lazy("complaint entry", "escalated")

    PUBLIC = (Kind.TOLD, Kind.ASKED, Kind.WORD, Kind.PUBLISHED)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    to = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("to"))
    method = models.CharField(_("how"), max_length=10, choices=Method.choices, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    key = models.CharField(max_length=80, blank=True)  # what was received or done by itself comes once, such as a mail by its id

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "key"], condition=~Q(key=""), name="complaint_entry_once")]
        indexes = [models.Index(fields=["to", "-at"], condition=Q(to__isnull=False), name="complaint_entry_to")]


class ComplaintPause(models.Model):
    """The clock stands still, with its reason and what shows it; the customer's word ends it (FIELD 2.3 rows 9, 10)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="pauses")
    began_at = models.DateTimeField(_("from"))
    by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300)
    evidence = models.CharField(_("what shows it"), max_length=300)
    ended_at = models.DateTimeField(_("until"), null=True)
    ended_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ended by"))
    ended_how = models.CharField(_("ended by what"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(ended_at__isnull=True), name="complaint_pauses_once"),
            models.CheckConstraint(name="complaint_pause_ends_after_it_began", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at"))),
        ]


class ComplaintExtension(models.Model):
    """More time asked for before the solution is due, decided by a superior, told to the customer (FIELD 2.3 row 14)."""

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", pgettext_lazy("extension", "waits")
        GRANTED = "granted", pgettext_lazy("extension", "granted")
        DECLINED = "declined", pgettext_lazy("extension", "declined")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="extensions")
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    reason = models.CharField(_("reason"), max_length=300)
    days = models.PositiveSmallIntegerField(_("more working days"))
    outcome = models.CharField(_("state"), max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    told_at = models.DateTimeField(_("told to the customer"), null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(outcome="waiting"), name="complaint_extension_waits_once"),
            models.CheckConstraint(name="complaint_extension_takes_two", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))),
        ]


class ComplaintDeadline(models.Model):
    """A limit that was worked out anew because a calendar or a rule changed: both values stay (FIELD 2.3 row 11)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="deadlines")
    limit = models.CharField(_("limit"), max_length=8)  # ack, update, solve
    was = models.DateTimeField(_("was"))
    became = models.DateTimeField(_("became"))
    reason = models.CharField(_("reason"), max_length=100)
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at", "pk"]


class ComplaintRoute(models.Model):
    """To whom it was given, when, and what came back: the department's answer, or a return as wrongly assigned (CMP-07, FIELD 2.3 row 16)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="routes")
    handler = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("handler"))
    department = models.ForeignKey("staff.Department", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    at = models.DateTimeField(_("assigned"))
    by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    answer = models.TextField(_("answer of the department"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    returned_at = models.DateTimeField(_("returned"), null=True)
    return_reason = models.CharField(_("why returned"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["at", "pk"]


class InvestigationTask(models.Model):
    """Something to find out, by whom, by when, and what was found (FIELD 2.3 row 19)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(_("what to find out"), max_length=200)
    owner = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="investigation_tasks", verbose_name=_("responsible"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True)
    result = models.TextField(_("what was found"), max_length=2000, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.what


class Evidence(models.Model):
    """A statement, file, site visit or document: who added it, when, which date it shows (not when it was kept), who witnessed it; a file with
    its checksum (CMP-09, FIELD 2.3 row 17). Never changed; a mistaken one is struck out with a reason and stays readable."""

    class Kind(models.TextChoices):
        """What it is."""

        CUSTOMER = "customer", pgettext_lazy("evidence", "statement of the customer")
        STAFF = "staff", pgettext_lazy("evidence", "statement of the person concerned")
        WITNESS = "witness", pgettext_lazy("evidence", "statement of a witness")
        FILE = "file", pgettext_lazy("evidence", "photo or file")
        RECORDING = "recording", pgettext_lazy("evidence", "recording")
        SITE = "site", pgettext_lazy("evidence", "site visit")
        DOCUMENT = "document", pgettext_lazy("evidence", "document consulted")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    text = models.TextField(_("what it says"), max_length=2000)
    person = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose statement"))
    witness = models.CharField(_("witnessed by"), max_length=120, blank=True)
    shows_on = models.DateField(_("date it shows"))
    attachment = models.ForeignKey("config.Attachment", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    checksum = models.CharField(_("checksum"), max_length=64, blank=True)
    added_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"))
    struck_at = models.DateTimeField(_("struck out"), null=True)
    struck_reason = models.CharField(_("why struck out"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.CheckConstraint(name="evidence_file_with_checksum", condition=Q(attachment__isnull=True) | ~Q(checksum=""))]

    def __str__(self):
        return self.get_kind_display()
