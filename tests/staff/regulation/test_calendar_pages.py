"""The working calendar as people keep it: hours of a hall from a day on, single days, holidays by hand, and why a limit falls when it does (GEN-21)."""
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse

from config.contributions.schedules import SCHEDULES
from config.errors import Changed, Refused
from reception.followups import services as followups
from reception.visits import appointments
from reception.visits.stations.queries import opening
from staff.archive import services as archive
from staff.archive.services import requests
from staff.duties.models import Duty
from staff.organisation import hours
from staff.organisation.models import OpeningHours
from staff.regulation import calendar, tasks, working_time
from staff.regulation.calendars import queries, services, steps
from staff.regulation.models import HallCalendar, HallDay, NationalDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = [(540, 720), (780, 1080)]
WEEK = [(day, *span) for day in range(5) for span in OFFICE]
DAY = timedelta(days=1)
NOW = datetime(2026, 9, 1, 10, tzinfo=SHANGHAI)  # a Tuesday


def at(text):
    """A moment by the hall's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def office(cast):
    """The first hall works from Monday to Friday with a break at noon, and keeps holidays."""
    for year in (2025, 2026):
        calendar.fill(cast.actor("admin"), year, now=NOW)
    cast.hall.hours.all().delete()
    OpeningHours.objects.bulk_create(OpeningHours(hall=cast.hall, weekday=day, opens=opens, closes=closes) for day, opens, closes in WEEK)
    HallCalendar.objects.create(hall=cast.hall)
    return cast.hall


def change(cast, hall, week, since, *, keeps=True, by="manager", reason="Fewer visitors", version=None, now=NOW):
    """Other hours from a day on."""
    return services.change_hours(cast.actor(by), hall, week=week, keeps_holidays=keeps, since=since, reason=reason, version=version, now=now)


def enter(cast, hall, day, spans, *, by="manager", now=NOW):
    """Other hours on one day."""
    return services.enter_hall_day(cast.actor(by), hall, day=day, spans=spans, reason="Stocktaking", now=now)


@pytest.mark.req("GEN-21")
def test_a_message_at_night_is_due_after_opening_also_before_a_holiday(cast, office, as_role):
    """By the service that rooms ask for limits, by a call that follows a late visit, and on the page that says why."""
    assert calendar.due("online_reply_minutes", at("2026-09-10 23:40"), office) == at("2026-09-11 09:05")
    assert calendar.due("online_reply_minutes", at("2026-09-30 23:40"), office) == at("2026-10-08 09:05")
    assert calendar.due("online_reply_minutes", at("2026-10-09 23:40"), office) == at("2026-10-10 09:05")  # a Saturday that is worked
    assert calendar.due("enquiry_answer_hours", at("2026-09-30 17:00"), office) == at("2026-10-10 17:00")
    assert calendar.due("business_handling_days", at("2026-09-30 20:00"), office) == at("2026-10-12 18:00")
    visit = cast.visit_for(customer=cast.customer_for(), adviser="sales", outcome="business")
    visit.left_at = at("2026-09-29 22:10")
    assert followups.after_purchases([visit], calendar.of_halls([office]))[0].due_at == at("2026-10-08 18:00")
    page = as_role("sales").get(reverse("try_calendar"), {"hall": office.pk, "since": "2026-09-30 23:40", "limit": "online_reply_minutes", "unit": "minutes"})
    assert page.context["due"] == at("2026-10-08 09:05") and "National Day" in page.content.decode()


def test_a_keeper_has_until_the_end_of_the_next_working_day_for_a_file_that_is_damaged(cast, office):
    item = archive.file(cast.actor("reception"), kind="business", title="Order of Mr Li", day=cast.today, hall=office, cabinet="A", shelf="1",
                        owner=cast.people["sales"], now=cast.now)
    item.keeper = cast.people["reception"]
    requests.tell_keeper(item, at("2026-09-30 19:00"))
    assert Duty.objects.get(record_id=item.pk, kind="archive_item", slot__startswith="damaged").due_at == at("2026-10-09 18:00")
    office.hours.all().delete()
    assert calendar.end_of_working_day(office, NOW) == calendar.end_of_working_day(None, NOW) == NOW + DAY  # who never works is not waited for


def test_a_parameter_that_runs_in_other_days_is_no_limit_of_the_clock(cast, office):
    with pytest.raises(calendar.NotWorkingTime):
        calendar.due("customer_update_days", NOW, office)


def test_hours_hold_from_a_day_on_and_the_past_keeps_its_own(cast, office):
    span = (at("2026-08-24 00:00"), at("2026-08-31 00:00"))
    before = working_time.between(calendar.of(office), *span)
    change(cast, office, [(day, 600, 960) for day in range(6)], date(2026, 9, 14))
    days = calendar.of(office)
    assert working_time.between(days, *span) == before
    assert [hours.shown(days.spans(date(2026, 9, day))) for day in (11, 12, 14, 19)] == ["09:00–12:00, 13:00–18:00", "", "10:00–16:00", "10:00–16:00"]
    change(cast, office, [(day, 540, 1020) for day in range(5)], date(2026, 9, 7))  # a week earlier: it ends where the other begins
    days = calendar.of(office)
    assert [hours.shown(days.spans(date(2026, 9, day))) for day in (4, 7, 11, 14)] == ["09:00–12:00, 13:00–18:00", "09:00–17:00", "09:00–17:00", "10:00–16:00"]
    told = office.history.order_by("-history_id").values_list("history_change_reason", flat=True)[:2]
    assert all(text.startswith("hours changed: Fewer visitors") for text in told)


def test_a_hall_begins_to_keep_holidays_on_a_day_and_the_past_stays(cast, office):
    change(cast, office, WEEK, date(2026, 9, 26), keeps=False)
    days = calendar.of(office)
    assert [days.works_on(date(2026, month, day)) for month, day in ((9, 20), (9, 25), (10, 1), (10, 10), (10, 12))] == [True, False, True, False, True]


def test_one_day_of_a_hall_is_read_in_one_statement_and_as_the_whole_calendar_says(cast, office, django_assert_num_queries):
    enter(cast, office, date(2026, 10, 3), [(600, 840)])
    change(cast, office, [(day, 600, 960) for day in range(5)], date(2026, 11, 2))
    days = [date(2026, 9, 1) + n * DAY for n in range(90)]
    whole = calendar.of(office)
    assert [calendar.spans_on(office, day) for day in days] == [list(whole.spans(day)) for day in days]
    with django_assert_num_queries(1):
        calendar.spans_on(office, days[40])


@pytest.mark.parametrize(("day", "spans", "sentence"), [
    (date(2026, 8, 31), [], "is past"), (date(2026, 9, 2), OFFICE, "anyway"), (date(2026, 10, 1), [], "anyway"), (date(2026, 9, 3), [], "already"),
    (date(1999, 1, 1), [], "is past")])
def test_what_a_single_day_cannot_be_is_refused_with_a_sentence(cast, office, day, spans, sentence):
    enter(cast, office, date(2026, 9, 3), [(540, 600)])
    with pytest.raises(Refused, match=sentence):
        enter(cast, office, day, spans)


def test_a_day_after_a_hall_has_closed_for_good_and_hours_that_change_nothing_are_refused(cast, office):
    office.active_until = date(2026, 12, 1)
    office.save()
    with pytest.raises(Refused, match="does not exist"):
        enter(cast, office, date(2026, 12, 2), [])
    with pytest.raises(Refused, match="already"):
        change(cast, office, WEEK, date(2026, 9, 2))
    with pytest.raises(Refused, match="is past"):
        change(cast, office, [], date(2026, 8, 31))
    with pytest.raises(Changed):
        change(cast, office, [], date(2026, 9, 2), version=office.version + 1)


def test_hours_in_which_a_visitor_is_expected_are_not_taken_away(cast, office):
    row = cast.appointment_for(hall=office)
    row.at = at("2026-09-10 15:00")
    row.save()
    for refused in (lambda: enter(cast, office, date(2026, 9, 10), [(540, 720)]), lambda: change(cast, office, [], date(2026, 9, 7))):
        with pytest.raises(Refused, match="1 visitor is expected"):
            refused()
    assert calendar.spans_on(office, date(2026, 9, 10)) == OFFICE and not HallDay.objects.exists()
    assert enter(cast, office, date(2026, 9, 10), [(840, 1000)]).spans == [[840, 1000]]
    day = HallDay.objects.get()
    row.at = at("2026-09-10 14:30")
    row.save()
    services.remove_hall_day(cast.actor("manager"), day, reason="Put off", now=NOW)
    assert calendar.spans_on(office, date(2026, 9, 10)) == OFFICE


def test_desk_and_kiosk_go_by_holidays_and_single_days(cast, office):
    assert opening(office, at("2026-10-01 10:00")) == {"open": False, "words": "Closed for today", "hours": ""}
    assert opening(office, at("2026-10-10 10:00"))["open"]
    enter(cast, office, date(2026, 10, 12), [(600, 660)])
    assert opening(office, at("2026-10-12 10:30"))["words"] == "Open until 11:00"
    with pytest.raises(Refused, match="shut on that day"):
        appointments.refuse_shut(office, at("2026-10-01 10:00"))
    assert appointments.refuse_shut(office, at("2026-10-12 10:30")) is None


def test_what_was_entered_by_hand_stays_however_often_the_year_is_filled(cast, office):
    admin = cast.actor("admin")
    row = services.change_day(admin, NationalDay.objects.get(day="2026-10-07"), works=True, name={"en": "Worked"}, reason="Sold out", now=NOW)
    services.enter_day(admin, day=date(2026, 11, 11), works=False, name={}, reason="Our own feast", now=NOW)
    services.change_day(admin, NationalDay.objects.get(day="2026-10-10"), works=None, name={}, reason="Not with us", now=NOW)
    for _ in range(2):
        assert calendar.fill(admin, 2026, now=NOW) == 0
    days = calendar.of(office)
    assert [days.works_on(date(2026, month, day)) for month, day in ((10, 7), (11, 11), (10, 10))] == [True, False, False]
    assert row.history.first().history_change_reason == "entered by hand: Sold out" and row.history.first().history_user == cast.user("admin")
    services.give_back(admin, row, reason="A mistake", now=NOW)
    assert services.give_back(admin, NationalDay.objects.get(day="2026-11-11"), reason="A mistake", now=NOW) is None
    assert not calendar.of(office).works_on(date(2026, 10, 7)) and calendar.of(office).works_on(date(2026, 11, 11))
    with pytest.raises(Refused, match="already"):
        services.give_back(admin, NationalDay.objects.get(day="2026-10-07"), reason="Again", now=NOW)
    with pytest.raises(Refused, match="is past"):
        services.enter_day(admin, day=date(2026, 8, 1), works=False, name={}, reason="Too late", now=NOW)


def test_a_day_that_stands_in_the_calendar_is_not_entered_a_second_time(cast, office):
    known = NationalDay.objects.filter(day__gt=NOW.date()).order_by("day").first()
    with pytest.raises(Refused, match="stands in the calendar already") as told:
        services.enter_day(cast.actor("admin"), day=known.day, works=True, name={"en": "Worked"}, reason="Sold out", now=NOW)
    assert told.value.field == "day" and NationalDay.objects.get(day=known.day).name == known.name


def test_the_clock_and_a_command_fill_this_year_and_the_next(cast, capsys):
    assert any(one.key == "calendar-fill" and one.task == "staff.regulation.tasks.fill" for one in SCHEDULES.all())
    NationalDay.objects.all().delete()
    tasks.fill()
    year, count = cast.today.year, NationalDay.objects.count()
    assert set(NationalDay.objects.values_list("day__year", flat=True)) == {year, year + 1} and count > 30
    call_command("fill_calendar", "2026")
    assert "2026: 0 days" in capsys.readouterr().out and NationalDay.objects.count() == count


@pytest.mark.parametrize(("start", "minutes"), [("2026-09-30 23:40", 5), ("2026-09-30 17:30", 600), ("2026-09-19 12:00", 0), ("2026-09-01 12:10", 60)])
def test_the_steps_add_up_to_the_limit_and_end_when_it_is_due(cast, office, start, minutes):
    days, length = calendar.of(office), timedelta(minutes=minutes)
    due, found = steps.of_time(days, queries.why(office, days), at(start), length)
    assert due == working_time.after(days, at(start), length)
    assert sum((step.counted for step in found), timedelta(0)) == length and found[-1].left == timedelta(0)
    assert all(before.last + DAY == step.first for before, step in zip(found, found[1:], strict=False))


def test_a_trial_begins_with_a_message_now_and_says_what_it_cannot_read(cast, office, as_role):
    page = as_role("sales").get(reverse("try_calendar"), {"hall": office.pk})
    assert page.status_code == 200 and page.context["hall"] == office and page.context["due"]
    for typed, said in (({"since": "soon"}, "Enter the day and the time"), ({"since": "2026-09-01 10:00", "length": "999999", "unit": "days"}, "at most 250"),
                        ({"since": "2026-09-01 10:00", "unit": "days"}, "how long it is")):
        answer = as_role("sales").get(reverse("try_calendar"), {"hall": office.pk} | typed)
        assert answer.status_code == 422 and said in answer.content.decode()
    office.hours.all().delete()
    assert "never works long enough" in as_role("sales").get(reverse("try_calendar"), {"hall": office.pk}).content.decode()


def test_the_steps_of_working_days_name_the_holiday_between(cast, office):
    days = calendar.of(office)
    due, found = steps.of_days(days, queries.why(office, days), at("2026-09-30 10:00"), 2)
    assert due == at("2026-10-09 18:00") and sum(step.counted for step in found) == 2
    assert [(step.first.day, step.last.day) for step in found if step.why == "National Day"] == [(1, 3)]


def test_a_manager_sets_hours_and_a_day_of_the_own_hall_alone_through_the_pages(cast, office, as_role):
    mine, day = as_role("manager"), cast.today + 30 * DAY
    form = mine.get(reverse("hall_hours", args=[office.pk]))
    typed = {name: value for name, value in form.context["form"].initial.items() if value is not None and value is not False}
    answer = mine.post(reverse("hall_hours", args=[office.pk]), typed | {"day_5": "10:00-16:00", "since": day.isoformat(), "reason": "Saturdays too"})
    assert answer.status_code == 302 and office.hours.filter(weekday=5, valid_from=day).exists()
    late = mine.post(reverse("hall_hours", args=[office.pk]), typed | {"day_5": "10:00-16:00 15:00-18:00", "since": day.isoformat(), "reason": "Saturdays"})
    assert late.status_code == 422 and "overlap" in late.content.decode()
    address = reverse("new_hall_day", args=[office.pk])
    key = mine.get(address).context["one_off_key"]
    answer = mine.post(address, {"day": (day + 2 * DAY).isoformat(), "spans": "09:00-09:30", "reason": "盘点", "one_off_key": key})
    assert answer.status_code == 302 and "盘点" in mine.get(answer.url).content.decode()
    assert "盘点" in mine.get(reverse("hall", args=[office.pk])).content.decode()
    assert mine.get(reverse("hall_hours", args=[cast.other_hall.pk])).status_code == 404
    assert mine.get(reverse("new_national_day")).status_code == 403


def test_the_administrator_enters_a_holiday_with_its_reason_and_sees_it_with_its_history(cast, as_role):
    admin, day = as_role("admin"), date(cast.today.year + 1, 7, 15)
    key = admin.get(reverse("new_national_day")).context["one_off_key"]
    answer = admin.post(reverse("new_national_day"), {"day": day.isoformat(), "kind": "free", "name_0": "Company day", "reason": "Twenty years",
                                                      "one_off_key": key})
    assert answer.status_code == 302
    row = NationalDay.objects.get(day=day)
    page = admin.get(answer.url).content.decode()
    assert "Twenty years" in page and (row.by_hand, row.works) == (True, False)
    assert "Twenty years" in admin.get(reverse("national_day", args=[row.pk])).content.decode()
    assert admin.post(reverse("fill_calendar"), {"year": day.year}).status_code == 302
    assert NationalDay.objects.filter(day=day, by_hand=True).exists()


def test_the_year_shows_each_day_once_and_the_working_days_of_the_state_council(cast, office):
    year, company = queries.Year(2026, office), queries.Year(2026)
    assert sum(one is not None for _first, weeks in year.months for week in weeks for one in week) == 365
    assert year.worked == company.worked == 248 and queries.Year(2025).worked == 248
    assert {str(one.day)[5:] for one in company.days.values() if one.kind == "moved"} == {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}
    assert company.announced and not queries.Year(2026 + 60).announced
