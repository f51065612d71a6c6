"""The cells of the list of confidentiality agreements; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.templatetags import hk
from config.web.texts import Text
from staff.communication.agreements import rules

TONES = {"missing": "late", "expired": "late", "ending": "soon", "holds": "ok"}


def words(until):
    """How somebody's agreement stands, in words."""
    return {"missing": _("not signed"), "expired": _("expired"), "ending": _("ends soon"), "holds": _("holds")}[rules.standing(until, timezone.localdate())]


def standing(until):
    """(tone, words) of somebody's agreement."""
    return TONES[rules.standing(until, timezone.localdate())], words(until)


def person(row):
    """Whose; a link to the newest agreement where there is one."""
    if row.agreement_id:
        return format_html('<a class="name" href="{}">{}</a>', addresses.of("agreement", row.agreement_id), row.name)
    return format_html('<span class="name">{}</span>', row.name)


def state(row):
    """How it stands."""
    return hk.status(*standing(row.bound_until))


def until(row):
    """The last day."""
    return hk.when(row.bound_until, "day") if row.bound_until else "—"


def signed(row):
    """When it was signed."""
    return hk.when(row.signed_at, "day") if row.signed_at else "—"


def place(row):
    """Position and hall."""
    return " · ".join(str(Text(one)) for one in (row.position_name, row.hall_name) if one)
