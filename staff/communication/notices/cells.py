"""The cells of the list of notices; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.communication.notices import states

TONES = {states.DRAFT: "none", states.PUBLISHED: "run", states.ENDED: "done"}


def title(notice):
    """What it is about, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("notice", notice.pk), notice.title)


def audience(notice):
    """Whom it is for, in words."""
    place = str(notice.hall or notice.team or _("Everybody in the house"))
    return f"{place} · {notice.position}" if notice.position_id else place


def state(notice):
    """The state with its sign."""
    return hk.status(TONES[notice.state], word(notice, "state"))


def my_tone(notice):
    """(tone, words) of the viewer's own reading; None where it is not for them."""
    if notice.my_due is None:
        return None
    if notice.my_reading:
        return "done", _("read on %(day)s") % {"day": hk.day(notice.my_reading)}
    if notice.state == states.ENDED:
        return "none", _("not read")
    return ("late", _("to read, late")) if notice.my_due < timezone.now() else ("wait", _("to read"))


def my_reading(notice):
    """How it stands with the viewer."""
    found = my_tone(notice)
    return hk.status(*found) if found else "—"


def counted(notice):
    """How many have read it of how many."""
    return f"{notice.have_read} / {notice.all_readers}" if notice.all_readers else "—"


def read_by(notice):
    """By which day."""
    return hk.when(notice.read_by, "day")
