"""Appraisals in the command bar and among the results: by whose they are, or by month."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web.choices import word
from performance.appraisals import queries
from performance.appraisals.permissions import Can
from performance.appraisals.records import title


def find(user, words, limit):
    """The newest sheets in reach that fit; they say nothing of how somebody was appraised."""
    rows = queries.narrowed(queries.for_list(user), words).order_by("-period", "-pk")[:limit]
    return [{"label": title(row), "detail": word(row, "state"), "url": reverse("appraisal", args=[row.pk]), "icon": "award"} for row in rows]


register(key="appraisals", label=_("Appraisals"), find=find, order=90, capability=Can.READ, page="appraisals", shortest=2)
