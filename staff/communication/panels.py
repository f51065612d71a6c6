"""What the room brings to other pages: for every page the address that a text field asks for snippets, for My day
what is new on the board, for a position its duty sheet."""
from django.utils import timezone

from config.accounts.access import may
from config.contributions.panels import register
from config.web import addresses
from staff.communication.agreements import cells as agreements
from staff.communication.agreements import rules
from staff.communication.board import queries as board
from staff.communication.permissions import Board, Can, Sheet
from staff.communication.sheets.models import DutySheet
from staff.organisation.queries import employee_of


def of_shell(_record, user):
    """Where to ask; None for who has no hall with snippets."""
    return {"address": addresses.to("find_snippets")} if may(user, Can.READ) else None


def of_my_day(_record, user):
    """The unread entries of the topics that the person follows; None without any."""
    entries = board.followed(user) if may(user, Board.READ) else ()
    return {"entries": entries, "aside": True} if entries else None


def my_agreement(_record, user):
    """One's own agreement, while it is missing or ends soon; reads nothing, since it came with the account."""
    person = employee_of(user)
    if person is None or not rules.is_due(person.bound_until, timezone.localdate()):
        return None
    closed = rules.standing(person.bound_until, timezone.localdate()) != "ending"
    return {"tone": agreements.standing(person.bound_until)[0], "closed": closed, "until": person.bound_until}


def of_position(position, user):
    """The duty sheet of a position; None where it has none yet."""
    sheet = DutySheet.objects.filter(position=position).first() if may(user, Sheet.TEXT) else None
    return {"sheet": sheet} if sheet else None


register(key="snippets", place="shell", template="staff/communication/_shell.html", context=of_shell)
register(key="board", place="my_day", template="staff/communication/board/_my_day.html", context=of_my_day, order=20)
register(key="duty_sheet_of_position", place="position", template="staff/communication/sheets/_of_position.html", context=of_position, order=10)
register(key="my_agreement", place="my_day", template="staff/communication/agreements/_my_day.html", context=my_agreement, order=2)
