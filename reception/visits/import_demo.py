"""A hand-kept register of the demo company's sales hall, from the month before the program came, brought in as anybody would."""
import datetime
import io

import openpyxl
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import translation

from config.accounts.actor import Actor
from config.jobs.models import Job
from reception.visits import importing
from reception.visits.import_columns import look_at

HALL, BY = "sales", "reception"
DAYS, A_DAY = 12, 4
HEADINGS = ["序号", "日期", "到访时间", "离开时间", "客户姓名", "联系电话", "人数", "来访事由", "意向产品", "了解渠道", "接待人", "备注"]
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", ["伟", "芳", "敏", "静怡", "建国", "秀英", "志强", "雨桐", "浩然", "晓东"]
PURPOSES = ["看产品", "看产品", "咨询", "办理业务", "量房", "售后服务"]
GOODS = ["全屋定制", "实木地板", "橱柜", "瓷砖", "智能门锁"]
SOURCES = ["熟人介绍", "路过", "短视频", "网络", "小区推广"]
NOTES = ["", "", "", "已加微信", "周末再来", "=1+1"]


def load(world):
    """Upload, try and bring in; three rows have what registers have: a short number, a missing time, a leaving before arrival."""
    hall, person = world.halls.get(HALL), world.people.get(BY)
    if hall is None or person is None:
        return
    first = (world.first_day.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    content, name = workbook(world, first), f"来访登记 {first:%Y-%m}.xlsx"
    actor = Actor(user=person.user)
    with translation.override("en"):
        register = importing.upload(actor, hall=hall, file=ContentFile(content), name=name, now=world.now,
                                    mapping=look_at(io.BytesIO(content), filename=name).mapping)
        importing.run_here(importing.bring_in(actor, importing.run_here(register), now=world.now))
        half_done(world, hall, actor)
    Job.objects.filter(kind="register").update(finished_at=F("created_at") + datetime.timedelta(seconds=3))  # the demo's clock stood still


def half_done(world, hall, actor):
    """Two registers on their way: one tried and waiting for the word to bring it in, one whose columns nobody matched yet."""
    day = world.today - datetime.timedelta(days=2)
    content, name = workbook(world, day, days=1), f"停电当天手写登记 {day:%Y-%m-%d}.xlsx"
    importing.run_here(importing.upload(actor, hall=hall, file=ContentFile(content), name=name, now=world.now,
                                        mapping=look_at(io.BytesIO(content), filename=name).mapping))
    rows = [["来的时间", "贵姓", "怎么联系", "想了解什么", "谁接的"]]
    rows += [[f"{day:%Y/%m/%d} {9 + place}:{world.random.randrange(10, 60)}", world.random.choice(SURNAMES) + world.random.choice(["先生", "女士"]),
              f"13{world.random.randrange(10**9):09d}", world.random.choice(GOODS), world.random.choice(world.staff[HALL]).name] for place in range(6)]
    content = "\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    importing.upload(actor, hall=hall, file=ContentFile(content), name=f"展位访客名单 {day:%Y-%m-%d}.csv", now=world.now)


def workbook(world, first, days=DAYS):
    """The register as the hall kept it: a merged title, the date once a day, subtotals."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"{first.month}月"
    sheet.append([f"销售大厅来访登记表（{first.year}年{first.month}月）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    sheet.append(HEADINGS)
    count = 0
    for day in range(days):
        for place in range(A_DAY):
            count += 1
            sheet.append(one_row(world, count, first + datetime.timedelta(days=2 * day), place))
        sheet.append(["", "小计", "", "", "", "", A_DAY])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_row(world, count, day, place):
    """One visit in the receptionist's hand."""
    pick = world.random.choice
    hour, minute, stay = 9 + 2 * place, world.random.randrange(60), world.random.randrange(15, 70)
    arrived = datetime.datetime.combine(day, datetime.time(hour, minute))
    left = arrived + datetime.timedelta(minutes=stay if count != 18 else -30)
    phone = f"13{world.random.randrange(10**9):09d}"
    host = pick(world.staff[HALL]).name if world.staff.get(HALL) else ""
    return [count, f"{day:%Y-%m-%d}" if place == 0 else "", "" if count == 30 else f"{arrived:%H:%M}", f"{left:%H:%M}" if place % 2 else "",
            pick(SURNAMES) + pick(GIVEN), phone[:10] if count == 9 else phone, world.random.randrange(1, 4), pick(PURPOSES), pick(GOODS),
            pick(SOURCES), host, pick(NOTES)]
