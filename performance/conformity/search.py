"""Evidence in the command bar and among the results: by title or clause."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from performance.conformity import cells, queries
from performance.conformity.models import ClauseEvidence
from performance.conformity.permissions import Can


def find(user, words, limit):
    """The newest evidence in reach that fits."""
    rows = finding.matching(queries.with_revisions(ClauseEvidence.objects.visible_to(user)), words, "title", "number", sound="title").order_by("-pk")[:limit]
    return [{"label": row.title, "detail": f"{row.citation} · {row.hall} · {cells.stands_word(row)}", "url": reverse("clause_evidence", args=[row.pk]),
             "icon": "file-check"} for row in rows]


register(key="clause-evidence", label=_("Evidence"), find=find, order=68, capability=Can.LOOK, page="evidence_of_clauses", shortest=2)
