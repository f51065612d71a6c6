"""What the company of the demo did with its regulations: versions in force for a year, one of them replaced, readers, questions, rules, laws."""
import datetime
from pathlib import Path

import yaml
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from config.web.texts import CODES, Text
from staff.organisation.models import Posting
from staff.regulation.clauses import queries, rules, states
from staff.regulation.clauses.models import (
    Clause,
    HallRule,
    LegalChange,
    LegalNote,
    Question,
    ReadingConfirmation,
    Regulation,
    RegulationVersion,
)
from staff.regulation.clauses.services.versions import COPIED

DATA = Path(__file__).parents[1] / "data" / "demo.yaml"
MORNING = datetime.time(9, 30)
DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY


def load(world):
    """Everything, in the order in which it happened."""
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    put_in_force(world)
    for row in told["versions"]:
        next_version(world, row)
    confirm(world, told["unread"])
    ask(world, told["questions"])
    add_rules(world, told["rules"])
    keep_laws(world, told["laws"], told["change"])


def at(day, clock=MORNING):
    """A moment of a day."""
    return timezone.make_aware(datetime.datetime.combine(day, clock))


def put_in_force(world):
    """The delivered versions hold from the first day of the demo, and for a year at least: second versions have replaced some since."""
    rows, began = list(RegulationVersion.objects.all()), min(world.first_day, world.today - YEAR)
    for version in rows:
        version.effective_on, version.read_until = began, began + 14 * DAY
        version.published_by, version.published_at = world.people["hr"].user, at(began)
    bulk_update_with_history(rows, RegulationVersion, ["effective_on", "read_until", "published_by", "published_at"],
                             default_user=world.people["hr"].user, default_change_reason="published", default_date=at(began))


def next_version(world, row):
    """A second version: published, reviewed, or still under review."""
    regulation = Regulation.objects.get(key=row["key"])
    last, writer, reviewer = regulation.versions.get(), world.people[row["writer"]], world.people[row["reviewer"]]
    version = RegulationVersion(regulation=regulation, number=2, title=last.title, office=last.office, cut_off=last.cut_off, replaces=last,
                                hall_kinds=last.hall_kinds, positions=last.positions, change_log=three(row["change_log"]), written_by=writer.user,
                                reviewer=reviewer)
    written = world.today - datetime.timedelta(days=row.get("published", 2) + 6)
    if "published" in row:
        published = world.today - row["published"] * DAY
        version.state, version.effective_on = states.PUBLISHED, world.today - row["effective"] * DAY
        version.read_until, version.published_by, version.published_at = world.today - row["read_until"] * DAY, world.people["hr"].user, at(published)
        version.reviewed_by, version.reviewed_at = reviewer.user, at(published - 2 * DAY)
        last.state, last.replaced_on = states.REPLACED, version.effective_on
        bulk_update_with_history([last], RegulationVersion, ["state", "replaced_on"], default_user=world.people["hr"].user,
                                 default_change_reason="replaced", default_date=at(published))
    elif "reviewed" in row:
        version.state, version.reviewed_by, version.reviewed_at = states.REVIEWED, reviewer.user, at(world.today - row["reviewed"] * DAY)
    version, = bulk_create_with_history([version], RegulationVersion, default_user=writer.user, default_change_reason="created", default_date=at(written))
    rows = [Clause(edition=version, **{name: getattr(clause, name) for name in COPIED}) for clause in last.clauses.all()]
    for clause in rows:
        if changed := row["clauses"].get(clause.citation):
            clause.text = three(changed["text"])
    bulk_create_with_history(rows, Clause, batch_size=500, default_user=writer.user, default_change_reason="copied", default_date=at(written))


