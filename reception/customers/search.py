"""Customers in the command bar and among the results, for who may read files; and the proofs of erasures, for who may see those."""
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.search import register
from config.web.templatetags.hk import day
from reception.customers.permissions import Can
from reception.customers.queries import proofs_for, suggest


def find(user, words, limit):
    """Files in reach that fit, masked."""
    return [{"label": row.label, "detail": " ".join(part for part in ("".join(row.phone), row.company) if part), "url": reverse("customer", args=[row.pk]),
             "icon": "user"} for row in suggest(user, None, words, limit=limit)]


def find_erasures(user, words, limit):
    """The proofs of erasures in reach by words of their reason; they hold nothing else that somebody could know."""
    return [{"label": _("Erasure %(number)s") % {"number": proof.pk}, "detail": f"{day(proof.at)} · {proof.reason}", "url": reverse("data_requests"),
             "icon": "eraser"} for proof in proofs_for(user).filter(cause="request", reason__icontains=words)[:limit]]


register(key="customers", label=gettext_lazy("Customers"), find=find, order=10, capability=Can.READ, page="customers")
register(key="erasures", label=gettext_lazy("Erasures"), find=find_erasures, order=95, capability=Can.EXPORT, shortest=2)
