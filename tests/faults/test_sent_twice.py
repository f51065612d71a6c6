"""The same form sent twenty times at once, and again after the answer, makes what one makes (RELIABILITY R1)."""
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.access.page import Form
from tests.faults import ledger
from tests.faults.asked import ASKED_FOR, FILES, FIRST, TELL_ONCE, filled_in
from tests.faults.fill import NO_KEY, makers
from tests.faults.system import until
from tests.faults.window import Window, key

AT_ONCE = 20
TICKET = re.compile(r'class="kiosk__no num">([A-Z]+\d+)<')


@pytest.fixture(scope="module")
def forms(system):
    """The forms by their names, about records of now. Beat rests, so that every new row comes from a form."""
    with system.down("beat"):
        made = json.loads(system.run("-m", "tests.faults.fill", "forms", DJANGO_SETTINGS_MODULE="config.settings_test"))
        yield {one["name"]: one for one in made}


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
def test_a_form_sent_twenty_times_at_once_makes_what_one_makes(system, forms, figure, name):
    told = forms[name]
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


def test_after_all_of_that_every_sum_that_is_kept_is_what_its_records_make(system, figure):
    system.run("manage.py", "verify")  # ends with 1 where one differs
    figure("R1", "sums that are kept, counted anew after all of the above", "no difference", "no difference")
