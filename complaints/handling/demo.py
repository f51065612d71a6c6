"""A year of complaints in the demo: most ended as the regulation asks, some late or handled again; of the last two weeks one at every state, led there
by the very acts that people use."""
import datetime

from simple_history.utils import bulk_create_with_history

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintPerson, Evidence
from complaints.handling.models import Cause, Channel, Complaint, Kind, Method
from complaints.handling.services import clock, common, following, investigating, registering, routing, solving, statements, timing
from complaints.handling.solving import ComplaintRating, SolutionRound
from config.accounts.actor import Actor
from config.contributions.demo import register
from config.numbers.services import public_code, take
from reception.customers.models import Customer
from staff.regulation import calendar

WHY, taken = "demo data", registering.register
SOON, TOLD_LATELY = datetime.timedelta(minutes=35), datetime.timedelta(hours=3)
LEFT_ALONE = 12  # days after which the two that are overdue were not told any more
EVERY = 2.2  # days between two complaints of the house, one hall with another
HALLS = {  # who handles, leads, decides and calls back, by hall
    "sales": ("agent", "supervisor", "manager", "sales4"), "hotline": ("agent2", "supervisor3", "manager3", "telesales2"),
    "after_sales": ("agent3", "manager4", "department2", "agent5"), "showroom": ("supervisor2", "manager2", "department", "sales5"),
}
SHARES = {"sales": .38, "hotline": .27, "after_sales": .22, "showroom": .13}
TOLD = (  # matter, demand, product, cause, what exactly, impact, urgency
    ("送货比约定晚了两天，请假在家白等", "补偿误工费并尽快送到", "实木餐桌", Cause.PROCESS, "排单没有预留路程时间", "medium", "medium"),
    ("安装师傅没有按约定时间到，电话也没人接", "重新安排上门并说明原因", "定制衣柜", Cause.PERSON, "改期后没有通知客户", "low", "medium"),
    ("桌腿有裂纹，收货时包装完好", "更换同款新品", "实木餐桌", Cause.PRODUCT, "出厂检验漏检", "medium", "low"),
    ("合同价与收银价不一致，多收了三百元", "退还多收款项", "地板", Cause.PRICE, "促销价未更新到收银", "medium", "medium"),
    ("大厅等候区太热，老人坐了半小时", "改善等候环境", "", Cause.ENVIRONMENT, "空调滤网堵塞", "low", "low"),
    ("叫号屏坏了，过号也没有人提醒", "重新排队不应从头开始", "", Cause.EQUIPMENT, "显示屏断线没有告警", "low", "medium"),
    ("物流把门框碰坏，推说与他们无关", "修复门框并赔偿", "冰箱", Cause.PARTNER, "外包物流未做搬运防护", "high", "medium"),
    ("宣传单写免费测量，实际收了出车费", "退还费用", "橱柜", Cause.INFORMATION, "宣传单没有写明范围", "medium", "low"),
    ("导购答应回电三次都没有回", "安排专人对接", "沙发", Cause.PERSON, "交接时漏了回电", "low", "medium"),
    ("新装的吊灯打火，孩子在房间里", "立即断电检修并更换", "吊灯", Cause.PRODUCT, "接线端子松动", "high", "high"),
)
LIGHT = ((Kind.SUGGESTION, "建议周末延长营业到晚上九点"), (Kind.PRAISE, "何秀兰耐心帮我们改了三次方案，特别感谢"),
         (Kind.SUGGESTION, "等候区可以放一台饮水机"), (Kind.PRAISE, "张伟讲解清楚，不催单"))
LIVE = (  # hall, matter, how far it is, days ago, more
    ("sales", 9, states.INVESTIGATING, 3, {}), ("sales", 0, states.REGISTERED, 0, {}), ("sales", 3, states.PROPOSED, 6, {}),
    ("sales", 8, states.ASSIGNED, 12, {}), ("sales", 2, states.IMPLEMENTED, 8, {}), ("sales", 1, states.VERIFIED, 5, {"about": "sales3"}),
    ("sales", 5, states.FOLLOWED_UP, 9, {}), ("sales", 6, states.LIABILITY_SET, 7, {}), ("sales", 7, states.AGREED, 4, {}),
    ("hotline", 1, states.ACKNOWLEDGED, 1, {}), ("hotline", 3, states.IMPLEMENTING, 10, {}), ("hotline", 8, states.INVESTIGATING, 14, {}),
    ("after_sales", 2, states.ASSIGNED, 2, {}), ("after_sales", 6, states.IMPLEMENTED, 9, {}), ("after_sales", 0, states.RE_HANDLING, 11, {}),
    ("showroom", 4, states.INVESTIGATING, 2, {}), ("showroom", 7, states.PROPOSED, 8, {}),
)


