"""The pure rules of stations: estimates, hidden names, posts as a screen shows them, spans of the day."""
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.visits.stations import rules


@pytest.mark.parametrize(("ahead", "each", "served", "counters", "minutes"), [
    (0, 600, 5, 1, 5),      # the one being served counts half
    (1, 600, 5, 1, 15),
    (3, 480, 20, 2, 15),    # 14 minutes, told in steps of five
    (2, 60, 5, 1, 3),
    (0, 30, 5, 4, 1),       # never "about 0 minutes"
    (3, 480, 4, 2, None),   # four visitors say nothing yet
    (3, 0, 9, 2, None),
    (1, 600, 5, 0, 15),     # nobody serves now: reckoned as if one did
])
def test_an_estimate_is_people_ahead_by_time_each_over_counters(ahead, each, served, counters, minutes):
    assert rules.estimate(ahead, each, served, counters) == minutes


@given(st.integers(0, 200), st.integers(1, 7200), st.integers(5, 500), st.integers(0, 20))
def test_more_people_ahead_never_shorten_the_wait_and_more_counters_never_lengthen_it(ahead, each, served, counters):
    here = rules.estimate(ahead, each, served, counters)
    assert here >= 1
    assert rules.estimate(ahead + 1, each, served, counters) >= here >= rules.estimate(ahead, each, served, counters + 1)


@pytest.mark.parametrize(("moment", "begins", "ends", "inside"), [
    (time(22), time(21), time(6), True), (time(5, 59), time(21), time(6), True), (time(6), time(21), time(6), False),
    (time(12), time(11), time(13), True), (time(13), time(11), time(13), False), (time(12), None, time(13), False), (time(12), time(8), time(8), False)])
def test_a_span_of_the_day_may_pass_midnight(moment, begins, ends, inside):
    assert rules.in_span(moment, begins, ends) is inside


@pytest.mark.parametrize(("post", "words", "number"), [
    ("Counter 3", "Counter", "3"), ("3 号柜台", "柜台", "3"), ("12號窗口", "窗口", "12"), ("Negotiation table", "Negotiation table", "")])
def test_a_post_is_told_by_its_figure(post, words, number):
    assert rules.apart(post) == (words, number)


@pytest.mark.parametrize(("name", "shown"), [("李建国", "李**"), ("李", "李*"), ("John Smith", "J*** S****"), ("欧阳娜娜", "欧***"), ("", "")])
def test_a_hidden_name_keeps_its_first_sign_alone(name, shown):
    assert rules.hidden(name) == shown


@given(st.text(min_size=2, max_size=40))
def test_no_second_sign_of_a_word_is_ever_shown(name):
    assert not set("".join(word[1:] for word in rules.hidden(name).split())) - {"*"}


@pytest.mark.parametrize(("minute", "told"), [(500, (False, 540)), (600, (True, 720)), (720, (False, 750)), (800, (True, 1080)), (1080, (False, None))])
def test_a_hall_with_a_break_at_noon_says_when_it_opens_again(minute, told):
    assert rules.open_now([(750, 1080), (540, 720)], minute) == told
