"""The complaint file, FRM-34: all of a complaint as one text, in the language of who asks, and its way into the archive (CMP-25)."""
from django.utils.translation import gettext as _

from complaints.handling.facts import ComplaintEntry
from complaints.handling.services import common
from config.web.templatetags.hk import long_day, moment
from staff.archive import services as archive

NOTHING = "—"


def file_of(complaint):
    """The lines of FRM-34: registration, routing, investigation, responsibility, solution and consent, implementation, what was told,
    satisfaction, root cause and improvement."""
    sections = (
        (_("Registration"), registration(complaint)), (_("Routing"), routing(complaint)), (_("Investigation"), investigation(complaint)),
        (_("Responsibility"), responsibility(complaint)), (_("Solution and consent"), solution(complaint)), (_("Story"), story(complaint)),
        (_("Satisfaction"), satisfaction(complaint)), (_("Cause and improvement"), improvement(complaint)))
    lines = [f"{complaint.number} {complaint.get_kind_display()} · {complaint.hall} · {complaint.get_state_display()}"]
    for heading, body in sections:
        lines += ["", f"== {heading} ==", *(body or [NOTHING])]
    return lines


def facts(*pairs):
    """Lines of 'label: value', without those that say nothing."""
    return [f"{label}: {value}" for label, value in pairs if value not in ("", None)]


def registration(row):
    """Who complains of what, by which way, and what was promised."""
    people = ", ".join(str(one.employee) for one in row.people.select_related("employee"))
    promised = " · ".join(filter(None, [moment(row.promised_until), row.promised_manner]))
    return facts(
        (_("Received"), f"{moment(row.received_at)} {row.get_channel_display()}"), (_("Registered"), f"{moment(row.registered_at)} {row.registered_by or ''}"),
        (_("Customer"), " ".join(filter(None, [row.contact_name, row.contact_phone, row.contact_email])) or _("anonymous")),
        (_("On behalf of the customer by"), row.reported_by), (_("Matter"), row.matter), (_("Cause as told"), row.cause_told), (_("Demand"), row.demand),
        (_("Product or case"), row.product), (_("People concerned"), people), (_("Severity"), row.get_severity_display()), (_("Promised"), promised),
        (_("Merged into"), row.merged_into and row.merged_into.number), (_("Split from"), row.split_from and row.split_from.number))


def routing(row):
    """To whom it was given, and what came back."""
    return [" · ".join(filter(None, [moment(one.at), str(one.handler), str(one.department or ""), one.note, one.answer, one.return_reason]))
            for one in row.routes.select_related("handler", "department")]


def investigation(row):
    """Tasks, evidence with its checksums, what was established."""
    lines = [" · ".join(filter(None, [one.what, str(one.owner), long_day(one.due_on), one.result])) for one in row.tasks.select_related("owner")]
    for one in row.evidence.select_related("person", "added_by", "attachment"):
        struck = _("struck out: %(reason)s") % {"reason": one.struck_reason} if one.struck_at else ""
        named = f"{one.attachment.name} SHA-256 {one.checksum}" if one.attachment else ""
        lines.append(" · ".join(filter(None, [one.get_kind_display(), long_day(one.shows_on), str(one.person or ""), one.text, one.witness, named,
                                              f"{moment(one.added_at)} {one.added_by or ''}", struck])))
    return lines + facts((_("Facts established"), row.facts_found))


def responsibility(row):
    """Who answers for it with which share, on which grounds, decided by whom."""
    lines = [" · ".join(filter(None, [one.get_party_display(), str(one.employee or one.department or one.name), f"{one.share} %",
                                      f"{one.decided_by} {moment(one.decided_at)}"]))
             for one in row.liabilities.select_related("employee", "department", "decided_by")]
    return lines + facts((_("Validity"), row.validity and row.get_validity_display()), (_("Grounds"), row.grounds))


def solution(row):
    """Demands, rounds with cost, approval and consent, measures with their dates."""
    words = {True: _("reasonable"), False: _("not reasonable"), None: NOTHING}
    lines = [" · ".join(filter(None, [one.text, words[one.reasonable], one.reason])) for one in row.demands.all()]
    for one in row.rounds.select_related("approved_by", "offered_by").prefetch_related("measures__owner"):
        lines.append(" · ".join(filter(None, [
            f"{one.turn}/{one.number}", moment(one.offered_at), str(one.offered_by), one.offer, f"¥{one.cost}", one.get_approval_display(),
            str(one.approved_by or ""), one.get_answer_display(), one.opinion, one.consent_by and one.get_consent_by_display(), moment(one.answered_at)])))
        lines += ["  " + " · ".join(filter(None, [measure.what, str(measure.owner), long_day(measure.due_on), moment(measure.done_at), measure.result]))
                  for measure in one.measures.all()]
    return lines


def story(row):
    """What was told, asked, said and noted, in its order."""
    return [" · ".join(filter(None, [moment(one.at), one.get_kind_display(), str(one.by or ""), one.method and one.get_method_display(),
                                    _(one.text) if one.kind == ComplaintEntry.Kind.ESCALATED else one.text]))
            for one in row.entries.select_related("by")]


def satisfaction(row):
    """Each rating, and what an appeal against it came to."""
    return [" · ".join(filter(None, [moment(one.at), f"{one.stars}/5", one.comment, one.appeal and one.get_appeal_display(), one.decision]))
            for one in row.ratings.all()]


def improvement(row):
    """Root cause, the whys, what gets better or why nothing, how it ended."""
    return facts((_("Root cause"), row.cause and f"{row.get_cause_display()}: {row.cause_detail}"), *((_("Why"), why) for why in row.whys),
                 (_("Improvement"), row.improvement), (_("Prevention"), row.prevention), (_("Why none is needed"), row.no_improvement),
                 (_("How it ended"), row.end_reason), (_("Further ways told to the customer"), row.advice))


def file(actor, row, *, now):
    """File it: the text and copies of its files, one item for each end it came to."""
    copies = [archive.copied(one.attachment) for one in row.evidence.exclude(attachment=None).select_related("attachment")]
    kept = [archive.kept_text(f"{row.number}.txt", "\n".join(file_of(row)) + "\n"), *copies]
    return archive.file(actor, kind="complaint", title=f"{row.number} {row.get_kind_display()}", day=row.hall.day_of(row.received_at), hall=row.hall,
                        now=now, subject=(common.KIND, row.pk), files=kept, owner=row.handler)