def load(world):
    """The year, and what is under way."""
    write(world, world.first_day)
    for hall, what, state, ago, more in LIVE:
        Lead(world, hall, what, ago, **more).to(state)
    by_customers(world)


def by_customers(world):
    """What came by the public page and waits to be judged or answered, and whose statement is asked."""
    hall, at = world.halls["sales"], world.now - datetime.timedelta(hours=1)
    for kind, matter in ((Kind.COMPLAINT, "导航牌指错方向，绕了两圈才找到停车场"), (Kind.SUGGESTION, "建议门口设儿童推车借用处")):
        taken(Actor.customer("web"), kind=kind, hall=hall, channel=Channel.WEB, received_at=at, matter=matter, contact_phone="+8613900001234",
              assessed=False, now=at)
    told = Lead(world, "showroom", 8, 4, about="sales2")
    told.to(states.INVESTIGATING)
    person = told.row.people.get(employee=told.about)
    statements.ask(told.by(told.handler), told.row, person=person, question="四天前答应客户的三次回电，当时是怎样安排的？", now=told.now)


def append(world, first_day, last_day):
    """Those of the missing days that have ended meanwhile."""
    write(world, first_day)


def write(world, first_day):
    """Complaints, suggestions and praise that have ended, set-based."""
    random, begin = world.random, datetime.datetime.combine(first_day, datetime.time(9), datetime.UTC)
    halls = {code: world.halls[code] for code in HALLS}
    days = calendar.of_halls(list(halls.values()))
    known = list(Customer.objects.filter(merged_into=None, erased_at=None).exclude(name="").order_by("pk").values_list("pk", "name")[:400])
    rows, at = [], begin
    while known:
        at += datetime.timedelta(days=random.expovariate(1 / EVERY))
        if at > world.now - datetime.timedelta(days=1):
            break
        code = random.choices(list(SHARES), list(SHARES.values()))[0]
        if row := ended(world, code, days[halls[code].pk], at, random.choice(known)):
            rows.append(row)
    for row, number in zip(rows, numbers(rows), strict=True):
        row.number = number
    made = bulk_create_with_history(rows, Complaint, batch_size=500, default_change_reason=WHY)
    tell(world, made)


def numbers(rows):
    """The numbers of these complaints, in their order, by year."""
    found = []
    for year in sorted({row.registered_at.year for row in rows}):
        found += take(common.SERIES, year, sum(row.registered_at.year == year for row in rows))
    return found


def ended(world, code, days, at, customer):
    """One complaint that is over, or None where it would not be over by now."""
    random, hall = world.random, world.halls[code]
    light = random.random() < .14
    kind, matter = random.choice(LIGHT) if light else (Kind.COMPLAINT, "")
    told = random.choice(TOLD)
    handler, _boss, _chief, _caller = (world.people[name] for name in HALLS[hall.code.replace('-', '_')])
    spans = [span for day in range(7) for span in days.intervals(days.day_of(at) + datetime.timedelta(days=day))]
    if not spans:
        return None
    at = spans[0][0] + (spans[0][1] - spans[0][0]) * random.uniform(.05, .9)
    impact, urgency = ("low", "low") if light else told[5:7]
    severity = registering.severity_of(impact, urgency, days.day_of(at), hall)
    promised = clock.usual_promise(severity, hall, at, days)
    late = random.random() < .12
    solved = promised + datetime.timedelta(hours=random.uniform(3, 60)) if late else at + (promised - at) * random.uniform(.25, .95)
    closed = solved + datetime.timedelta(hours=random.uniform(4, 50))
    if closed > world.now:
        return None
    answered = at + datetime.timedelta(minutes=random.uniform(4, 100) if random.random() < .9 else random.uniform(140, 400))
    again = not light and random.random() < .07
    end = states.DONE if light else random.choices((states.SATISFIED, states.NOT_AGREED, states.UNREACHABLE, states.WITHDRAWN), (.86, .05, .04, .05))[0]
    row = Complaint(
        public_code=public_code(), kind=kind, hall=hall, channel=random.choices(list(Channel.values), (30, 32, 18, 9, 5, 6))[0], received_at=at,
        registered_at=at + datetime.timedelta(minutes=random.choice((2, 4, 6, 9, 41))), registered_by=handler, customer_id=customer[0],
        contact_name=customer[1], matter=matter or told[0], demand="" if light else told[1], product=told[2], impact=impact, urgency=urgency,
        severity=severity, apologised=not light, promised=not light, promised_until=promised, promised_manner="电话告知进展与结果", told_by=Method.PHONE,
        state=end, since=closed, turn=2 if again else 1, reopened=int(again), handler=handler, department=hall.department, turn_began_at=at,
        acknowledged_at=max(answered, at + datetime.timedelta(minutes=45)), implemented_at=None if light else solved, closed_at=closed, closed_by=handler,
        ack_due_at=at + datetime.timedelta(hours=2), solve_due_at=promised, reported_at=closed)
    if not light and end != states.WITHDRAWN:
        row.validity, row.grounds = random.choices(("justified", "partly", "unjustified"), (.55, .3, .15))[0], "比对合同、送货单与双方陈述后认定"
        row.facts_found, row.cause, row.cause_detail = "情况属实，已核对记录", told[3], told[4]
        row.improvement, row.prevention = "完善交接与提醒", "纳入每周检查"
        row.satisfaction = random.choice((5, 5, 5, 4, 4, 4, 3)) if end == states.SATISFIED else 2 if end == states.NOT_AGREED else None
    if end in (states.NOT_AGREED, states.WITHDRAWN, states.UNREACHABLE):
        row.end_reason = {states.NOT_AGREED: "三轮协商未达成一致", states.WITHDRAWN: "客户电话撤回", states.UNREACHABLE: "三次联系未果"}[end]
    return row


