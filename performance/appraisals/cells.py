"""The cells of the list of appraisals; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from performance.appraisals import states

GRADES = {"excellent": "done", "good": "ok", "qualified": "none", "unqualified": "late"}


def tone(sheet):
    """How it stands: late after its day while not filed."""
    if sheet.state == states.FILED:
        return "done"
    return "late" if sheet.due_at < timezone.now() else "run" if sheet.state != states.OBJECTION else "soon"


def person(sheet):
    """Whose, as a link."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("appraisal", sheet.pk), sheet.employee.name)


def state(sheet):
    """The stage with its sign."""
    return hk.status(tone(sheet), word(sheet, "state"))


def grade(sheet):
    """The grade once it is filed."""
    return hk.status(GRADES[sheet.grade], word(sheet, "grade")) if sheet.grade else "—"
