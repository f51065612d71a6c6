"""What a person holds in the organisation: halls managed, departments headed, people below. Handed over when they leave."""
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts import trace
from config.contributions.holdings import register
from staff.organisation.models import Department, Hall, Posting
from staff.organisation.permissions import Can


def below(employee):
    """The running and coming postings of those whose superior this person is."""
    return Posting.objects.filter(superior=employee).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def give(field):
    """A hand-over that puts the successor into `field` of each record."""
    def hand_over(actor, records, to, now, reason=""):
        for record in records.select_for_update(of=("self",)):
            setattr(record, field, to)
            trace.save(actor, record, field, act="handed over", reason=reason)
    return hand_over


def give_people(actor, records, to, now, reason=""):
    """The people get the successor as superior; the successor, if among them, the leaver's own superior."""
    for posting in records.select_for_update(of=("self",)).select_related("superior"):
        posting.superior = superior_above(posting.superior, now) if posting.employee_id == to.pk else to
        trace.save(actor, posting, "superior", act="handed over", reason=reason)


def superior_above(person, now):
    """Who stands above this person today."""
    day = timezone.localtime(now).date()
    found = Posting.objects.on(day).filter(employee=person).select_related("superior").first()
    return found.superior if found else None


register(key="halls", label=_("Halls managed"), owned=lambda employee: Hall.objects.filter(manager=employee), hand_over=give("manager"), capability=Can.EDIT)
register(key="departments", label=_("Departments headed"), owned=lambda employee: Department.objects.filter(head=employee), hand_over=give("head"),
         capability=Can.EDIT)
register(key="people", label=_("People whose superior this is"), owned=below, hand_over=give_people, capability=Can.EDIT)