def tell(world, rows):
    """What was told to the customers, what proved it, whom it praised, and how they rated it."""
    entries, ratings, proofs, people, rounds = [], [], [], [], []
    praised = [world.people[name] for name in ("agent", "sales")]
    for row in rows:
        for at, text in ((row.acknowledged_at, "您的意见已收到，我们会尽快处理。"), (row.closed_at, "处理结果已告知，感谢您的监督。")):
            entries.append(ComplaintEntry(complaint=row, kind="told", at=at, by=row.handler, method=Method.PHONE, text=text))
        if row.satisfaction:
            ratings.append(ComplaintRating(complaint=row, turn=row.turn, stars=row.satisfaction, at=row.closed_at, method=Method.PHONE, taken_by=row.handler))
        if row.facts_found:
            proofs.append(Evidence(complaint=row, kind="customer", text=row.matter, shows_on=row.received_at.date(), added_by=row.handler,
                                   added_at=row.acknowledged_at))
        if row.kind == Kind.PRAISE:
            people.append(ComplaintPerson(complaint=row, employee=praised["张伟" in row.matter], complained_about=False))
        if row.state == states.SATISFIED:
            rounds.append(agreed(world, row))
    for model, made in ((SolutionRound, rounds), (ComplaintEntry, entries), (ComplaintRating, ratings), (Evidence, proofs), (ComplaintPerson, people)):
        model.objects.bulk_create(made, batch_size=500)


def agreed(world, row):
    """The solution on which the customer agreed; dear ones with the manager's word."""
    random, at = world.random, row.acknowledged_at + (row.implemented_at - row.acknowledged_at) * .5
    pays, gives = random.choices((0, 60, 180, 420, 900), (50, 18, 16, 10, 6))[0], random.choices((0, 50, 100), (70, 20, 10))[0]
    dear = pays + gives > 500 and row.hall.manager_id and row.hall.manager_id != row.handler_id
    return SolutionRound(
        complaint=row, number=1, turn=row.turn, offer=row.demand or "说明原因并改进", compensation=pays, goodwill=gives, offered_at=at, offered_by=row.handler,
        answer="accepted", consent_by=Method.PHONE, answered_at=at, approval="approved" if dear else "not_needed",
        approved_by=row.hall.manager if dear else None, approved_at=at if dear else None)


