"""Telephone numbers in every spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.customers.phones import Kind, digits, mask, read_phones, show_local, tail


@pytest.mark.parametrize("written", [
    "13800008000", "138 0000 8000", "138-0000-8000", "+8613800008000", "+86-138 0000 8000", "0086 13800008000", "86 13800008000",
    "１３８００００８０００", "(138)00008000", "013800008000", 13800008000, 1.3800008e10, "13800008000.0", "1.3800008000E+10",
    "手机：13800008000",
    "138—0000—8000", " 138\u00a00000\u30008000 ",
])
def test_every_spelling_of_a_mobile_is_the_same_number(written):
    (phone,) = read_phones(written)
    assert (phone.e164, phone.kind) == ("+8613800008000", Kind.MOBILE)
    assert digits(phone.e164) == "13800008000"


@pytest.mark.parametrize(("written", "e164", "extension"), [
    ("021-5888 1234", "+862158881234", ""),
    ("(0512)6789 1234", "+8651267891234", ""),
    ("０２１－５８８８１２３４", "+862158881234", ""),
    ("+86 (0)21 5888 1234", "+862158881234", ""),
    ("021-5888 1234转801", "+862158881234", "801"),
    ("021-58881234-801", "+862158881234", "801"),
    ("021 5888 1234 ext. 12", "+862158881234", "12"),
    ("021-58881234 分机 6", "+862158881234", "6"),
    ("400-820-8820", "+864008208820", ""),
    (2158881234, "+862158881234", ""),
])
def test_landlines_keep_their_area_code_and_extension(written, e164, extension):
    (phone,) = read_phones(written)
    assert (phone.e164, phone.kind, phone.extension) == (e164, Kind.LANDLINE, extension)


@pytest.mark.parametrize("written", [
    "13800008000/13900009000", "13800008000、13900009000", "13800008000；13900009000", "13800008000\n13900009000",
    "13800008000 13900009000",
    "1380000800013900009000", "13800008000,13900009000", "13800008000 或 13900009000", "13800008000转13900009000",
    "王 13800008000 李 13900009000",
])
def test_two_numbers_in_a_cell_are_two_numbers(written):
    assert [phone.e164 for phone in read_phones(written)] == ["+8613800008000", "+8613900009000"]


def test_a_number_written_twice_is_one():
    assert len(read_phones("13800008000 / 138-0000-8000")) == 1


@pytest.mark.parametrize("written",
                         ["1963049403", "5888 1234", "12345", "1.38E+10", "=1+1", "微信 abc", "2024-03-01", "+86 12345", -13800008000,
                                     float("nan"), float("inf"), 13800008000.5, True])
def test_what_is_no_whole_number_stays_as_it_was_written(written):
    (phone,) = read_phones(written)
    assert (phone.e164, phone.kind, phone.raw) == (None, Kind.UNREADABLE, str(written))


@pytest.mark.parametrize("written", [None, "", "  ", "无", "-", "/", "未留", "没有", "N/A", "none"])
def test_no_number_is_no_number(written):
    assert read_phones(written) == []


def test_the_readable_number_is_read_beside_an_unreadable_one():
    assert [(phone.e164, phone.raw) for phone in read_phones("13800008000/1963049403")] == [
        ("+8613800008000", "13800008000"), (None, "1963049403")]


def test_words_beside_a_number_are_kept_as_its_remark():
    (phone,) = read_phones("13800008000（王太太）")
    assert (phone.e164, phone.remark) == ("+8613800008000", "王太太")


def test_a_local_number_is_completed_with_the_area_code_of_the_hall():
    assert [phone.e164 for phone in read_phones("5888 1234", area_code="021")] == ["+862158881234"]
    assert [phone.e164 for phone in read_phones(58881234, area_code="21")] == ["+862158881234"]


@pytest.mark.parametrize("written", ["+49 1512 3456789", "0049 1512 3456789", "+49 (0)1512 3456789"])
def test_foreign_numbers_need_their_country_code(written):
    (phone,) = read_phones(written)
    assert (phone.e164, phone.kind) == ("+4915123456789", Kind.FOREIGN)


@pytest.mark.parametrize(("e164", "shown", "masked"), [
    ("+8613800008000", "138 0000 8000", "138****8000"),
    ("+862158881234", "021-5888 1234", "021-****1234"),
    ("+8651267891234", "0512-6789 1234", "0512-****1234"),
    ("+864008208820", "400-820-8820", "400-****8820"),
    ("+4915123456789", "+49 1512 3456789", "+49 ****6789"),
])
def test_numbers_are_shown_the_local_way_and_masked(e164, shown, masked):
    assert (show_local(e164), mask(e164)) == (shown, masked)


def test_unreadable_text_is_masked_to_its_last_two_digits():
    assert mask("1963049403") == "****03"
    assert mask("微信 abc") == "****"


def test_the_tail_is_what_a_visitor_says():
    assert tail("+8613800008000") == "8000"
    assert tail("+8613800008000", 6) == "008000"


@pytest.mark.parametrize(("typed", "stored"), [
    ("138 0000", "+8613800008000"), ("+86 138", "+8613800008000"), ("0086138", "+8613800008000"), ("１３８", "+8613800008000"),
    ("021-58", "+862158881234"), ("+86 21 5", "+862158881234"), ("0049 1512", "+4915123456789"), ("+49 151", "+4915123456789"),
])
def test_a_half_typed_number_is_the_beginning_of_the_stored_one(typed, stored):
    assert digits(stored).startswith(digits(typed))


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(),
                 st.text(alphabet="0123456789+-/、() 转ext.０１２８", max_size=60)))
def test_no_text_and_no_number_breaks_the_reading(written):
    for phone in read_phones(written):
        assert (phone.e164 is None) == (phone.kind == Kind.UNREADABLE)
        assert phone.e164 is None or (phone.e164[0] == "+" and phone.e164[1:].isascii() and phone.e164[1:].isdigit())
        assert mask(phone.e164 or phone.raw)
        assert tail(phone.e164 or phone.raw) is not None
    digits(str(written))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-"]), st.sampled_from(["", "+86", "0086", "86 "]))
def test_a_mobile_comes_back_from_every_spelling_and_is_never_shown_whole_when_masked(number, gap, prefix):
    written = prefix + gap.join([number[:3], number[3:7], number[7:]])
    (phone,) = read_phones(written)
    assert digits(written) == digits(phone.e164) == digits(show_local(phone.e164)) == number
    assert mask(phone.e164) == f"{number[:3]}****{number[-4:]}"
