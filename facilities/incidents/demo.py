"""A year of incidents in the demo: those of the past filed with cause, lessons and measures, one under way, one just reported; the papers that a
stocktaking missed; a false alarm."""
import datetime
from pathlib import Path

import yaml
from django.utils import timezone, translation
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.numbers import services as numbers
from config.web.templatetags.hk import day
from facilities.incidents import record, services, states
from facilities.incidents.models import Incident, IncidentEntry, IncidentMeasure, IncidentThing
from staff.archive import demo as archive
from staff.archive import kinds
from staff.archive import states as archive_states
from staff.archive.models import ArchiveItem, StocktakingLine
from staff.archive.records import ITEM
from staff.archive.services import files, items
from staff.archive.services.stocktakes import KIND as STOCKTAKING
from staff.duties.models import Duty, ScheduleMark
from staff.regulation import values

WHY = "demo data"
FILE = Path(__file__).with_name("data") / "incidents.yaml"
MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))


def load(world):
    """The incidents of the year with their lines, measures, duties and records in the archive."""
    facts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    with translation.override("zh-hans"):  # like everything that people of the demo wrote
        rows = sorted([*missing_papers(world, facts["missing"]), *(made(world, one) for one in facts["incidents"])], key=lambda row: row.reported_at)
    for year in sorted({row.reported_at.year for row in rows}):
        those = [row for row in rows if row.reported_at.year == year]
        for row, number in zip(those, numbers.take(services.SERIES, year, len(those)), strict=True):
            row.number = number
    for row in rows:
        row._history_date, row._history_user = row.reported_at, row.reported_by.user
    bulk_create_with_history(rows, Incident, default_change_reason="reported")
    IncidentThing.objects.bulk_create([IncidentThing(incident=row, kind=ITEM, record_id=pk) for row in rows for pk in row.things_missing])
    IncidentEntry.objects.bulk_create([entry for row in rows for entry in entries_of(world, row)])
    measures = [measure for row in rows for measure in measures_of(world, row)]
    bulk_create_with_history(measures, IncidentMeasure, default_change_reason=WHY)
    with translation.override("zh-hans"):
        archive.lay_down([paper(row) for row in rows if row.state == states.FILED])
    Duty.objects.bulk_create([services.duty_of(row) for row in rows if row.state == states.REPORTED]
                             + [services.measure_due(one, one.incident, world.now) for one in measures if one.done_at is None])
    for key in (services.CONFIRM, services.MEASURE):
        ScheduleMark.objects.create(key=key, through=world.now)


def made(world, facts):
    """One incident, as far as it has come by now."""
    hall = world.halls[facts["hall"]]
    told = datetime.datetime.combine(world.today - facts["ago"] * DAY, datetime.time.fromisoformat(facts["at"]))
    at = min(timezone.make_aware(told), world.now - 9 * MINUTE)
    row = Incident(kind=facts["kind"], hall=hall, place=facts["place"], happened_at=at, description=facts["what"], reported_by=world.people[facts["by"]],
                   reported_at=at + 4 * MINUTE, state=facts["state"])
    row.things_missing = []
    return live(row, facts)


def live(row, facts):
    """Let it go its way: confirmed within minutes, over in some hours, examined and filed after some days."""
    row.facts, head = facts, row.hall.manager or row.hall.department.head
    row.due_at = row.reported_at + values.definitions()["incident_response_minutes"]["default"] * MINUTE
    if row.state != states.REPORTED:
        row.confirmed_by, row.confirmed_at, row.verdict = head, row.reported_at + facts.get("minutes", 6) * MINUTE, facts["verdict"]
    if row.state in (states.ENDED, states.FILED):
        row.ended_at, row.loss = row.confirmed_at + facts.get("hours", 2) * HOUR, facts.get("loss", "")
    if row.state == states.FILED:
        row.cause, row.lessons, row.filed_by, row.filed_at = facts["cause"], facts["lessons"], head, row.ended_at + 3 * DAY
    return row


def missing_papers(world, facts):
    """What closed stocktakings did not find, filed since."""
    lines = list(StocktakingLine.objects.filter(result=archive_states.MISSING, stocktaking__state=archive_states.CLOSED).select_related(
        "item", "stocktaking__hall__manager", "stocktaking__hall__department__head", "stocktaking__closed_by__user").order_by("pk"))
    for taking in {line.stocktaking_id: line.stocktaking for line in lines}.values():
        those = [line.item for line in lines if line.stocktaking_id == taking.pk]
        row = Incident(kind=Incident.Kind.ARCHIVE, hall=taking.hall, place=facts["place"], happened_at=taking.closed_at, reported_at=taking.closed_at,
                       reported_by=taking.closed_by, source_kind=STOCKTAKING, source_id=taking.pk, state=states.FILED,
                       description=facts["what"].format(day=day(taking.slot), numbers="、".join(item.number for item in those)))
        row.things_missing = [item.pk for item in those]
        yield live(row, facts)


def entries_of(world, row):
    """The time line: a line every quarter of an hour."""
    by = row.confirmed_by
    return [IncidentEntry(incident=row, what=what, text=text, at=row.confirmed_at + place * 15 * MINUTE, by=by, noted_at=row.confirmed_at + place * 16 * MINUTE)
            for place, (what, text) in enumerate(row.facts.get("done", ()), start=0)]


def measures_of(world, row):
    """What was set against another one; done by its day where that is past."""
    for facts in row.facts.get("measures", ()):
        due = timezone.localtime(row.ended_at or row.confirmed_at).date() + facts["days"] * DAY
        done = row.ended_at + (facts["days"] - 2) * DAY if due < world.today else None
        yield IncidentMeasure(incident=row, what=facts["what"], owner=world.people[facts["who"]], due_on=due, done_at=done)


def paper(row):
    """The record of a filed incident as a file of the archive."""
    happened = timezone.localtime(row.happened_at).date()
    item = ArchiveItem(kind="emergency", subject_kind=services.KIND, subject_id=row.pk, title=str(row), day=happened, hall=row.hall, owner=row.reported_by,
                       keeper=items.keeper_of(row.hall), place="electronic", confidentiality=kinds.KINDS["emergency"].confidentiality,
                       keep_until=items.keep_until(happened, row.hall), filed_at=row.filed_at, filed_by=row.filed_by, state=archive_states.FILED)
    return item, [files.kept_text(f"{row.number}.txt", record.text_of(row))]


register(key="incidents", order=79, load=load)