def confirm(world, unread):
    """Nearly everybody has read what is for them, some late, a few not yet (`unread`: by regulation, of its newest version); who came later,
    in their first days."""
    lacking = {(key, world.people[name].pk) for key, names in unread.items() for name in names}
    postings = list(Posting.objects.on(world.today).exclude(employee__state="left").select_related("employee", "hall", "position"))
    rows = []
    for version in RegulationVersion.objects.filter(state__in=states.PUBLIC).select_related("regulation"):
        for posting in postings:
            began = max(version.published_at.date(), posting.employee.hired_on)
            read = began + world.random.randint(0, 16) * DAY
            forgets = version.state == states.PUBLISHED and (version.regulation.key, posting.employee_id) in lacking
            if queries.is_for(version, posting) and read <= world.today and not forgets:
                rows.append(ReadingConfirmation(employee=posting.employee, edition=version, confirmed_at=min(at(read, datetime.time(13, 5)), world.now)))
    ReadingConfirmation.objects.bulk_create(rows)


def ask(world, told):
    """Questions with their answers, in the words of the people."""
    regulations, rows = {source: row for row in Regulation.objects.all() for source in row.sources}, []
    for name, days, citation, text, after, answer in told:
        source, number = rules.read_citation(citation)
        asked = world.today - days * DAY
        question = Question(regulation=regulations[source], source=source, number=number, text=text, asked_by=world.people[name], asked_at=at(asked))
        question._history_date, question._history_user = question.asked_at, world.people[name].user
        rows.append((question, after and at(asked + after * DAY), answer))
    bulk_create_with_history([row[0] for row in rows], Question, default_change_reason="asked")
    answered = [row for row in rows if row[1]]
    for question, moment, answer in answered:
        question.answer, question.answered_by, question.answered_at, question.version = answer, world.people["hr"].user, moment, 2
        question._history_date, question._history_user = moment, question.answered_by
    bulk_update_with_history([row[0] for row in answered], Question, ["answer", "answered_by", "answered_at", "version"],
                             default_change_reason="answered")


def add_rules(world, told):
    """What halls added to the regulation."""
    rows = []
    for hall, citation, days, after, proposer, reason, words in told:
        source, number = rules.read_citation(citation)
        asked = world.today - days * DAY
        rule = HallRule(hall=world.halls[hall], source=source, number=number, text=three(words), proposed_by=world.people[proposer].user,
                        proposed_at=at(asked), reason=reason, valid_from=asked + (after or 7) * DAY)
        rule._history_date, rule._history_user = rule.proposed_at, rule.proposed_by
        rows.append((rule, after and at(asked + after * DAY)))
    bulk_create_with_history([row[0] for row in rows], HallRule, default_change_reason="proposed")
    decided = [row for row in rows if row[1]]
    for rule, moment in decided:
        rule.state, rule.decided_by, rule.decided_at, rule.version = states.IN_FORCE, world.people["hr"].user, moment, 2
        rule._history_date, rule._history_user = moment, rule.decided_by
    bulk_update_with_history([row[0] for row in decided], HallRule, ["state", "decided_by", "decided_at", "version"],
                             default_change_reason="put in force")


def keep_laws(world, told, change):
    """The laws behind the rules, and a change that is announced."""
    laws = bulk_create_with_history([LegalNote(
        kind=row["kind"], title=three(row["title"]), text=three(row["text"]), issued_by=row["issued_by"], in_force_from=row["from"],
        link="https://flk.npc.gov.cn/", clauses=row["clauses"], for_contracts=row["contracts"]) for row in told], LegalNote,
        default_user=world.people["hr"].user, default_change_reason="created", default_date=at(world.first_day))
    announced = at(world.today - change["announced"] * DAY)
    bulk_create_with_history([LegalChange(note=laws[change["law"]], text=three(change["text"]), holds_from=world.today + change["holds_in"] * DAY,
                                          announced_by=world.people["hr"].user, announced_at=announced)], LegalChange,
                             default_change_reason="announced", default_date=announced)


def three(words):
    """A text from its three languages in their order."""
    return Text(zip(CODES, words, strict=True))
