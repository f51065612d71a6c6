"""People, halls, departments, teams, positions and services in the command bar and among the results."""
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web.spelling import fits, folded
from staff.organisation import queries
from staff.organisation.models import Department, Hall, Position, Service, Team
from staff.organisation.permissions import Can


def find_people(user, words, limit):
    """People by name, pinyin, initials, number, with what they do where."""
    return [{"label": person.name, "detail": detail(person), "url": reverse("person", args=[person.pk]), "icon": "user"}
            for person in queries.suggest(user, words, limit)]


def detail(person):
    """Position and place of today."""
    if person.posting is None:
        return person.number
    return f"{person.posting.position} · {person.posting.hall or person.posting.department}"


def find_halls(user, words, limit):
    """Halls by a part of their name in any language, or by code."""
    return [{"label": str(hall), "detail": hall.get_kind_display(), "url": reverse("hall", args=[hall.pk]), "icon": "building-2"}
            for hall in called(Hall.objects.visible_to(user), words)[:limit]]


def called(rows, words):
    """The rows whose name in any language, its sound, or whose code the words begin or hold. A house has few of them: compared here."""
    typed, text = folded(words), words.strip().casefold()
    return [row for row in rows.order_by("pk") if typed and (
        any(text in name.casefold() for name in [*row.name.values(), getattr(row, "code", "")]) or fits(typed, list(row.name.values())) is not None)]


def find_structure(user, words, limit):
    """Departments and teams; both stand on the page of the organisation."""
    where = reverse("organisation")
    kinds = ((Department.objects.all(), gettext("Department")), (Team.objects.select_related("hall"), gettext("Team")))
    found = [{"label": str(row), "detail": f"{detail} · {row.hall}" if getattr(row, "hall_id", None) else detail, "url": where, "icon": "network"}
             for rows, detail in kinds for row in called(rows, words)]
    return found[:limit]


def find_positions(user, words, limit):
    """Positions."""
    return [{"label": str(row), "detail": "", "url": reverse("position", args=[row.pk]), "icon": "id-card"}
            for row in called(Position.objects.all(), words)[:limit]]


def find_services(user, words, limit):
    """What the house offers."""
    return [{"label": str(row), "detail": "", "url": reverse("services"), "icon": "tag"} for row in called(Service.objects.all(), words)[:limit]]


register(key="people", label=_("People"), find=find_people, order=40, capability=Can.READ, page="people")
register(key="halls", label=_("Halls"), find=find_halls, order=60, capability=Can.READ)
register(key="structure", label=_("Departments and teams"), find=find_structure, order=61, capability=Can.READ)
register(key="positions", label=_("Positions"), find=find_positions, order=62, capability=Can.READ)
register(key="services", label=_("Services"), find=find_services, order=63, capability=Can.READ)
