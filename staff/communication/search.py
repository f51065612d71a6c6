"""Notices, entries of the board, snippets and duty sheets in the command bar and among the results."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from config.web.choices import word
from config.web.templatetags.hk import day
from staff.communication.board.models import BoardEntry
from staff.communication.models import Snippet
from staff.communication.notices.models import Notice
from staff.communication.permissions import Board, Can, Sheet
from staff.communication.sheets.models import SheetReading
from staff.organisation.search import called


def find_notices(user, words, limit):
    """Notices by words of them, or by how the title sounds."""
    rows = finding.matching(Notice.objects.visible_to(user), words, "title", "text", sound="title").order_by("-pk")[:limit]
    return [{"label": row.title, "detail": f"{word(row, 'state')} · {day(row.read_by)}", "url": reverse("notice", args=[row.pk]), "icon": "megaphone"}
            for row in rows]


def find_entries(user, words, limit):
    """Entries of the board by words of them, or by how the title sounds."""
    rows = finding.matching(BoardEntry.objects.visible_to(user), words, "title", "text", sound="title").order_by("-pk")[:limit]
    return [{"label": row.title, "detail": f"{word(row, 'topic')} · {day(row.posted_at)}", "url": reverse("board_entry", args=[row.pk]), "icon": "pin"}
            for row in rows]


def find_snippets(user, words, limit):
    """Snippets by their initials or their name; a hall keeps few. Only who writes them opens one, so all lead to the list."""
    rows = called(Snippet.objects.visible_to(user).select_related("hall"), words)
    return [{"label": str(row), "detail": f"{row.code} · {row.hall}", "url": f"{reverse('snippets')}?q={row.code}", "icon": "text-quote"}
            for row in rows[:limit]]


def find_sheets(user, words, limit):
    """Duty sheets by position, or by who was asked to read them."""
    rows = finding.matching(SheetReading.objects.visible_to(user), words, "employee__name", texts=("sheet__position__name",))
    return [{"label": str(row.sheet.position), "detail": str(row.employee), "url": reverse("duty_sheet", args=[row.pk]), "icon": "clipboard-check"}
            for row in rows.select_related("sheet__position", "employee").order_by("-pk")[:limit]]


register(key="notices", label=_("Notices"), find=find_notices, order=50, capability=Can.READ, page="notices", shortest=2)
register(key="info-board", label=_("Information board"), find=find_entries, order=51, capability=Board.READ, page="info_board", shortest=2)
register(key="duty-sheets", label=_("Duty sheets"), find=find_sheets, order=64, capability=Sheet.READ, shortest=2)
register(key="snippets", label=_("Snippets"), find=find_snippets, order=85, capability=Can.READ, page="snippets", shortest=2)
