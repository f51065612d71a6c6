"""A year of the archive in the demo: papers of business in cabinets, a few files, requests at every stage, stocktakings; appraisals are filed
by their own room through `lay_down`."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.contributions.records import KINDS as RECORDS
from config.numbers.services import take
from staff.archive import kinds, plans, states
from staff.archive.models import AccessRequest, ArchiveFile, ArchiveItem, ArchiveOpening, HallArchive, Stocktaking, StocktakingLine
from staff.archive.permissions import Can
from staff.archive.services import files, items, requests, stocktakes
from staff.duties.decisions import states as decided
from staff.duties.decisions.models import Decision
from staff.duties.demo import lay_down as lay_down_decisions
from staff.duties.models import Duty, ScheduleMark
from staff.regulation import values
from staff.regulation.models import ParameterValue

WHY = "demo data"
TITLES = {"contract": "销售合同副本", "quotation": "报价单（客户已签字）", "business": "业务办理登记表", "design": "设计方案定稿", "feedback": "客户意见反馈表",
          "repair": "维修登记与验收单", "complaint": "投诉登记与处理记录"}
KEPT = "资料摘要\n\n本件为演示数据。原件已扫描归档，签字齐全，附件两页。\n"
REASONS = ("客户来电核对合同条款", "售后维修需要原始验收单", "回访前了解成交经过", "协助财务核对报价", "客户投诉，需查当时的登记")
PLACE = "大厅档案查阅处"
ODD = {4: states.MISSING, 9: states.DAMAGED}  # what a stocktaking of the summer found, by the place in its list
DECIDED = "缺失件已请客户补签副本，柜门加锁"
AS_DEPUTY = 11  # the request, by its place in the list, that a deputy decided four weeks ago
WHOLE, EVERY = 90, 7  # about how many papers a hall has filed in the year; every how many is kept as a file


def load(world):
    """The year."""
    keepers = name_keepers(world)
    papers(world, keepers, world.first_day)
    stock(world, keepers)
    ask(world)
    for key in (stocktakes.INVENTORY, requests.ACCESS):
        ScheduleMark.objects.create(key=key, through=world.now)


def append(world, first_day, last_day):
    """The papers of the days that are missing; the clock begins stocktakings by itself."""
    papers(world, {archive.hall_id: archive.keeper for archive in HallArchive.objects.select_related("keeper")}, first_day)


def name_keepers(world):
    """In each hall with a desk the receptionist keeps the archive; one hall takes stock each month while it moves its cabinets."""
    found = {}
    for code, people in sorted(world.staff.items()):
        keeper = next((one for one in people if one.user and one.user.username.startswith(("reception", "agent"))), None)
        if keeper:
            found[world.halls[code].pk] = keeper
    halls = {hall.pk: hall for hall in world.halls.values()}
    bulk_create_with_history([HallArchive(hall=halls[pk], keeper=keeper) for pk, keeper in found.items()], HallArchive, default_change_reason=WHY)
    bulk_create_with_history([ParameterValue(key="archive_inventory_months", value=1, hall=world.halls["sales"], valid_from=world.today.replace(day=1),
                                             reason="档案柜搬迁期间每月盘点", entered_by=world.user)], ParameterValue, default_change_reason=WHY)
    return found


def lay_down(rows):
    """Write items with their files: (ArchiveItem without number, [Kept]) each, numbered in the order of filing."""
    rows = sorted(rows, key=lambda row: row[0].filed_at)
    by_year = {}
    for item, _files in rows:
        by_year.setdefault(timezone.localtime(item.filed_at).year, []).append(item)
    for year, those in by_year.items():
        for item, number in zip(those, take(items.SERIES, year, len(those)), strict=True):
            item.number = number
    for item, _files in rows:
        item._history_date, item._history_user = item.filed_at, item.filed_by.user
    made = bulk_create_with_history([item for item, _files in rows], ArchiveItem, batch_size=1000, default_change_reason=WHY)
    ArchiveFile.objects.bulk_create([files.row_of(item, kept) for item, (_same, all_kept) in zip(made, rows, strict=True) for kept in all_kept],
                                    batch_size=1000)
    return made


def papers(world, keepers, since):
    """What was filed of visits since then, spread over the days."""
    visits = RECORDS.get("visit").model_class.objects.filter(hall__in=keepers, adviser__isnull=False, arrived_at__date__gte=since, left_at__isnull=False)
    rows, years = [], values.definitions()["archive_retention_years"]["default"]
    for hall, keeper in sorted(keepers.items()):
        found = list(visits.filter(hall=hall).order_by("pk").values_list("pk", "number", "adviser", "left_at"))
        days = max(1, (world.today - since).days)
        for place, (pk, number, adviser, left_at) in enumerate(found[::max(1, len(found) * 365 // days // WHOLE)]):
            rows.append(one_paper(world, place, (pk, number), hall, keeper, adviser, left_at, years))
    return lay_down(rows)


def one_paper(world, place, visit, hall, keeper, adviser, left_at, years):
    """A paper of a visit: most lie in a cabinet, some are files, the newest wait to be put away."""
    kind = list(TITLES)[world.random.randrange(len(TITLES))]
    day, electronic = timezone.localtime(left_at).date(), place % EVERY == 3
    waits = not electronic and (world.today - day).days < 2
    item = ArchiveItem(
        kind=kind, subject_kind="visit", subject_id=visit[0], title=f"{TITLES[kind]} {visit[1]}", day=day, hall_id=hall, owner_id=adviser, keeper=keeper,
        place="electronic" if electronic else "" if waits else "cabinet", confidentiality=kinds.KINDS[kind].confidentiality,
        keep_until=day.replace(year=day.year + years, day=min(day.day, 28)), filed_at=left_at + datetime.timedelta(minutes=20), filed_by=keeper,
        state=states.RECEIVED if waits else states.FILED)
    if item.place == "cabinet":
        item.cabinet, item.shelf = f"{'ABC'[list(TITLES).index(kind) % 3]} 柜", f"{1 + day.month % 4} 层"
    return item, [files.kept_text(f"{visit[1]}.txt", KEPT)] if electronic else []


def stock(world, keepers):
    """The stocktakings of the year: closed by two with a little missing, this month's on its way."""
    since = datetime.datetime.combine(world.first_day, datetime.time(), world.now.tzinfo)
    halls = [hall for hall in world.halls.values() if hall.pk in keepers]
    made = [one for hall in halls for one in plans.taken_in(hall, since, world.now)]
    for one in made:
        if one.due_on < world.today:
            partner = next((person for people in world.staff.values() for person in people if person.pk != keepers[one.hall_id].pk and person.user), None)
            one.state, one.closed_by, one.witness, one.storage_safe = states.CLOSED, keepers[one.hall_id], one.hall.manager or partner, True
            if one.slot.month == 7 and one.hall == world.halls["sales"]:
                one.decision, one.decided_by = DECIDED, one.hall.department.head
            one.closed_at = datetime.datetime.combine(one.slot + datetime.timedelta(days=9), datetime.time(16), world.now.tzinfo)
        one._history_date = datetime.datetime.combine(one.slot, plans.BEGINS, world.now.tzinfo)
    bulk_create_with_history(made, Stocktaking, default_change_reason=WHY)
    lines = [line for one in made for line in lines_of(world, one, keepers)]
    StocktakingLine.objects.bulk_create(lines, batch_size=2000)
    ArchiveItem.objects.bulk_update({line.item_id: line.item for line in lines if line.result and line.stocktaking.state == states.CLOSED}.values(), ["state"],
                                    batch_size=1000)
    Duty.objects.bulk_create([plans.duty_of(one, keepers[one.hall_id].pk) for one in made if one.state == states.TAKING], ignore_conflicts=True)


