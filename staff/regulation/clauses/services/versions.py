"""Verbs on versions: begun from the one in force, written, reviewed by a second person, published by HR, and so replaced (GEN-03)."""
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from config.accounts import trace
from config.accounts.access import may
from config.errors import Refused
from config.web.versions import claim_version
from staff.regulation import events
from staff.regulation.clauses import rules, states
from staff.regulation.clauses.models import Clause, Regulation, RegulationVersion
from staff.regulation.clauses.states import VERSION
from staff.regulation.permissions import Can

COPIED = ("source", "number", "kind", "parent", "order", "title", "text", "rows", "parameters", "schedules", "checklists", "indicators",
          "evidence", "cut_off")


def hr_alone(actor):
    """Refuse whoever is not HR: the regulation is interpreted and revised by HR (S1a §17)."""
    if actor.user is None or not may(actor.user, Can.EDIT):
        raise Refused(_("Only human resources write and publish the regulation. Ask them."))


def held(version):
    """The version, locked until the end of the transaction."""
    return RegulationVersion.objects.select_for_update(of=("self",)).select_related("regulation", "reviewer").get(pk=version.pk)


@transaction.atomic
def new_regulation(actor, *, key, source, title, office, now):
    """A regulation of the company's own with an empty first version to write. Refused: a code or a sign that another regulation has."""
    hr_alone(actor)
    if Regulation.objects.filter(key=key).exists():
        raise Refused(_("Another regulation has the code %(key)s. Choose another.") % {"key": key}, field="key")
    if not rules.SOURCE.fullmatch(source):
        raise Refused(_("A sign begins with a capital letter and has up to 8 letters and figures, such as S5. Change it."), field="source")
    if Regulation.objects.filter(sources__contains=[source]).exists():
        raise Refused(_("The clauses of another regulation are cited as %(source)s. Choose another sign.") % {"source": source}, field="source")
    last = Regulation.objects.aggregate(last=Max("order"))["last"] or 0
    regulation = trace.save(actor, Regulation(key=key, sources=[source], order=last + 1), act="created")
    return trace.save(actor, RegulationVersion(regulation=regulation, number=1, title=title, office=office, written_by=actor.user), act="created")


@transaction.atomic
def begin_version(actor, regulation, *, now):
    """Begin the next version as a copy of the newest published one, clause by clause. Refused while another is in work."""
    hr_alone(actor)
    regulation = Regulation.objects.select_for_update().get(pk=regulation.pk)
    if regulation.versions.filter(state__in=states.IN_WORK).exists():
        raise Refused(_("A new version of this regulation is in work already. Open it and go on there."))
    last = regulation.versions.filter(state=states.PUBLISHED).get()
    version = RegulationVersion(regulation=regulation, number=regulation.versions.aggregate(n=Max("number"))["n"] + 1, title=last.title,
                                office=last.office, cut_off=last.cut_off, hall_kinds=last.hall_kinds, positions=last.positions, replaces=last,
                                written_by=actor.user)
    trace.save(actor, version, act="created")
    rows = [Clause(edition=version, **{name: getattr(row, name) for name in COPIED}) for row in last.clauses.all()]
    bulk_create_with_history(rows, Clause, default_user=actor.user, default_change_reason="copied")
    return version


def take_up(actor, version, given=None):
    """Before anything of a version is written: whoever changes it wrote it, and a review of what stood there before counts no more."""
    hr_alone(actor)
    version = held(version)
    version.state = VERSION["edit"].apply(version.state, _("This version is published and is not changed any more. Begin the next one."))
    claim_version(version, given)
    version.written_by, version.reviewed_by, version.reviewed_at = actor.user, None, None
    return version


@transaction.atomic
def save_version(actor, version, *, given=None, title, office, change_log, hall_kinds, positions, now):
    """Change the title, the office, what is new and whom the version covers."""
    version = take_up(actor, version, given)
    version.title, version.office, version.change_log = title, office, change_log
    version.hall_kinds, version.positions = sorted(hall_kinds), sorted(positions)
    return trace.save(actor, version, act="changed")


@transaction.atomic
def add_clause(actor, version, *, after, number, kind, parent, source, title, text, evidence, now):
    """Write a new clause or chapter behind the clause `after` (None: at the beginning). Refused: a number that cannot be one or is there."""
    version = take_up(actor, version)
    if not rules.NUMBER.fullmatch(number):
        raise Refused(_("A number has figures and letters with full stops between them, such as 3.3.2. Change it."), field="number")
    if Clause.objects.filter(edition=version, source=source, number=number).exists():
        raise Refused(_("%(citation)s is there already. Choose another number.") % {"citation": rules.cite(source, number)}, field="number")
    place = after.order + 1 if after else 1
    Clause.objects.filter(edition=version, order__gte=place).update(order=F("order") + 1)  # a place is no fact of the history
    clause = Clause(edition=version, source=source, number=number, kind=kind, parent=parent, order=place, title=title, text=text, evidence=evidence)
    trace.save(actor, version, act="clause added", reason=clause.citation)
    return trace.save(actor, clause, act="created")


