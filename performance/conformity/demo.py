"""Conformity in the demo: evidence of every kind, one about to run out and one that has, and what was judged of the last months."""
import datetime

from config.accounts.actor import Actor
from config.contributions.demo import register
from config.web.periods import MONTH, Period
from performance.conformity import plans, services
from performance.conformity.models import Result
from staff.duties.models import ScheduleMark

PAPERS = (  # clause, title, what it shows, owner, held since and for so many days
    ("S0", "5.1.2", "消毒剂合格证", "日常消毒用品的检验合格证明", "logistics", 300, 365),
    ("S0", "5.3.1", "消防设施年检报告", "灭火器、应急灯年度检测", "logistics", 340, 365),
    ("S0", "3.1.1", "员工仪容仪表照片", "着装与工牌抽查照片", "supervisor", 60, 180),
    ("S0", "6.2.1", "岗前培训签到表", "本季度岗前培训的签到与考核", "supervisor", 200, 180),
    ("S3", "4.3.1", "清洁外包服务合同", "双方盖章的保洁合同", "manager", 120, 730),
)
SAID = (  # clause, result, score, reason
    ("S0", "5.1.2", Result.PARTIAL, 80, "两个上午清洁完成后，展区边角仍有积灰，现场已整改。"),
    ("S0", "3.3.1.1", Result.COMPLIANT, None, "抽看三天录像，问候均在规定时间内。"),
)


def load(world):
    """The papers of the sales hall, and what the department said of last month."""
    hall = world.halls["sales"]
    for source, number, title, note, owner, since, days in PAPERS:
        if not services.Clause.objects.filter(source=source, number=number, kind="clause").exists():
            continue
        begun = world.today - datetime.timedelta(days=since)
        person = world.people[owner]
        services.add(Actor(person.user), hall=hall, source=source, number=number, title=title, note=note, owner=person, effective_on=begun,
                     expires_on=begun + datetime.timedelta(days=days), now=world.now - datetime.timedelta(days=since))
    month = Period.of(MONTH, world.today).before()
    judge = world.people["department"].user
    for source, number, result, score, reason in SAID:
        services.judge(Actor(judge), hall=hall, source=source, number=number, month=month, result=result, score=score, reason=reason,
                       now=world.now - datetime.timedelta(days=1))
    plans.write_renewals(world.now, world.now)
    ScheduleMark.objects.create(key=services.RENEWAL, through=world.now)


register(key="conformity", order=82, load=load)
