"""The same form sent twenty times at once, and again after the answer, makes what one makes (RELIABILITY R1)."""
import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from tests.access.page import Form
from tests.faults import ledger
from tests.faults.fill import NO_KEY, makers
from tests.faults.system import until
from tests.faults.window import Window, key

AT_ONCE = 20
FREE = (timezone.localtime() + timedelta(hours=14)).hour  # an hour of the day in which nobody of the filled halls is on a shift
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
NUMBERS = ("一", "二")
TYPED = {  # what is typed into an empty field of this name, for the first and for the second record
    "code": "again-{n}", "name": "赵{zh}", "name_en": "Again {n}", "name_zh_hans": "再{zh}", "name_zh_hant": "再{zh}", "prefix": "{letter}",
    "topic": "Price", "reason": "Seen twice", "note": "Seen twice", "written": "1370000000{n}", "phone": "1370000001{n}", "need": "A window",
    "starts": f"{FREE:02}:{{n}}0", "ends": f"{FREE:02}:{{n}}9", "ends_on": TOMORROW, "valid_from": TOMORROW,
    "at": f"{TOMORROW}T1{{n}}:00", "text": "Good morning",
}
OTHERWISE = {  # fields of one form that its page does not fill in
    "assign_role": {"role": "reception", "team": "", "department": ""},
    "desk": {"intention": "", "service": "", "source": "", "customer": ""},
    "name_deputy": {"deputy": "E0020"},
    "new_hall": {"url": "", "phone": "", "active_until": ""},
    "new_appointment": {"customer": "", "who": "", "service": "", "employee": ""},
    "new_snippet": {"code": "gm{n}"},
    "new_person": {"number": "", "username": "", "superior": "E0009"},
    "purpose": {"order": "5"},
    "post_person": {"starts_on": TOMORROW},
}
TICKET = re.compile(r'class="kiosk__no num">([A-Z]+\d+)<')
TELL_ONCE = {"new_station"}  # whose first answer tells a key that no later one knows


def drawing():
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, format="PNG")
    return out.getvalue()


ASKED_FOR = {"save_view": "?page=visits&state=queue"}  # without which a page has nothing to keep
FIRST = {"start_evacuation": "UPDATE reception_evacuation SET ended_at = now() WHERE ended_at IS NULL"}  # of a hall one runs at a time
FILES = {
    "visit_attach": ("plan.png", "image/png", drawing()),
    "register_upload": ("register.csv", "text/csv", "日期,时间,姓名,电话\n2026-03-02,10:05,李国强,13800138000\n".encode()),
}


def filled_in(name, page, n):
    """The form of a page as a person would send it; `n` tells the first record from the second."""
    form = Form(page)
    sent = {}
    for field in form.fields:
        stands = form.values.get(field, [])
        typed = TYPED.get(field, "").format(n=n, zh=NUMBERS[n], letter="QR"[n])
        ticked = ["on"] if form.fields[field] == "checkbox" and stands == [""] else stands
        sent[field] = [typed] if typed and ticked in ([""], ["\n"]) else ticked
    sent |= {field: value.format(n=n) for field, value in OTHERWISE.get(name, {}).items()}
    return {field: value for field, value in sent.items() if field not in ("csrfmiddlewaretoken", "file")}


def send(window, name, path, sent):
    """Send it, with its file where it asks for one."""
    if name in FILES:
        return window.upload(path, {field: value[0] if isinstance(value, list) and value else value for field, value in sent.items() if value != []},
                             {"file": FILES[name]})
    return window.post(path, sent)


def settled(system):
    """The rows of every table, once nobody works on them."""
    system.quiet()
    until(lambda: ledger.unfinished_work(system) == 0, what="the end of long work")
    return ledger.rows_of(system)


