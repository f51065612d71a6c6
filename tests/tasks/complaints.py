"""What is done about complaints, each as a function that does it once: taken at the desk, written on a phone, asked for by the manager."""
import re

from tests.tasks.person import told

HEARD = [  # what customers say and want, with how it is spelt through an input method
    ("约好今天上午安装没有人来", "yuehaojintianshangwuanzhuangmeiyourenlai", "今天之内安装", "jintianzhineianzhuang"),
    ("台面右边有一道很深的划痕", "taimianyoubianyouyidaohenshendehuahen", "换一块新的", "huanyikuaixinde"),
    ("排队等了五十分钟没人接待", "paiduidenglewushifenzhongmeirenjiedai", "请经理道歉", "qingjinglidaoqian"),
    ("结账价格和报价单对不上", "jiezhangjiagehebaojiadanduibushang", "退回多收的钱", "tuihuiduoshoudeqian")]
BIG = 32  # pixels: what is read aloud across a desk
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CODE = r"[0-9A-Z]{8}"


def taken_at_the_desk(person, turn, name, tail):
    """From the desk: two clicks to the page, then keys alone: the customer by the last digits, the matter and the demand in Chinese, how grave,
    how it is handled, both ticks; returns (seconds until the code is there, code)."""
    matter, spelt, demand, demand_spelt = HEARD[turn % len(HEARD)]
    page = person.page
    page.goto("/reception/")
    person.wait_for_focus("who")
    person.begin()
    person.click(page.locator("nav a[href='/complaints/']:visible").first)
    person.click(page.locator("nav a[href='/complaints/new/']:visible").first)
    page.wait_for_url(re.compile(r"/complaints/new/$"))
    person.wait_for_focus("who")
    person.type(tail)
    person.choose("id_who-hits", name)
    person.press("Enter")
    forward(person, "matter")
    person.compose(spelt, matter)
    forward(person, "demand")
    person.compose(demand_spelt, demand)
    forward(person, "impact")
    person.press("ArrowRight")
    forward(person, "promised_manner")
    person.compose("dianhuahuifu", "电话回复")
    forward(person, "apologised")
    person.press("Space")
    forward(person, "promised")
    person.press("Space")
    told(page.locator("[name=impact]:checked").input_value() == "medium", "The key did not choose the impact.")
    person.press("Control+Enter")
    shown = page.locator(".slip__no")
    shown.wait_for()
    seconds, code = person.seconds, shown.inner_text().replace(" ", "")
    told(re.fullmatch(CODE, code), f"{code!r} is no code.")
    told(shown.evaluate(SIZE) >= BIG, "The code is small.")
    return seconds, code


def forward(person, name):
    """Tab until the cursor is in this field."""
    for _key in range(12):
        if person.focus() == name:
            return
        person.press("Tab")
    told(person.focus() == name, f"Tab does not lead to {name}.")


def written_on_a_phone(person, turn, phone):
    """From the address on a poster to the code: what, where, how to be reached, what is wished; returns (seconds, code)."""
    matter, spelt, demand, demand_spelt = HEARD[turn % len(HEARD)]
    page = person.page
    person.begin()
    page.goto("/complain/")
    told(not page.evaluate(WIDE), "The form is wider than the phone.")
    person.tap(page.locator("[name=matter]"))
    person.compose(spelt, matter)
    person.tap(page.locator("label", has=page.locator("[name=hall]")).first)
    person.tap(page.locator("[name=contact]"))
    person.type(phone)
    person.tap(page.locator("[name=demand]"))
    person.compose(demand_spelt, demand)
    person.tap(page.locator("form[data-form] button[type=submit]"))
    shown = page.locator(".pub-code")
    shown.wait_for()
    seconds, code = person.seconds, re.sub(r"\s", "", shown.inner_text())
    told(re.fullmatch(CODE, code), f"{code!r} is no code.")
    told(shown.evaluate(SIZE) >= BIG, "The code is small.")
    told(not page.evaluate(WIDE), "The page with the code is wider than the phone.")
    return seconds, code


def oldest_late(person, turn):
    """From My day to where number, owner and cause of the complaint that is overdue longest are read: there itself, on the dashboard, or on the
    complaint's own page; returns the seconds."""
    page = person.page
    page.goto("/complaints/?due=late")
    first = page.locator("table.tbl--list tbody tr").first.inner_text()
    page.goto("/")
    person.begin()
    if turn % 3 == 1:
        person.click(page.locator("a[href='/complaints/dashboard/']:visible").first)
        page.wait_for_url(re.compile(r"/complaints/dashboard/$"))
    place = page.locator("section", has=page.get_by_role("heading", name="The oldest overdue complaint", exact=True)).last
    place.wait_for()
    facts = told_there(place)
    number = re.search(r"CP-\d{4}-\d{6}", facts["Complaint"])[0]
    if turn % 3 == 2:
        person.click(place.locator("dl a").first)
        page.wait_for_url(re.compile(r"/complaints/\d+/$"))
        page.locator("h1").wait_for()
        told(facts["Responsible"] in page.locator("main").inner_text(), f"The page of {number} does not name {facts['Responsible']}.")
    seconds = person.seconds
    told(number in first, f"{number} is not the first of those that are overdue: {first}")
    told(facts["Responsible"] and facts["Cause"], f"Owner or cause is not told: {facts}")
    return seconds


def told_there(place):
    """{label: words} of a list of facts that is seen."""
    rows = place.locator("dl > div")
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text().strip() for row in rows.all() if row.is_visible()}
