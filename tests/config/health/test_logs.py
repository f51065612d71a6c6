"""Log lines: structured, with the request's reference, without a personal value (RELIABILITY A13)."""
import json
import logging
import sys

import pytest

from config.logs import JsonLine, RequestLog, configure, reference, struck_out


def line(message, *args, error=None, name="app", **extra):
    """A record as the formatter writes it."""
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, error)
    record.__dict__.update(extra)
    return json.loads(JsonLine().format(record))


@pytest.mark.parametrize("text", ["13812345678", "+86 138 1234 5678", "021-5888 1234", "(0512)67891234", "mei@example.com"])
def test_numbers_and_addresses_are_struck_out(text):
    assert text not in line("call %s now", text)["event"]


@pytest.mark.parametrize("text", ["job 12345 done", "succeeded in 0.01234567s: None", "task[0b1c2d3e-1111-4222-8333-944445555666]"])
def test_what_is_no_number_of_a_person_stays(text):
    assert struck_out(text) == text


def test_an_exception_is_told_by_kind_and_place_without_what_it_quotes():
    try:
        raise ValueError("Key (phone)=(张伟 13812345678) already exists.")
    except ValueError:
        written = line("a step failed", error=sys.exc_info())
    assert written["error"]["kind"] == "ValueError"
    assert "test_logs.py" in written["error"]["places"][-1]
    assert "张伟" not in json.dumps(written, ensure_ascii=False)


def test_a_broken_constraint_is_named(db):
    from django.db import IntegrityError, transaction

    from config.accounts.models import User

    User.objects.create_user("mei")
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        User.objects.create_user("MEI")
    written = line("x", error=(broken.type, broken.value, broken.tb))
    assert written["error"]["constraint"] == "user_name_once"
    assert "mei" not in json.dumps(written["error"]).lower().replace("test_logs", "")


def test_a_page_leaves_a_line_with_route_and_reference_and_never_the_address(client, db, caplog):
    with caplog.at_level(logging.INFO, "hallkeeper.request"):
        answer = client.get("/login/?next=/track/SECRET01/")
    record = next(one for one in caplog.records if one.name == "hallkeeper.request")
    assert record.status == 200
    assert record.route == "login"
    written = JsonLine().format(record)
    assert "SECRET01" not in written
    assert answer["X-Request-Reference"]


def test_a_page_that_is_not_there_is_told_without_its_address():
    written = line("%s: %s", "Not Found", "/track/SECRET01/", name="django.request", status_code=404)
    assert (written["event"], written["status_code"]) == ("Not Found", 404)


@pytest.mark.parametrize("reason", ["CSRF token missing.", "Referer checking failed - https://halls.example/track/SECRET01/ does not match any trusted."])
def test_a_form_from_elsewhere_is_told_without_its_address(reason):
    written = line("Forbidden (%s): %s", reason, "/track/SECRET01/", name="django.security.csrf", status_code=403)
    assert written["event"] == reason.partition(" - ")[0]
    assert "SECRET01" not in json.dumps(written)


def test_the_reference_stands_in_every_line_of_its_request(rf):
    lines = []

    def page(request):
        lines.append(line("inside"))
        raise KeyError("x")

    request = rf.get("/")
    request.reference = "ABCD1234"
    with pytest.raises(KeyError):
        RequestLog(page)(request)
    assert lines[0]["reference"] == "ABCD1234"
    assert reference.get() == ""


def test_lines_go_to_standard_output_as_json(capsys):
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure({"level": "INFO"})
        logging.getLogger("any").info("hello", extra={"hall": 3})
    finally:
        root.handlers[:], root.level = handlers, level
    written = json.loads(capsys.readouterr().out)
    assert (written["event"], written["hall"], written["level"]) == ("hello", 3, "info")
