"""Opening hours as people write them."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.organisation import hours

points = st.lists(st.integers(0, 1440), unique=True, max_size=8).map(sorted).filter(lambda found: len(found) % 2 == 0)


@pytest.mark.parametrize(("text", "spans"), [
    ("", []), ("9:00-12:30", [(540, 750)]), ("13:30-18:00 09:00—12:30", [(540, 750), (810, 1080)]), ("08:30～12:00，13:00至24:00", [(510, 720), (780, 1440)]),
    ("09:00-12:00, 12:00-13:00", [(540, 720), (720, 780)]), ("09：00-18：00", [(540, 1080)]),
])
def test_hours_are_read_in_the_ways_halls_write_them(text, spans):
    assert hours.read(text) == spans


@pytest.mark.parametrize("text", ["09:00", "from 9 to 5", "09:00-25:00", "24:30-24:40", "10:00-09:00", "09:00-12:00 11:59-13:00", "09:00-12:00 closed"])
def test_what_cannot_be_read_is_not_guessed(text):
    assert hours.read(text) is None


@given(points)
def test_what_is_written_is_read_back(found):
    spans = list(zip(found[::2], found[1::2], strict=True))
    assert hours.read(hours.written(spans)) == spans


def test_days_with_the_same_hours_stand_together():
    week = [(day, 540, 1080) for day in range(5)] + [(5, 600, 960)]
    assert hours.in_words(week) == "Mon–Fri 09:00-18:00, Sat 10:00-16:00"