def lines_of(world, one, keepers):
    """What was there when it began: found nearly always; of one that runs, a third is looked at."""
    begun = datetime.datetime.combine(one.slot, plans.BEGINS, world.now.tzinfo)
    there = list(ArchiveItem.objects.filter(hall=one.hall, filed_at__lt=begun).exclude(state=states.RECEIVED).order_by("cabinet", "shelf", "pk"))
    files_before = sum(item.place != "cabinet" for item in there)  # files stand first
    for place, item in enumerate(there):
        line = StocktakingLine(stocktaking=one, item=item)
        if one.state == states.CLOSED or item.place == "electronic" or place < len(there) // 3:
            line.result = states.FOUND
            if item.place == "cabinet":
                line.looked_by = keepers[one.hall_id]
                line.result = ODD.get(place - files_before, states.FOUND) if one.decision else states.FOUND
                line.action = {states.MISSING: "已联系经办人查找", states.DAMAGED: "已重新装订"}.get(line.result, "")
            line.looked_at, item.state = one.closed_at or min(begun + datetime.timedelta(days=1), world.now), line.result
        yield line


def ask(world):
    """Requests at every stage, by people of the first hall; the department manager decides."""
    hall, decider = world.halls["sales"], world.people["department"]
    found = list(ArchiveItem.objects.filter(hall=hall, state__in=states.KEPT).exclude(kind__in=kinds.STAFF).order_by("-pk")[:60])
    scans = [item for item in found if item.place == "electronic"]
    made = [one for days_ago in range(170, 12, -13) if (one := request_of(world, hall, decider, days_ago, states.EXPIRED))]
    made += [request_of(world, hall, decider, 20, states.RETURNED, what="copy"), request_of(world, hall, decider, 15, states.REJECTED),
             request_of(world, hall, decider, 1, states.HANDED_OUT, what="lend", by="agent"), request_of(world, hall, decider, 1, states.OPEN, by="sales"),
             request_of(world, hall, decider, 0, states.SUBMITTED, by="agent"), request_of(world, hall, decider, 0, states.SUBMITTED, by="sales2")]
    made[AS_DEPUTY].decided_by = world.people["manager"]
    for year in sorted({one.asked_at.year for one in made}):
        those = [one for one in made if one.asked_at.year == year]
        for one, number in zip(those, take(requests.SERIES, year, len(those)), strict=True):
            one.number = number
    for one in made:
        one._history_date, one._history_user = one.asked_at, one.asked_by.user
    bulk_create_with_history(made, AccessRequest, default_change_reason=WHY)
    for place, one in enumerate(made):
        chosen = scans[place % len(scans)] if scans and one.what == "read" else found[place % len(found)]
        one.items.set([chosen, found[(place * 7 + 3) % len(found)]] if one.state != states.HANDED_OUT else [chosen])
    lay_down_decisions([decision_of(one, decider) for one in made])
    log_readings([one for one in made if one.what == "read" and one.state in (states.EXPIRED, states.OPEN)])
    Duty.objects.bulk_create([
        Duty(schedule=requests.ACCESS, slot=f"{one.number} decide", kind=requests.KIND, record_id=one.pk, hall=hall, starts_at=one.asked_at,
             due_at=one.wanted_at, **requests.decider_of(hall, one.asked_by_id)) for one in made if one.state == states.SUBMITTED])


