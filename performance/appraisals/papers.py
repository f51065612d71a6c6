"""What a filed appraisal leaves in the archive: the whole sheet as a text that can be read in ten years without this software (PRF-22, GEN-11)."""
from django.utils.translation import gettext as _

from performance.appraisals import scoring
from performance.appraisals.months import last_day
from performance.appraisals.schemes import indicators, schemes
from staff.archive import services as archive

KIND, ARCHIVE = "appraisal", "appraisal"


def file(actor, sheet, *, now):
    """File the sheet as it stands now, in the language of who files it; whoever filed it at HR keeps it. A sheet that is filed again after
    an objection is a second item."""
    return archive.file(actor, kind=ARCHIVE, subject=(KIND, sheet.pk), title=title_of(sheet), day=last_day(sheet.period), hall=sheet.hall,
                        keeper=sheet.filed_by, owner=sheet.employee, files=[paper(sheet)], now=now)


def title_of(sheet):
    """What the archive calls it."""
    return _("Appraisal of %(who)s, %(month)s") % {"who": sheet.employee.name, "month": sheet.period}


def paper(sheet):
    """The sheet as a file of the archive."""
    parts = [title_of(sheet), "", *head(sheet), "", *scores(sheet), "", *said(sheet)]
    return archive.kept_text(f"{sheet.employee.number}-{sheet.period}.txt", "\n".join(parts).strip() + "\n")


def lines(*pairs):
    """"label: text" of what is there."""
    return [f"{label}: {text}" for label, text in pairs if text not in (None, "")]


def head(sheet):
    """Who, where, by which scheme, by whom, and the result."""
    return lines((_("Position"), sheet.position), (_("Hall"), sheet.hall or sheet.department), (_("Scheme"), schemes()[sheet.scheme]["name"]),
                 (_("Scored by"), sheet.supervisor), (_("Reviewed by"), sheet.reviewed_by), (_("Total"), sheet.total), (_("Grade"), sheet.get_grade_display()),
                 (_("Filed"), sheet.filed_at and sheet.filed_at.isoformat(timespec="minutes")), (_("Filed by"), sheet.filed_by), (_("Reason"), sheet.reason))


def scores(sheet):
    """A line for each indicator: weight, points, what that brings, and the ground."""
    found = []
    for row in sheet.scores.all():
        brought = scoring.weighted(row.points, row.weight)
        found.append(f"{indicators()[row.indicator]['name']}: {row.points} × {row.weight} % = {brought:.1f} {row.ground}".rstrip())
    return found


def said(sheet):
    """The self-review, the interview and the signature."""
    signed = sheet.signed_at and sheet.signed_at.isoformat(timespec="minutes")
    return lines((_("What I did this month"), sheet.facts), (_("Difficulties"), sheet.difficulties), (_("Next month"), sheet.next_month),
                 (_("Strengths"), sheet.strengths), (_("Weaknesses"), sheet.weaknesses), (_("Advice"), sheet.advice), (_("Next plan and goals"), sheet.plan),
                 (_("Comment of the person"), sheet.comment), (_("Signed"), signed))
