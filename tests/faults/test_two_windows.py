"""Two windows on one record: the second save is told who changed it, and neither text is lost (RELIABILITY R2)."""
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from tests.access.page import Form
from tests.faults import ledger
from tests.faults.window import Window

ROUNDS = 10


def visit_to_edit(system):
    """The key of a visit just logged."""
    act, window = ledger.visit(system), Window(system, "reception")
    return int(window.post(act.path, act.form()).location.rpartition("saved=")[2])


def opened(window, path):
    """The form of the page as it stands, ready to be sent."""
    form = Form(window.get(path).body)
    return {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("fields", [("need", "need"), ("need", "interest")], ids=["the same field", "different fields"])
def test_of_two_windows_at_once_no_text_is_lost_in_silence(system, rounds, figure, fields):
    windows, count = (Window(system, "reception"), Window(system, "manager")), rounds(ROUNDS)
    texts = ("A quiet flat by the lake", "A shop at the corner")
    told = 0
    with ThreadPoolExecutor(2) as people:
        for _round in range(count):
            pk = visit_to_edit(system)
            path = f"/reception/visits/{pk}/edit/"
            forms = [opened(window, path) | {field: [text]} for window, field, text in zip(windows, fields, texts, strict=True)]
            answers = list(people.map(lambda one, path=path: one[0].post(path, one[1]), zip(windows, forms, strict=True)))
            kept = system.sql("SELECT need, interest FROM reception_visit WHERE id = %s", [pk])[0]
            for answer, text in zip(answers, texts, strict=True):
                if answer.led_on:
                    assert text in kept, "a save was acknowledged and its text is not there"
                else:
                    assert answer.status in (409, 422)
                    assert text in unescape(answer.body), "the typed text is gone from the form"
                    assert "changed this record" in answer.body, "nobody says who was quicker"
                    told += 1
            assert any(answer.led_on for answer in answers)
    figure("R2", f"two windows save one record at once, {' and '.join(dict.fromkeys(fields))}, {count} times", "0 lost in silence",
           f"0 lost; {told} told who was quicker, text kept")
