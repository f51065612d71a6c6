"""What the organisation brings to My day: who waits for a word of HR or the administrator, and who stands in for whom."""
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.accounts.access import may
from config.contributions.panels import register
from staff.organisation import queries
from staff.organisation.models import Deputy, Employee
from staff.organisation.permissions import Can

SHOWN = 8


def my_day(_record, user):
    """People in training for who keeps the organisation, people without an account for who keeps accounts; None when nobody waits."""
    rows = []
    if may(user, Can.EDIT):
        rows += [row(person, "run", in_training(person)) for person in queries.people_within(user, Can.EDIT).filter(state=Employee.State.TRAINING)
                 .exclude(user_id=user.pk).order_by("hired_on", "pk")[:SHOWN]]
    if may(user, Can.ACCOUNTS_EDIT):
        rows += [row(person, "wait", _("no account yet")) for person in queries.people_within(user, Can.ACCOUNTS_EDIT).filter(user=None)
                 .exclude(state=Employee.State.LEFT).order_by("hired_on", "pk")[:SHOWN]]
    return {"rows": rows} if rows else None


def in_training(person):
    """Since how long somebody is in training."""
    days = max(0, (timezone.localdate() - person.hired_on).days)
    return ngettext("in training for %(n)d day", "in training for %(n)d days", days) % {"n": days}


def row(person, tone, word):
    """One person with the posting of today."""
    posting = queries.posting_of(person)
    return {"tone": tone, "word": word, "name": person.name, "url": reverse("person", args=[person.pk]),
            "place": f"{posting.position} · {posting.hall or posting.department}" if posting else ""}


def standing_in(_record, user):
    """Whom one represents today, and who represents oneself; None without either."""
    today = timezone.localdate()
    running = Deputy.objects.filter(starts_on__lte=today, ends_on__gte=today).select_related("employee", "deputy").order_by("ends_on")
    found = {"mine": list(running.filter(employee__user_id=user.pk)), "others": list(running.filter(deputy__user_id=user.pk))}
    return found | {"aside": True} if any(found.values()) else None


register(key="people-my-day", place="my_day", template="staff/organisation/_my_day.html", context=my_day, order=40)
register(key="standing-in", place="my_day", template="staff/organisation/_standing_in.html", context=standing_in, order=15)
