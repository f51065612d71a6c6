"""A year of monthly appraisals in the demo: past months filed, the last one on its way, so that every stage has somebody."""
import datetime

from django.utils import translation
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from performance.appraisals import chain, papers, schemes, scoring, states
from performance.appraisals import plans as clock
from performance.appraisals.models import Appraisal, AppraisalScore
from performance.appraisals.months import ends_at, first_day, last_day, next_period, period_of, self_review_opens
from staff.archive import demo as archive
from staff.archive import kinds
from staff.archive.models import ArchiveItem
from staff.archive.services.items import keep_until
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Posting
from staff.regulation import values

WHY = "demo data"
FACTS = ("接待客户并完成登记，按时回访。", "完成本月目标，协助同事处理两起疑难。", "整理展区，更新价格牌，参加两次培训。")
NEXT = ("提高一次成交率", "继续跟进高意向客户", "学习新产品参数")
SAID = {"strengths": "耐心细致，记录完整", "weaknesses": "高峰时段登记偶有延迟", "advice": "提前准备常用资料", "plan": "下月回访按时率达到 95 %"}
WAY = (states.FILED, states.FILED, states.HR_FILING, states.DEPT_REVIEW, states.INTERVIEW, states.SCORING)  # how far the newest month is
LEFT = {"agent": states.SCORING, "sales": states.INTERVIEW, "sales4": states.SCORING, "designer": states.SCORING, "sales3": states.INTERVIEW,
        "reception": states.DEPT_REVIEW, "technician": states.DEPT_REVIEW,
        "telesales2": states.HR_FILING, "logistics": states.HR_FILING}  # its stragglers once it is overdue
TO_SIGN = ("sales",)


def load(world):
    """Every month since the demo's year began."""
    write(world, world.first_day)
    for key in (chain.SELF_REVIEW, chain.MONTHLY):
        ScheduleMark.objects.create(key=key, through=world.now)


def append(world, first_day, last_day_):
    """The months that opened meanwhile."""
    write(world, first_day)
    ScheduleMark.objects.filter(key__in=[chain.SELF_REVIEW, chain.MONTHLY]).update(through=world.now)


def write(world, since):
    """The sheets of the months whose self-review has opened and that are not there yet."""
    period, there = period_of(since), set(Appraisal.objects.values_list("period", flat=True))
    while self_review_opens(period, values.value("self_review_open_days_before_month_end", first_day(period))) <= world.today:
        if period not in there:
            month(world, period)
        period = next_period(period)


def month(world, period):
    """One month: filed when the tenth of the next is past, on its way before, in self-review before its end."""
    day = last_day(period)
    postings = (Posting.objects.on(day).filter(employee__state="on_duty").select_related("employee__user", "position", "department__head", "hall", "superior")
                .order_by("employee", "-starts_on"))
    sheets = []
    for place, posting in enumerate({one.employee_id: one for one in postings}.values()):
        if key := schemes.scheme_of(posting.position.code):
            sheets.append(sheet_of(world, posting, key, period, stage_of(world, period, place, posting.employee)))
    scores = [(sheet, lines_of(world, sheet, day)) for sheet in sheets]
    reviewers = {}
    for sheet, lines in scores:
        total_up(sheet, lines, reviewers)
    made = bulk_create_with_history(sheets, Appraisal, batch_size=1000, default_change_reason=WHY)
    bulk_create_with_history([line for _sheet, lines in scores for line in lines], AppraisalScore, batch_size=2000, default_change_reason=WHY)
    with translation.override("zh-hans"):  # like everything that people of the demo wrote
        to_the_archive(world, [sheet.pk for sheet in made if sheet.state == states.FILED])
    Duty.objects.bulk_create([duty for sheet in made if (duty := chain.duty_of(sheet, world.now))], ignore_conflicts=True)