@pytest.mark.parametrize("name", sorted((address.name for address in makers()), key=FIRST.__contains__))
def test_a_form_sent_twenty_times_at_once_makes_what_one_makes(system, figure, name):
    told = next(one for one in system.filled["forms"] if one["name"] == name)
    (first, second), query = (Window(system, who) for who in told["who"]), ASKED_FOR.get(name, "")
    system.sql(FIRST.get(name, "SELECT"))
    page = first.get(told["paths"][0] + query)
    if name not in NO_KEY and "one_off_key" not in Form(page.body).fields:
        pytest.skip("This page changes a record that is there; its version keeps it from being changed twice.")
    before = settled(system)
    answer = send(first, name, told["paths"][0], filled_in(name, page.body, 0))
    assert answer.status in ({200, 302} if name in TELL_ONCE else {302}), Form(answer.body).links or re.findall("<li><p>.*", answer.body)
    system.sql(FIRST.get(name, "SELECT"))
    once = settled(system)
    sent = filled_in(name, second.get(told["paths"][1] + query).body, 1)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda _turn: send(second, name, told["paths"][1], sent), range(AT_ONCE)))
    answers.append(send(second, name, told["paths"][1], sent))
    assert ledger.grown(once, settled(system)) == ledger.grown(before, once)
    if name in NO_KEY:
        assert {one.status for one in answers} <= {302, 422}
    else:
        later = [one for one in answers if name not in TELL_ONCE or one.status == 302]
        assert len(later) >= AT_ONCE
        assert {(one.status, one.location) for one in later} == {(302, later[0].location)}
    figure("R1", f"forms that make something, each sent {AT_ONCE} times at once and once more", "1 made", "1 made each")


def test_the_next_called_by_a_press_sent_twenty_times_is_one_visitor(system, figure):
    desk, counter = Window(system, "reception"), Window(system, "counter-0")
    act = ledger.visit(system)
    for _visitor in range(3):
        assert desk.post(act.path, act.form()).led_on
    calls = "SELECT count(*) FROM reception_visitevent WHERE verb = 'called' AND employee_id = (SELECT id FROM staff_employee WHERE number = 'C0000')"
    before, pressed = system.one(calls), {"one_off_key": key()}
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda _turn: counter.post("/reception/counter/next/", pressed), range(AT_ONCE)))
    assert {one.status for one in answers} == {302}
    assert system.one(calls) == before + 1
    figure("R1", f"the press that calls the next, sent {AT_ONCE} times at once", "1 called", "1 called")


def test_a_kiosk_touched_twenty_times_gives_one_ticket(system, figure):
    visitor, path = Window(system), f"/kiosk/{system.filled['kiosk']}/"
    form = Form(visitor.get(path).body)
    sent = {name: values for name, values in form.values.items() if name != "csrfmiddlewaretoken"} | {"choice": f"p{system.filled['purposes']['see-products']}"}
    before = ledger.rows_of(system)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda _turn: visitor.post(path, sent), range(AT_ONCE)))
    answers.append(visitor.post(path, sent))
    assert {answer.status for answer in answers} == {200}
    assert len({TICKET.search(answer.body)[1] for answer in answers}) == 1
    grown = ledger.grown(before, ledger.rows_of(system))
    assert (grown["reception_visit"], grown["reception_serviceleg"]) == (1, 1)
    figure("R1", f"a kiosk's form, sent {AT_ONCE} times at once and once more", "1 ticket", "1 ticket, told each time")


def test_one_appointment_that_arrives_by_desk_and_by_phone_at_once_is_one_visit(system, figure):
    expected, before = system.filled["appointment"], ledger.rows_of(system)
    desk, phone = Window(system, "reception"), Window(system)
    ways = [(desk, f"/reception/appointments/{expected['pk']}/arrive/"), (phone, f"/arrive/{expected['token']}/")]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda turn: ways[turn % 2][0].post(ways[turn % 2][1], {}), range(AT_ONCE)))
    assert {answer.status for answer in answers} <= {302, 429}
    grown = ledger.grown(before, ledger.rows_of(system))
    assert (grown["reception_visit"], grown["reception_serviceleg"]) == (1, 1)
    figure("R1", f"one appointment arrives {AT_ONCE} times at once, at the desk and by phone", "1 visit", "1 visit")
