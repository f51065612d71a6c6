"""People and halls in the command bar."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from staff.organisation import queries
from staff.organisation.models import Hall


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
    asked = words.strip().casefold()
    halls = Hall.objects.visible_to(user).order_by("pk")
    hits = [hall for hall in halls if any(asked in text.casefold() for text in [*hall.name.values(), hall.code])] if asked else []
    return [{"label": str(hall), "detail": hall.get_kind_display(), "url": reverse("hall", args=[hall.pk]), "icon": "building-2"}
            for hall in hits[:limit]]


register(key="people", label=_("People"), find=find_people, order=40)
register(key="halls", label=_("Halls"), find=find_halls, order=60)