@transaction.atomic
def save_clause(actor, clause, *, given=None, title, text, evidence, parameters, schedules, checklists, indicators, now):
    """Change the wording of a clause of a version in work, and what it names."""
    version = take_up(actor, clause.edition)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    claim_version(clause, given)
    clause.title, clause.text, clause.evidence = title, text, evidence
    clause.parameters, clause.schedules, clause.checklists, clause.indicators = parameters, schedules, checklists, indicators
    trace.save(actor, version, act="clause changed", reason=clause.citation)
    return trace.save(actor, clause, act="changed")


@transaction.atomic
def remove_clause(actor, clause, *, now):
    """Take a clause out of a version in work. Refused for a chapter that still has something in it."""
    version = take_up(actor, clause.edition)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    if Clause.objects.filter(edition=version, source=clause.source, parent=clause.number).exists():
        raise Refused(_("This chapter still has clauses. Remove them first."))
    trace.save(actor, version, act="clause removed", reason=clause.citation)
    trace.delete(actor, clause, act="removed")


@transaction.atomic
def ask_review(actor, version, *, reviewer, now):
    """Ask a colleague to review the draft. Refused: whoever wrote it, and an empty version."""
    hr_alone(actor)
    version = held(version)
    version.state = VERSION["ask_review"].apply(version.state, _("Only a draft is sent to a reviewer. This version is past that."))
    if not version.clauses.filter(kind=Clause.Kind.CLAUSE).exists():
        raise Refused(_("This version has no clause yet. Write it before it is reviewed."))
    if reviewer.user_id in (None, version.written_by_id):
        raise Refused(_("A second person reviews a version. Choose somebody who did not write it and has an account."), field="reviewer")
    version.reviewer, version.review_note = reviewer, ""
    trace.save(actor, version, "reviewer", "review_note", "state", act="review asked")
    events.review_asked.send(RegulationVersion, version_id=version.pk, employee_id=reviewer.pk, now=now)
    return version


def by_reviewer(actor, version):
    """The version, locked, for the one who was asked to review it; refused for anybody else."""
    version = held(version)
    if version.reviewer is None or actor.user is None or version.reviewer.user_id != actor.user.pk or actor.user.pk == version.written_by_id:
        raise Refused(_("Only the colleague who was asked to review this version can do this."))
    return version


@transaction.atomic
def review(actor, version, *, given=None, note="", now):
    """The second person agrees with what they have read: the version may be published. Refused where it was changed meanwhile."""
    version = by_reviewer(actor, version)
    claim_version(version, given)
    version.state = VERSION["review"].apply(version.state, _("This version is not under review. Ask human resources where it stands."))
    version.reviewed_by, version.reviewed_at, version.review_note = actor.user, now, note
    return trace.save(actor, version, act="reviewed")


@transaction.atomic
def send_back(actor, version, *, note, now):
    """The second person does not agree, and says why; HR writes on."""
    version = by_reviewer(actor, version)
    version.state = VERSION["send_back"].apply(version.state, _("This version is not under review. Ask human resources where it stands."))
    version.reviewer, version.review_note = None, note
    return trace.save(actor, version, act="sent back", reason=note)


@transaction.atomic
def publish(actor, version, *, effective_on, read_until, change_log, now):
    """HR publishes a reviewed version: it holds from `effective_on`, the one before until the day before, and everybody whom it covers is
    asked to read it by `read_until`. Refused: a day that is past, or that does not lie behind the one from which the last version holds."""
    hr_alone(actor)
    version = held(version)
    version.state = VERSION["publish"].apply(version.state, _("A version is published after a second person has reviewed it. Ask for the review first."))
    if effective_on < timezone.localtime(now).date():
        raise Refused(_("A version holds from today or a later day. Choose such a day."), field="effective_on")
    if read_until < timezone.localtime(now).date():
        raise Refused(_("People need time to read it. Choose today or a later day."), field="read_until")
    last = version.regulation.versions.select_for_update().filter(state=states.PUBLISHED).first()
    if last is not None:
        replace(actor, last, effective_on)
    version.effective_on, version.read_until, version.change_log = effective_on, read_until, change_log
    version.published_by, version.published_at, version.replaces = actor.user, now, last
    trace.save(actor, version, act="published")
    events.version_published.send(RegulationVersion, version_id=version.pk, now=now)
    return version


def replace(actor, last, day):
    """The version before holds until the day before `day`."""
    if day <= last.effective_on:
        raise Refused(_("The version before holds from %(day)s. Choose a later day.") % {"day": last.effective_on.isoformat()}, field="effective_on")
    last.state = VERSION["replace"].apply(last.state, _("The version before is replaced already. Open the page again."))
    last.replaced_on = day
    trace.save(actor, last, "state", "replaced_on", act="replaced")


@transaction.atomic
def drop(actor, version, *, reason, now):
    """Throw a version in work away, and with its only one a regulation that never was published; the history stays."""
    hr_alone(actor)
    version = held(version)
    VERSION["drop"].apply(version.state, _("This version is published and stays. Publish the next one to replace it."))
    regulation = version.regulation
    trace.delete(actor, version, act="dropped", reason=reason)
    if not regulation.versions.exists():
        trace.delete(actor, regulation, act="dropped", reason=reason)
