"""When what is told may leave, and what the chat services read: rules without a database."""
import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.notifications import robots, rules

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("clock, start, end, quiet", [
    ("22:00", "21:00", "07:30", True), ("03:00", "21:00", "07:30", True), ("07:30", "21:00", "07:30", False), ("12:00", "21:00", "07:30", False),
    ("12:00", "12:00", "13:00", True), ("13:00", "12:00", "13:00", False), ("12:00", "12:00", "12:00", False), ("12:00", None, None, False)])
def test_quiet_hours_hold_from_their_beginning_to_their_end_also_over_midnight(clock, start, end, quiet):
    read = [time.fromisoformat(one) if one else None for one in (clock, start, end)]
    assert rules.is_quiet(*read) is quiet


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(SHANGHAI)), st.times(), st.times())
def test_what_is_told_leaves_at_once_or_at_the_first_moment_that_is_not_quiet(local, start, end):
    leaves = rules.leaves_at(local, start, end)
    assert leaves >= local and leaves - local <= timedelta(days=1)
    assert not rules.is_quiet(leaves.time(), start, end)
    if not rules.is_quiet(local.time(), start, end):
        assert leaves == local


@pytest.mark.parametrize("at, last, due", [("07:59", None, False), ("08:00", None, True), ("23:00", date(2026, 1, 13), True),
                                          ("08:30", date(2026, 1, 14), False)])
def test_the_mail_of_the_day_goes_once_a_day_from_its_hour_on(at, last, due):
    local = datetime.combine(date(2026, 1, 14), time.fromisoformat(at), SHANGHAI)
    assert rules.digest_is_due(local, 8, last) is due


@pytest.mark.parametrize("service, typed, key", [
    ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4", "693a91f6-7xxx-4bc4"), ("wecom", " 693a-91f6 ", "693a-91f6"),
    ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=ab12", "ab12"), ("dingtalk", "https://oapi.dingtalk.com/robot/send?key=ab12", None),
    ("wecom", "https://evil.example/?q=1", None), ("wecom", "a b", None), ("wecom", "a&b=c", None), ("wecom", "", None), ("wecom", "键", None)])
def test_the_key_is_taken_out_of_the_address_that_people_paste_and_nothing_else_is(service, typed, key):
    assert robots.key_in(service, typed) == key


def test_dingtalks_signature_is_the_one_of_its_documentation():
    """HMAC-SHA256 of the milliseconds, a line break and the secret, in Base64; the value was worked out by openssl."""
    assert robots.signature("1700000000000", "SECabc") == "jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM="
    address = robots.address("dingtalk", "https://x/robot/send", "t", "SECabc", datetime.fromtimestamp(1_700_000_000, UTC))
    assert address.endswith("&timestamp=1700000000000&sign=jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D")
    assert robots.address("wecom", "https://x/send", "k", "SECabc", datetime.now(UTC)) == "https://x/send?key=k"


@given(st.text(max_size=3000))
def test_a_text_is_cut_to_what_the_service_takes_and_stays_text(text):
    sent = json.loads(robots.body("wecom", text))["text"]["content"]
    assert len(sent.encode()) <= robots.LONGEST["wecom"]
    assert sent == text or sent.endswith("…") and text.startswith(sent[:-1])


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"errcode": "0"}', b"null", b"\xff\xfe"])
def test_an_answer_that_says_neither_yes_nor_no_is_not_taken_for_either(answer):
    with pytest.raises(robots.Unreadable):
        robots.read(answer)


def test_an_error_code_is_a_refusal_and_none_is_a_yes():
    assert robots.read(b'{"errcode": 0, "errmsg": "ok"}') is None
    with pytest.raises(robots.Refusal, match="45009"):
        robots.read(b'{"errcode": 45009}')
