"""The regulation in the command bar and among the results: clauses and rules of halls by citation or words, parameters and their changes,
regulations, questions, laws."""
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from config.web.choices import word
from config.web.templatetags.hk import day
from staff.regulation import values
from staff.regulation.clauses import rules
from staff.regulation.clauses.models import Clause, HallRule, LegalNote, Question, RegulationVersion
from staff.regulation.parameters import words
from staff.regulation.parameters.models import ParameterChange
from staff.regulation.permissions import Can

SHORTEST = 2  # signs of a word that is searched


def find_clauses(user, said, limit):
    """The clauses in force of this citation, or with these words in any language."""
    asked = said.strip().replace("\0", "")
    cited, rows = rules.read_citation(asked), Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(timezone.localdate()))
    if cited:
        rows = rows.filter(source=cited[0], number__startswith=cited[1])
    else:
        rows = rows.filter(Q(title__en__icontains=asked) | Q(**{"title__zh-hans__icontains": asked}) | Q(**{"title__zh-hant__icontains": asked}))
    return [{"label": f"{row.citation} {row.title}", "detail": str(row.edition.title), "url": reverse("clause", args=[row.source, row.number]),
             "icon": "book-open"} for row in rows.select_related("edition").order_by("edition__regulation__order", "order")[:limit]]


register(key="clauses", label=_("Clauses"), find=find_clauses, order=75, capability=Can.READ, shortest=SHORTEST)


def find_parameters(user, asked, limit):
    """Parameters by a part of their meaning in any language, by key, or by clause."""
    text = asked.strip().casefold()
    hits = [row for row in values.definitions().values()
            if any(text in part.casefold() for part in (row["key"], *row["meaning"].values(), row["source"]))]
    return [{"label": words.meaning(row["key"]), "detail": row["source"] or str(words.CHAPTERS[row["chapter"]]),
             "url": reverse("parameter", args=[row["key"]]), "icon": "sliders-horizontal"} for row in hits[:limit]]


register(key="parameters", label=_("Parameters"), find=find_parameters, order=80, capability=Can.READ, page="parameters")


def find_changes(user, asked, limit):
    """Changes of parameters by the parameter's meaning or key, or by the reason."""
    text = asked.casefold()
    keys = [row["key"] for row in values.definitions().values() if any(text in part.casefold() for part in (row["key"], *row["meaning"].values()))]
    rows = ParameterChange.objects.visible_to(user).filter(Q(subject__in=keys) | Q(reason__icontains=asked)).select_related("hall", "position")
    return [{"label": words.meaning(row.subject), "detail": f"{word(row, 'state')} · {day(row.valid_from)} · {row.reason}",
             "url": reverse("parameter_change", args=[row.pk]), "icon": "git-compare"} for row in rows[:limit]]


def find_versions(user, asked, limit):
    """Versions of regulations by title, the newest first."""
    rows = finding.matching(RegulationVersion.objects.visible_to(user), asked, texts=("title",)).order_by("regulation__order", "-number")[:limit]
    return [{"label": f"{row.title} {row.number}", "detail": word(row, "state"), "url": reverse("regulation_version", args=[row.pk]), "icon": "scroll-text"}
            for row in rows]


def find_questions(user, asked, limit):
    """Questions about the rules by their words, those of the answer, or how the question sounds."""
    rows = finding.matching(Question.objects.visible_to(user), asked, "text", "answer", sound="text")[:limit]
    return [{"label": str(row), "detail": row.answer[:80], "url": reverse("question", args=[row.pk]), "icon": "message-circle-question-mark"} for row in rows]


def find_rules(user, asked, limit):
    """Rules that halls add, by citation, words or hall."""
    cited = rules.read_citation(asked)
    rows = HallRule.objects.visible_to(user).select_related("hall")
    rows = rows.filter(source=cited[0], number__startswith=cited[1]) if cited else finding.matching(rows, asked, texts=("text", "hall__name"))
    return [{"label": f"{row.citation} {row.hall}", "detail": str(row.text)[:80], "url": reverse("hall_rule", args=[row.pk]), "icon": "list-plus"}
            for row in rows[:limit]]


def find_laws(user, asked, limit):
    """Laws and policies by title, words, or who issued them."""
    rows = finding.matching(LegalNote.objects.visible_to(user), asked, "issued_by", texts=("title", "text"))[:limit]
    return [{"label": str(row), "detail": row.issued_by, "url": reverse("law", args=[row.pk]), "icon": "scale"} for row in rows]


register(key="regulations", label=_("Regulations"), find=find_versions, order=74, capability=Can.READ, shortest=SHORTEST)
register(key="hall-rules", label=_("Rules of halls"), find=find_rules, order=76, capability=Can.READ, shortest=SHORTEST)
register(key="questions", label=_("Questions about the rules"), find=find_questions, order=77, capability=Can.READ, page="questions", shortest=SHORTEST)
register(key="laws", label=_("Laws and policies"), find=find_laws, order=78, capability=Can.READ, page="laws", shortest=SHORTEST)
register(key="parameter-changes", label=_("Changes of parameters"), find=find_changes, order=81, capability=Can.READ, shortest=SHORTEST)
