"""What the clock makes due goes from My day to done in a real browser: a follow-up call, a cleaning round on a phone, a month's appraisal."""
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from config.accounts.actor import Actor
from facilities.cleaning import plans as cleaning
from facilities.cleaning.models import CleaningRound
from facilities.cleaning.surfaces import surfaces
from performance.appraisals import chain
from performance.appraisals.models import Appraisal
from performance.appraisals.months import last_day, period_of
from performance.appraisals.schemes import indicators
from reception.followups import plans as followups
from reception.followups.models import FollowUp
from reception.visits import services as visits
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Posting
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def do(page, words):
    """Open My day and do the line that says these words."""
    page.goto("/")
    page.locator(".tt tr", has_text=words).first.get_by_role("link", name="Do it").click()


def send(page):
    """Send the form, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator("main .btn--go").click()


def press(page, name):
    """Press a button of the page, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def nothing_of(page, words):
    """My day does not speak of it any more."""
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".tt tr", has_text=words)).to_have_count(0)


@pytest.fixture
def call(cast):
    """The call after a visit that ended in business two days ago, made due by the clock."""
    then = cast.now - timedelta(days=2)
    visit = cast.visit_for(customer=cast.customer_for(name="李国强", phone="13800138000"), adviser="sales", state="in_service", minutes_ago=2 * 24 * 60 + 30)
    visits.close(Actor(cast.users["sales"]), visit, outcome="business", now=then)
    ScheduleMark.objects.create(key=followups.AFTER_PURCHASE, through=then)
    assert duties.run(followups.AFTER_PURCHASE, now=cast.now) == 1
    return FollowUp.objects.get()


@pytest.mark.req("REC-61")
def test_a_call_is_tried_planned_again_and_recorded(window, cast, call):
    page = window("sales")
    do(page, "李国强")
    page.locator(".phone button").click()
    expect(page.locator(".phone a")).to_have_text("138 0013 8000")
    page.get_by_role("link", name="Not reached").click()
    page.locator("[name=again_at]").fill("tomorrow 10:00")
    page.locator("[name=note]").fill("Engaged")
    send(page)
    expect(page.locator("main")).to_contain_text("2 tries left")
    expect(page.locator("main")).to_contain_text("tomorrow 10:00")
    do(page, "李国强")
    page.get_by_role("link", name="Record the follow-up").click()
    page.get_by_label("in use, with problems").check()
    page.locator("[name=satisfaction]").fill("4")
    page.get_by_label("would buy again and recommend").check()
    page.locator("[name=problem]").fill("The door drags")
    page.locator("[name=department]").select_option(label="Sales department")
    send(page)
    expect(page.locator("main")).to_contain_text("What was said")
    nothing_of(page, "李国强")
    page.goto(f"/reception/follow-ups/{call.pk}/")
    page.get_by_role("link", name="Answer").click()
    page.locator("[name=answer]").fill("Adjusted on Monday")
    send(page)
    press(page, "All answered and told: close")
    expect(page.locator("main")).to_contain_text("closed")
    call.refresh_from_db()
    assert (call.state, call.tries, call.satisfaction, Duty.objects.get(kind="follow_up").state) == ("closed", 1, 4, "done")


@pytest.mark.req("FAC-07")
def test_a_round_is_ticked_on_a_phone_with_the_standard_in_sight_and_checked_by_the_manager(window, cast):
    ScheduleMark.objects.create(key=cleaning.DAILY, through=datetime.combine(cast.today, datetime.min.time(), SHANGHAI))
    assert duties.run(cleaning.DAILY, now=datetime.combine(cast.today, datetime.strptime("05:10", "%H:%M").time(), SHANGHAI)) == 2
    rnd = CleaningRound.objects.get(hall=cast.hall)
    page = window("logistics", viewport=PHONE, has_touch=True)
    do(page, "Cleaning round of")
    for one in surfaces().values():
        expect(page.get_by_text(str(one["standard"])).first).to_be_visible()
    count = rnd.items.count()
    assert page.locator("button.roll__b").first.bounding_box()["height"] >= 44
    for number in range(1, count + 1):
        page.locator("button.roll__b[aria-pressed=false]").first.tap()
        expect(page.locator(".roll__n")).to_have_text(re.compile(rf"^\s*{number}\s*/\s*{count}\s*$"))
    page.locator("button.roll__b[aria-pressed=true]").last.tap()  # taken back, and ticked again
    expect(page.locator("button.roll__b[aria-pressed=false]")).to_have_count(1)
    page.locator("button.roll__b[aria-pressed=false]").tap()
    press(page, "The round is done")
    expect(page.locator("main")).to_contain_text("Logistics Wang")
    nothing_of(page, "Cleaning round of")
    boss = window("manager")
    boss.goto(f"/facilities/rounds/{rnd.pk}/")
    boss.get_by_role("link", name="Check", exact=True).click()
    boss.locator("[name=score]").fill("95")
    send(boss)
    expect(boss.locator("main")).to_contain_text("95 points by Manager Wang")
    rnd.refresh_from_db()
    assert (rnd.state, rnd.score) == ("checked", 95)
    assert Duty.objects.get(record_id=rnd.pk).state in {"done", "late"}  # by the hour at which the test runs