def to_the_archive(world, filed):
    """What filing leaves in the archive, kept by HR."""
    keeper = world.people["hr"]
    rows = []
    for sheet in Appraisal.objects.filter(pk__in=filed).select_related("employee", "supervisor", "reviewed_by", "hall", "department", "position", "filed_by"):
        day = last_day(sheet.period)
        rows.append((ArchiveItem(
            kind=papers.ARCHIVE, subject_kind=papers.KIND, subject_id=sheet.pk, title=papers.title_of(sheet), day=day, hall=sheet.hall, place="electronic",
            keeper=keeper, owner=sheet.employee, confidentiality=kinds.KINDS[papers.ARCHIVE].confidentiality, keep_until=keep_until(day, sheet.hall),
            filed_at=sheet.filed_at, filed_by=keeper), [papers.paper(sheet)]))
    archive.lay_down(rows)


def stage_of(world, period, place, person):
    """How far the sheet of this person, who stands at this place, is on the day."""
    if last_day(period) >= world.today:
        return states.SELF_REVIEW
    if ends_at(period, 10, clock.zone()) > world.now:
        return WAY[place % len(WAY)]
    newest = last_day(period) >= world.today - datetime.timedelta(days=31)
    return LEFT.get(name_of(person), states.FILED) if newest else states.FILED


def name_of(person):
    """The user name of a person, or nothing."""
    return person.user.username if person.user else ""


def sheet_of(world, posting, key, period, state):
    """A sheet as far as that stage."""
    sheet = Appraisal(employee=posting.employee, supervisor=posting.superior, department=posting.department, hall=posting.hall, position=posting.position,
                      scheme=key, period=period, due_at=ends_at(period, 10, clock.zone()), state=state)
    reached = states.WAY.index(state)
    begin = datetime.datetime.combine(last_day(period), datetime.time(17), clock.zone())
    if reached > 0 and world.random.random() < .93:
        sheet.facts, sheet.next_month, sheet.submitted_at = world.random.choice(FACTS), world.random.choice(NEXT), begin
    if reached > 2 or reached == 2 and name_of(sheet.employee) in TO_SIGN:
        for name, text in SAID.items():
            setattr(sheet, name, text)
        sheet.interviewed_at = begin + datetime.timedelta(days=4)
        sheet.signed_at = begin + datetime.timedelta(days=5) if reached > 2 else None
    return sheet


def lines_of(world, sheet, day):
    """The indicators of a sheet, scored where it is past scoring."""
    lines = [AppraisalScore(appraisal=sheet, group=group, indicator=item, place=place, weight=weight)
             for place, (group, item, weight) in enumerate(schemes.weights(sheet.scheme, day, sheet.hall, sheet.position))]
    lean = world.random.choice((-1, 0, 0, 0, 1))
    for line in lines:
        if sheet.state in (states.SELF_REVIEW, states.SCORING):
            continue
        if schemes.indicators()[line.indicator]["levels"]:
            line.level = min(4, max(2, world.random.choice((3, 4, 4)) + lean))
            line.own_level, line.points = min(5, line.level + world.random.choice((0, 0, 1))), scoring.points_of(line.level)
        else:
            line.points = world.random.randint(72, 104) + 6 * lean
    return lines


def total_up(sheet, lines, reviewers):
    """Total and grade of one that is scored, who reviewed it and when it was filed; `reviewers` remembers who reviews for whom."""
    if sheet.state not in (states.SELF_REVIEW, states.SCORING):
        sheet.total = scoring.total((line.points, line.weight) for line in lines)
    alike = (sheet.department_id, sheet.supervisor_id, sheet.employee_id == sheet.department.head_id)
    if alike not in reviewers:
        reviewers[alike] = chain.reviewer_of(sheet)
    if sheet.state in (states.HR_FILING, states.FILED):
        sheet.reviewed_by = reviewers[alike]
    if sheet.state == states.DEPT_REVIEW and reviewers[alike] is None:
        sheet.state = states.HR_FILING
    if sheet.state == states.FILED:
        sheet.grade = scoring.grade_of(sheet.total, [values.value(key, last_day(sheet.period)) for key in ("grade_excellent", "grade_good", "grade_qualified")])
        sheet.filed_at = sheet.due_at - datetime.timedelta(days=1)


register(key="appraisals", order=80, load=load, append=append)