class Lead:
    """One complaint that is led by the acts of people to where it stands, its steps spread from when it came until now."""

    ROAD = (states.ACKNOWLEDGED, states.ASSIGNED, states.INVESTIGATING, states.VERIFIED, states.LIABILITY_SET, states.PROPOSED, states.AGREED,
            states.IMPLEMENTING, states.IMPLEMENTED)

    def __init__(self, world, hall, what, ago, about=None):
        self.world, self.told = world, TOLD[what]
        self.hall = world.halls[hall]
        self.handler, self.boss, self.chief, self.caller = (world.people[name] for name in HALLS[hall])
        self.about = world.people[about] if about else None
        self.now = world.now - (datetime.timedelta(days=ago) if ago else datetime.timedelta(minutes=50))
        self.step = (world.now - self.now) / 18

    def by(self, person):
        """Who acts, a step later."""
        self.now += self.step
        return Actor(person.user)

    def to(self, state):
        """Register it and lead it there."""
        matter, demand, product, _cause, _detail, impact, urgency = self.told
        customer = Customer.objects.filter(merged_into=None, erased_at=None).exclude(name="").order_by("-last_seen_at")[self.world.random.randrange(80)]
        self.row = taken(
            Actor(self.handler.user), kind=Kind.COMPLAINT, hall=self.hall, channel=Channel.PHONE, received_at=self.now, matter=matter, demand=demand,
            product=product, impact=impact, urgency=urgency, customer=customer, apologised=True, promised=True, promised_manner="电话告知进展与结果",
            told_by=Method.PHONE, people=[(self.about, True)] if self.about else (), now=self.now)
        if state == states.REGISTERED:
            return
        stop = {states.FOLLOWED_UP: states.IMPLEMENTED, states.RE_HANDLING: states.IMPLEMENTED}.get(state, state)
        for one in self.ROAD[:self.ROAD.index(stop) + 1]:
            getattr(self, one)()
            self.row.refresh_from_db()
        if state == states.FOLLOWED_UP:
            following.follow_up(self.by(self.caller), self.row, stars=4, opinions="处理及时，希望以后提前通知", method=Method.PHONE, now=self.now)
        if state == states.RE_HANDLING:
            following.handle_again(self.by(self.boss), self.row, reason="新送来的仍有瑕疵", now=self.now)
        elif (self.world.now - self.row.registered_at).days < LEFT_ALONE:
            timing.tell(self.by(self.handler), self.row, method=Method.PHONE, text="目前进展已告知客户，客户表示理解。",
                        now=max(self.now, self.world.now - TOLD_LATELY))

    def acknowledged(self):
        """The first answer."""
        routing.acknowledge(Actor(self.handler.user), self.row, method=Method.PHONE, text="已受理，专人负责，两日内告知进展。", now=self.now + SOON)
        self.now += SOON

    def assigned(self):
        """To its handler."""
        routing.assign(self.by(self.boss), self.row, handler=self.handler, department=self.hall.department, note="请尽快联系客户", now=self.now)

    def investigating(self):
        """What was done at once, and what is to be found out."""
        investigating.investigate(self.by(self.handler), self.row, now=self.now)
        timing.contain(self.by(self.handler), self.row, text="已致歉并请客户暂停使用", now=self.now)
        self.task = investigating.add_task(self.by(self.handler), self.row, what="核对送货单与安装记录", owner=self.boss,
                                           due_on=self.hall.day_of(self.world.now) + datetime.timedelta(days=1), now=self.now)

    def verified(self):
        """The facts, by both sides."""
        investigating.finish_task(self.by(self.boss), self.task, result="记录与客户所述一致", now=self.now)
        day = self.hall.day_of(self.row.received_at)
        investigating.add_evidence(self.by(self.handler), self.row, kind="customer", text=self.row.matter, shows_on=day, now=self.now)
        if self.about:
            said = "当天改期，忘记致电客户"
            investigating.add_evidence(self.by(self.handler), self.row, kind="staff", text=said, person=self.about, shows_on=day, now=self.now)
        investigating.verify(self.by(self.handler), self.row, facts="情况属实", now=self.now)

    def liability_set(self):
        """Who is responsible."""
        solving.set_liability(self.by(self.handler), self.row, validity="justified", grounds="比对合同与送货单", parties=[
            {"party": "process", "name": "", "share": 70}, {"party": "partner", "name": "顺达物流", "share": 30}], now=self.now)

    def proposed(self):
        """A solution, approved where it has to be."""
        due = self.hall.day_of(self.world.now) + datetime.timedelta(days=2)
        demands = [(one.text, True, "") for one in self.row.demands.all()]
        offer = solving.propose(self.by(self.handler), self.row, offer="免费更换并补偿误工费", compensation=200, goodwill=0, now=self.now, demands=demands,
                                measures=[("更换新品并上门安装", self.handler, due), ("向客户书面说明原因", self.boss, due)])
        if offer.approval == "waiting":
            solving.approve(self.by(self.chief), self.row, approved=True, answer="同意", now=self.now)

    def agreed(self):
        """The customer's consent."""
        solving.answer_round(self.by(self.handler), self.row, answer="accepted", opinion="", consent_by=Method.PHONE, now=self.now)

    def implementing(self):
        """Under way."""
        solving.implement(self.by(self.handler), self.row, now=self.now)

    def implemented(self):
        """Done, and told."""
        for one in self.row.measures.filter(done_at=None):
            solving.finish_measure(self.by(self.handler), one, result="已完成", now=self.now)
        solving.finish_implementing(self.by(self.handler), self.row, method=Method.PHONE, text="新品已安装完毕，书面说明已寄出。", now=self.now)


register(key="complaints", order=72, load=load, append=append)
