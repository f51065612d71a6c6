"""What the communication room has that others point at."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from staff.communication.agreements import services as agreements
from staff.communication.board import services as board
from staff.communication.notices import services as notices
from staff.communication.sheets import services as sheets


def sheet_title(reading):
    """What a link shows."""
    return gettext("Duty sheet: %(position)s") % {"position": reading.sheet.position}


register(key=notices.KIND, model="staff.Notice", label=_("Notice"), title=str, page="notice", confidentiality="internal")
register(key=board.KIND, model="staff.BoardEntry", label=_("Entry of the board"), title=str, page="board_entry", confidentiality="internal")
register(key=agreements.KIND, model="staff.ConfidentialityAgreement", label=_("Confidentiality agreement"), title=lambda row: row.employee.name,
         page="agreement", confidentiality="confidential", joins=("employee",))
register(key=sheets.KIND, model="staff.SheetReading", label=_("Duty sheet"), title=sheet_title, page="duty_sheet", confidentiality="internal",
         joins=("sheet__position",))
