"""The same form sent twenty times at once, and again after the answer, makes what one makes (RELIABILITY R1)."""
import io
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
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
NUMBERS = ("一", "二")
TYPED = {  # what is typed into an empty field of this name, for the first and for the second record
    "code": "again-{n}", "name": "赵{zh}", "name_en": "Again {n}", "name_zh_hans": "再{zh}", "name_zh_hant": "再{zh}", "prefix": "{letter}",
    "topic": "Price", "reason": "Seen twice", "note": "Seen twice", "written": "1370000000{n}", "phone": "1370000001{n}", "need": "A window",
    "starts": "0{n}:00", "ends": "0{n}:30", "ends_on": TOMORROW, "valid_from": TOMORROW, "label": "Again {n}", "title": "Again {n}",
}
OTHERWISE = {  # fields of one form that its page does not fill in
    "assign_role": {"role": "reception", "team": "", "department": ""},
    "desk": {"intention": "", "service": "", "source": "", "customer": ""},
    "name_deputy": {"deputy": "E0020"},
    "new_hall": {"url": "", "phone": "", "active_until": ""},
    "new_person": {"number": "", "username": "", "superior": "E0009"},
    "purpose": {"order": "5"},
    "post_person": {"starts_on": TOMORROW},
}
TELL_ONCE = {"new_station"}  # whose first answer tells a key that no later one knows


def drawing():
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, format="PNG")
    return out.getvalue()


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
        sent[field] = [typed] if typed and stands in ([""], ["\n"]) else stands
    sent |= OTHERWISE.get(name, {})
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


@pytest.mark.parametrize("name", [address.name for address in makers()])
def test_a_form_sent_twenty_times_at_once_makes_what_one_makes(system, figure, name):
    told = next(one for one in system.filled["forms"] if one["name"] == name)
    window = Window(system, told["who"])
    page = window.get(told["paths"][0])
    if name not in NO_KEY and "one_off_key" not in Form(page.body).fields:
        pytest.skip("This page changes a record that is there; its version keeps it from being changed twice.")
    before = settled(system)
    answer = send(window, name, told["paths"][0], filled_in(name, page.body, 0))
    assert answer.status in ({200, 302} if name in TELL_ONCE else {302}), Form(answer.body).links or answer.body
    once = settled(system)
    sent = filled_in(name, window.get(told["paths"][1]).body, 1)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda _turn: send(window, name, told["paths"][1], sent), range(AT_ONCE)))
    answers.append(send(window, name, told["paths"][1], sent))
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