@pytest.fixture
def sheet(cast):
    """The sheet of `sales` for last month, opened by the clock before its end."""
    Posting.objects.update(starts_on=cast.today - timedelta(days=400))
    period = period_of(cast.today.replace(day=1) - timedelta(days=1))
    opens = datetime.combine(last_day(period) - timedelta(days=3), datetime.min.time(), SHANGHAI)
    for key in (chain.SELF_REVIEW, chain.MONTHLY):
        ScheduleMark.objects.create(key=key, through=opens - timedelta(hours=1))
    duties.run(chain.SELF_REVIEW, now=opens + timedelta(minutes=10))
    return Appraisal.objects.get(employee=cast.people["sales"])


def score_all(page, sheet):
    """Choose a level by its words, or points, for every indicator."""
    for row in sheet.scores.all():
        levels = indicators()[row.indicator]["levels"]
        if levels:
            page.locator(f"label:has([name=level_{row.pk}])").nth(3).click()
            expect(page.locator(f"label:has([name=level_{row.pk}])").nth(3)).to_contain_text(str(levels[3]))
        else:
            page.locator(f"[name=points_{row.pk}]").fill("85")
    send(page)


@pytest.mark.req("PRF-08", "PRF-20")
def test_a_months_appraisal_goes_from_the_self_review_to_the_file_each_stage_from_the_day_of_whose_turn_it_is(window, cast, sheet):
    words, address = f"{cast.people['sales'].name}, {sheet.period}", f"/performance/appraisals/{sheet.pk}/"
    person, supervisor, head, hr = (window(name) for name in ("sales", sheet.supervisor.user.username, "department", "hr"))
    do(person, words)
    person.get_by_role("link", name="Write the self-review").click()
    person.locator("[name=facts]").fill("Sold twelve kitchens")
    send(person)
    expect(person.locator("main")).to_contain_text("Sold twelve kitchens")
    nothing_of(person, words)
    do(supervisor, words)
    supervisor.get_by_role("link", name="Score", exact=True).click()
    expect(supervisor.locator("aside").filter(has_text="Sold twelve kitchens")).to_be_visible()
    score_all(supervisor, sheet)
    press(supervisor, "All scored: hand on")
    head.goto(address)
    expect(head.get_by_role("button", name="Approve")).to_have_count(0)  # the review is closed without the interview
    do(supervisor, words)
    supervisor.get_by_role("link", name="Record the interview").click()
    for name in ("strengths", "weaknesses", "advice", "plan"):
        supervisor.locator(f"[name={name}]").fill(f"The {name}")
    send(supervisor)
    nothing_of(supervisor, words)
    do(person, words)
    person.get_by_role("link", name="Read and sign").click()
    person.locator("[name=comment]").fill("Agreed")
    send(person)
    expect(person.locator("main")).to_contain_text("Agreed")
    do(head, words)
    press(head, "Approve")
    nothing_of(head, words)
    do(hr, words)
    press(hr, "File")
    expect(hr.locator("main")).to_contain_text("filed")
    nothing_of(hr, words)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.grade != "", sheet.comment) == ("filed", True, "Agreed")
    assert not Duty.objects.filter(kind="appraisal", record_id=sheet.pk, state="open").exists()