def request_of(world, hall, decider, days_ago, state, *, what="read", by=None):
    """One request, as far as that stage."""
    by = by or world.random.choice(("sales", "agent", "sales2", "designer", "reception"))
    who = world.people.get(by) or world.people["sales"]
    asked_at = world.now - datetime.timedelta(days=days_ago, minutes=world.random.randint(40, 300))
    one = AccessRequest(hall=hall, what=what, reason=world.random.choice(REASONS), place=PLACE, wanted_at=asked_at + datetime.timedelta(hours=5), state=state,
                        asked_by=who, asked_at=asked_at)
    if state != states.SUBMITTED:
        one.decided_by, one.decided_at = decider, asked_at + datetime.timedelta(minutes=30)
    if state == states.REJECTED:
        one.decision = "与本人业务无关，请说明用途后再申请"
    elif state != states.SUBMITTED:
        one.ends_at = one.decided_at + datetime.timedelta(days=values.definitions()["archive_access_days"]["default"])
    if state in (states.HANDED_OUT, states.RETURNED):
        one.handed_out_at = one.decided_at + datetime.timedelta(hours=1)
    if state == states.RETURNED:
        one.returned_at = one.handed_out_at + datetime.timedelta(days=1)
    return one


def decision_of(one, decider):
    """The decision about a request; who is not the department manager decided as a deputy."""
    row = Decision(kind=requests.KIND, record_id=one.pk, hall=one.hall, capability=Can.DECIDE, asked_by=one.asked_by.user, asked_at=one.asked_at,
                   reason=one.reason, decided_at=one.decided_at, answer=one.decision)
    if one.state == states.SUBMITTED:
        return row
    row.outcome, row.decided_by = decided.DECLINED if one.state == states.REJECTED else decided.APPROVED, one.decided_by.user
    if one.decided_by != decider:
        row.on_behalf_of = decider.user
    return row


def log_readings(made):
    """Who opened what was approved."""
    rows = []
    for one in made:
        for item in one.items.prefetch_related("files"):
            facts = {"request": one, "item": item, "reader": one.asked_by, "at": one.decided_at + datetime.timedelta(minutes=25), "place": one.place}
            rows += [ArchiveOpening(**facts, file=file, outcome="opened") for file in item.files.all()]
            if item.place == "cabinet" and item.keeper_id != one.asked_by_id:
                rows.append(ArchiveOpening(**facts, noted_by=item.keeper, outcome="paper"))
    ArchiveOpening.objects.bulk_create(rows)


register(key="archive", order=78, load=load, append=append)
