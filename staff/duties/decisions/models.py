"""Decisions: one row for each time that somebody asks for a word (DESIGN section 4)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from staff.duties.decisions import approving, states
from staff.organisation.access import present
from staff.organisation.standing import rights_by_person

USER = "config.User"


def within(far):
    """The condition that a reach goes over the hall of a decision."""
    return Q() if far.everything else Q(hall_id__in=far.halls)


class DecisionQuerySet(models.QuerySet):
    """Decisions by viewer."""

    def visible_to(self, user):
        """What one asked or decided, in the own right or as a deputy, what was decided in one's name, and what one's rights decide; nothing that is
        about oneself."""
        own = Q(asked_by=user) | Q(decided_by=user) | Q(on_behalf_of=user)
        return self.filter(own | self.in_reach(user)).not_about(user)

    def waiting_for(self, user):
        """What this person may decide now: never what they asked themselves, nor in the right of a represented person what that one asked."""
        found = Q(pk__in=[])
        for capability in sorted(approving.capabilities()):
            for employee_id, far in rights_by_person(user, capability).items():
                found |= Q(capability=capability) & within(far) & ~Q(asked_by__employee=employee_id)
        return self.filter(found, outcome=states.WAITING).exclude(asked_by=user).not_about(user)

    def not_about(self, user):
        """Those whose record is not about this person."""
        employee, rows = present(user)[0], self
        for kinds, ids_from in approving.about() if employee else ():
            rows = rows.exclude(Q(kind__in=kinds) & Q(record_id__in=ids_from(employee.pk)))
        return rows

    @staticmethod
    def in_reach(user):
        """The condition that the rights of this person, own or as a deputy, go over a decision."""
        found = Q(pk__in=[])
        for capability in sorted(approving.capabilities()):
            if far := reach(user, capability):
                found |= Q(capability=capability) & within(far)
        return found


class Decision(models.Model):
    """Somebody asks for an approval about a record (`kind`, `record_id`); whoever has `capability` over its hall approves or declines.

    `amount` is what it is about in CNY, where that decides who decides. `on_behalf_of` is the person whom the decider represented as a
    deputy and in whose right they decided; the database lets nobody decide, nor be represented in, what they asked themselves.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = states.WAITING, pgettext_lazy("decision", "waits")
        APPROVED = states.APPROVED, pgettext_lazy("decision", "approved")
        DECLINED = states.DECLINED, pgettext_lazy("decision", "declined")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("decision", "taken back")

    kind = models.CharField(_("about"), max_length=40)
    record_id = models.BigIntegerField()
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    capability = models.CharField(max_length=40)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    outcome = models.CharField(_("state"), max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    on_behalf_of = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("deputy", "for"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], condition=Q(outcome=states.WAITING), name="decision_waits_once"),
            models.CheckConstraint(name="decision_takes_two_people", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(name="decision_not_in_the_name_of_who_asked", condition=Q(on_behalf_of__isnull=True) | Q(decided_by__isnull=False)
                                   & ~Q(on_behalf_of=F("asked_by")) & ~Q(on_behalf_of=F("decided_by"))),
            models.CheckConstraint(name="decision_is_somebodys", condition=Q(outcome__in=states.MADE, decided_by__isnull=False, decided_at__isnull=False)
                                   | ~Q(outcome__in=states.MADE) & Q(decided_by__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["kind", "record_id"], name="decision_of_record"),
            models.Index(fields=["asked_by", "-asked_at"], name="decision_asked"),
            models.Index(fields=["decided_by", "-asked_at"], name="decision_decided"),
            models.Index(fields=["capability", "hall", "-asked_at"], name="decision_in_reach"),
        ]

    def __str__(self):
        return f"{self.kind} {self.record_id}"
