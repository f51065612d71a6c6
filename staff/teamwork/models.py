"""Requests and how the work on them is divided (STF-07, STF-09)."""
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.organisation.access import present
from staff.organisation.models import Department, Posting
from staff.teamwork import states
from staff.teamwork.permissions import Can

SUPPORT_ROLE = "logistics"


class RequestQuerySet(models.QuerySet):
    """Requests by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """What one asked, what one's side was asked, what one does a part of, and what the people and halls in reach asked or were asked."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        mine = Q(asked_by_id=far.employee_id) | Q(pk__in=RequestPart.objects.filter(employee_id=far.employee_id).values("request_id"))
        below = Q(from_hall_id__in=far.halls) | Q(to_hall_id__in=far.halls)
        if far.teams:
            below |= Q(asked_by__in=Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"))
        return self.filter(mine | asked_of(user) | below)

    def received_by(self, user):
        """Those that this person answers: of their department or their hall's logistics, and what they took on; a hall's superior answers
        for its logistics."""
        far = reach(user, Can.EDIT)
        return self.filter(asked_of(user) | Q(to_hall_id__in=far.halls)) if far else self.none()


def asked_of(user):
    """The condition that a request is addressed to this person: as owner, as head or staff of a department's office, as logistics of a
    hall, or as its named manager."""
    employee, roles = present(user)
    if employee is None:
        return Q(pk__in=[])
    offices = Posting.objects.on(timezone.localdate()).filter(employee=employee, hall=None).values("department_id")
    office = Q(to_hall=None) & (Q(to_department_id__in=offices) | Q(to_department_id__in=Department.objects.filter(head=employee).values("pk")))
    logistics = [role.hall_id for role in roles if role.role == SUPPORT_ROLE and role.hall_id]
    return office | Q(owner=employee) | Q(to_hall_id__in=logistics) | Q(to_hall__manager=employee)


class WorkRequest(Versioned):
    """Something that one side needs of another by a day: of a department, or of the logistics of a hall (`to_hall`)."""

    class Kind(models.TextChoices):
        """What is asked: work of a department, or a kind of administrative support of logistics."""

        DEPARTMENT = "department", _("Coordination with a department")
        PRINT = "print", _("Printing and copying")
        MOVE = "move", _("Moving and carrying")
        ROOM = "room", _("Preparing a room")
        OTHER = "other", _("Other support")

    class State(models.TextChoices):
        """States of lifecycles.md."""

        SENT = states.SENT, pgettext_lazy("request", "to be answered")
        ACCEPTED = states.ACCEPTED, pgettext_lazy("request", "accepted")
        DECLINED = states.DECLINED, pgettext_lazy("request", "declined")
        IN_WORK = states.IN_WORK, pgettext_lazy("request", "in work")
        DELIVERED = states.DELIVERED, pgettext_lazy("request", "delivered")
        RATED = states.RATED, pgettext_lazy("request", "rated")
        CLOSED = states.CLOSED, pgettext_lazy("request", "closed")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("request", "withdrawn")

    number = models.CharField(_("number"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.DEPARTMENT)
    title = models.CharField(_("what is needed"), max_length=120)
    need = models.TextField(_("details"), blank=True)
    asked_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="requests_asked", verbose_name=_("asked by"))
    from_department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("asking department"))
    from_hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asking hall"))
    to_department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="requests", verbose_name=_("department asked"))
    to_hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="requests", verbose_name=_("hall"))
    needed_by = models.DateField(_("needed by"))
    withdrawn_because = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    owner = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="requests_owned", verbose_name=_("responsible"))
    answered_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    result = models.TextField(_("result"), blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    score = models.PositiveSmallIntegerField(_("rating"), null=True)
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    rated_at = models.DateTimeField(_("rated"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    history = HistoricalRecords()

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="support_is_of_a_hall", condition=Q(kind="department", to_hall__isnull=True)
                                   | ~Q(kind="department") & Q(to_hall__isnull=False)),
            models.CheckConstraint(name="answered_request_has_its_moment", condition=Q(state__in=states.UNANSWERED, answered_at__isnull=True)
                                   | ~Q(state__in=states.UNANSWERED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
            models.CheckConstraint(name="nobody_answers_their_own_request", condition=~Q(answered_by=models.F("asked_by"))),
            models.CheckConstraint(name="taken_request_has_an_owner", condition=Q(state__in=[*states.UNANSWERED, states.DECLINED]) | Q(owner__isnull=False)),
            models.CheckConstraint(name="withdrawn_request_has_a_reason", condition=~Q(state=states.WITHDRAWN) | ~Q(withdrawn_because="")),
            models.CheckConstraint(name="rated_request_has_a_rating", condition=~Q(state__in=[states.RATED, states.CLOSED]) | Q(score__gte=1)),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="request_due"), models.Index(fields=["owner", "rated_at"], name="request_rated")]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def is_support(self):
        """Whether logistics was asked."""
        return self.kind != self.Kind.DEPARTMENT

    def is_late(self, now):
        """Whether it is not answered, or not delivered, after its day; what is delivered was late if it came after it."""
        return (self.delivered_at or now) > self.due_at and self.state not in (states.DECLINED, states.WITHDRAWN)


class RequestPart(models.Model):
    """A part of the work: who does what."""

    request = models.ForeignKey(WorkRequest, on_delete=models.CASCADE, related_name="parts")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="request_parts", verbose_name=_("person"))
    what = models.CharField(_("part"), max_length=200)
    done_at = models.DateTimeField(_("done"), null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.what
