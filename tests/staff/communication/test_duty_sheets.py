"""Duty sheets: numbered duties and rights of each position with the page that carries each out, printed, read and confirmed (STF-03)."""
from datetime import timedelta

import pytest
import yaml
from django.urls import reverse

from config.embedded.places import CHECKOUT
from config.errors import Changed, Refused
from staff.communication.sheets import plans, queries, services
from staff.communication.sheets.models import DutyLine, DutySheet, SheetReading
from staff.duties.models import Duty
from staff.organisation.models import Employee, Position
from staff.regulation.models import ParameterValue

DATA = CHECKOUT / "staff" / "communication" / "data" / "duty_sheets.yaml"


def sheet_of(cast, who="sales"):
    """The sheet of this person's position."""
    return DutySheet.objects.get(position=cast.people[who].postings.get().position)


@pytest.fixture
def reading(cast):
    """The clock has asked everybody; the salesperson's sheet."""
    plans.write_readings(cast.now, cast.now)
    return SheetReading.objects.get(employee=cast.people["sales"])


def test_every_position_has_a_sheet_and_those_of_the_regulation_their_numbered_lines(cast):
    delivered = Position.objects.exclude(code__startswith="cast-")
    assert set(delivered.filter(duty_sheet=None)) == set()
    manager = DutyLine.objects.filter(sheet__position__code="hall-manager")
    assert [(line.number, line.clause) for line in manager][:2] == [(1, "S0 §2.2.1.1"), (2, "S0 §2.2.1.2")]
    adviser = DutyLine.objects.filter(sheet__position__code="account-manager")
    assert (adviser.filter(kind="duty").count(), adviser.filter(kind="right").count()) == (7, 6)


def test_the_delivered_lines_name_pages_that_are_there_and_stand_in_three_languages():
    for group in yaml.safe_load(DATA.read_text(encoding="utf-8")):
        for line in group["lines"]:
            assert not line["page"] or reverse(line["page"])
            assert all(line[code] for code in ("en", "zh-hans", "zh-hant")) and line["clause"]


def test_whoever_holds_a_position_is_asked_once_within_the_days_of_the_regulation(cast):
    ParameterValue.objects.create(key="duty_sheet_reading_days", value=9, hall=cast.other_hall, valid_from=cast.today, reason="own")
    assert plans.write_readings(cast.now, cast.now) > 10 and plans.write_readings(cast.now, cast.now) == 0
    days = {who: (SheetReading.objects.get(employee=cast.people[who]).due_at - timedelta(seconds=1)).astimezone(cast.now.tzinfo).date() - cast.today
            for who in ("sales", "sales2")}
    assert days == {"sales": timedelta(days=5), "sales2": timedelta(days=9)}
    duty = Duty.objects.get(kind=services.KIND, employee=cast.people["sales"])
    assert duty.record_id == SheetReading.objects.get(employee=cast.people["sales"]).pk
    assert not SheetReading.objects.filter(employee__in=[cast.people["admin"], cast.people["auditor"]]).exists()


@pytest.mark.req("STF-03")
def test_a_person_reads_their_sheet_with_links_confirms_it_and_superiors_see_the_date_and_print_it(cast, reading, client_as):
    url, sales = reverse("duty_sheet", args=[reading.pk]), client_as("sales")
    assert url in sales.get(reverse("home")).content.decode()
    page = sales.get(url).content.decode()
    assert "Develop customers and fulfil the own sales task" in page and "S0 §2.2.3.1" in page and f'href="{reverse("customers")}"' in page
    assert not SheetReading.objects.exclude(confirmed_at=None).exists()  # looking is not confirming
    sales.post(reverse("confirm_duty_sheet", args=[reading.pk]))
    reading.refresh_from_db()
    assert reading.confirmed_at and Duty.objects.get(record_id=reading.pk, kind=services.KIND).state == "done"
    listed = client_as("supervisor").get(reverse("duty_sheets"), {"reading": "read"}).content.decode()
    assert "Sales Wang" in listed and "confirmed on" in listed and "Colleague Wang" not in listed
    paper = client_as("supervisor").get(reverse("duty_sheet_paper", args=[reading.pk])).content.decode()
    assert "Develop customers" in paper and "Signature, date" in paper and "Reading confirmed in the system" in paper


def test_a_page_that_the_reader_may_not_open_is_not_linked(cast):
    DutyLine.objects.filter(sheet=sheet_of(cast)).update(page="access_log")
    lines = queries.lines_of(sheet_of(cast), cast.user("sales"))["duty"]
    assert lines and not any(line.address for line in lines)
    assert all(line.address for line in queries.lines_of(sheet_of(cast), cast.user("manager"))["duty"])
    DutyLine.objects.filter(sheet=sheet_of(cast)).update(page="gone_since")
    assert not any(line.address for line in queries.lines_of(sheet_of(cast), cast.user("manager"))["duty"])


def test_nobody_confirms_for_a_colleague_and_strangers_do_not_find_the_sheet(cast, reading, client_as):
    with pytest.raises(Refused, match="colleague"):
        services.confirm(cast.actor("supervisor"), reading, now=cast.now)
    url = reverse("duty_sheet", args=[reading.pk])
    codes = {"sales": 200, "supervisor": 200, "manager": 200, "hr": 200, "colleague": 404, "outsider": 404, "manager2": 404, "sales2": 404}
    assert {who: client_as(who).get(url).status_code for who in codes} == codes


def test_a_late_confirmation_is_late_and_the_first_one_stays(cast, reading):
    late = reading.due_at + timedelta(minutes=1)
    services.confirm(cast.actor("sales"), reading, now=late)
    assert services.confirm(cast.actor("sales"), reading, now=late + timedelta(days=1)).confirmed_at == late
    assert Duty.objects.get(record_id=reading.pk, kind=services.KIND).state == "late"


def test_a_new_edition_is_read_by_everybody_again_and_the_old_one_is_asked_no_more(cast, reading):
    services.confirm(cast.actor("sales"), reading, now=cast.now)
    other, sheet, hr = SheetReading.objects.get(employee=cast.people["colleague"]), sheet_of(cast), cast.actor("hr")
    services.save_line(hr, sheet, kind="duty", text={"en": "Help at the door"}, clause="", page="", now=cast.now)
    assert plans.write_readings(cast.now, cast.now) == 0  # a line alone asks nobody
    services.issue(hr, sheet, now=cast.now)
    assert set(SheetReading.objects.filter(sheet=sheet, edition=2).values_list("employee__user__username", flat=True)) == {
        "sales", "colleague", "outsider", "sales2"}
    assert Duty.objects.get(record_id=other.pk, kind=services.KIND).state == "excused"
    with pytest.raises(Refused, match="newer edition"):
        services.confirm(cast.actor("colleague"), other, now=cast.now)
    assert {row.edition for row in queries.for_list(cast.user("hr")).filter(sheet=sheet)} == {2}


def test_issued_in_two_windows_it_is_one_edition(cast):
    sheet = sheet_of(cast)
    services.issue(cast.actor("hr"), sheet, now=cast.now, version=1)
    with pytest.raises(Changed):
        services.issue(cast.actor("hr"), sheet, now=cast.now, version=1)
    sheet.refresh_from_db()
    assert sheet.edition == 2


def test_an_empty_sheet_is_not_issued(cast):
    empty = DutySheet.objects.get(position__code="trainer")
    with pytest.raises(Refused, match="has no line"):
        services.issue(cast.actor("hr"), empty, now=cast.now)


def test_who_changes_position_is_asked_for_the_new_sheet_and_who_left_for_none(cast, reading):
    manager = sheet_of(cast, "manager").position
    cast.people["sales"].postings.update(position=manager)
    Employee.objects.filter(pk=cast.people["colleague"].pk).update(state=Employee.State.LEFT, left_on=cast.today)
    cast.people["colleague"].postings.update(ends_on=cast.today - timedelta(days=1))
    assert plans.write_readings(cast.now, cast.now) == 1
    states = {(duty.employee.user.username, duty.state) for duty in Duty.objects.filter(kind=services.KIND, employee__in=[
        cast.people["sales"], cast.people["colleague"]])}
    assert states == {("sales", "excused"), ("sales", "open"), ("colleague", "excused")}


def test_only_who_keeps_the_regulation_changes_lines_and_not_over_another_window(cast, client_as):
    line = DutyLine.objects.filter(sheet=sheet_of(cast)).first()
    url = reverse("change_duty_line", args=[line.pk])
    assert {who: client_as(who).get(url).status_code for who in ("manager", "general", "admin", "hr")} == {
        "manager": 403, "general": 403, "admin": 403, "hr": 200}
    sent = {"kind": "duty", "text_en": "Develop customers", "clause": "S0", "page": "customers", "version": line.version}
    assert client_as("hr").post(url, sent).status_code == 302
    assert client_as("hr").post(url, sent | {"text_en": "Other"}).status_code == 422
    line.refresh_from_db()
    assert str(line) == "Develop customers"
    assert client_as("hr").post(reverse("remove_duty_line", args=[line.pk])).status_code == 302
    assert not DutyLine.objects.filter(pk=line.pk).exists()


def test_a_position_made_later_gets_an_empty_sheet_from_the_clock(cast):
    made = Position.objects.create(code="guide", name={"en": "Guide"}, role="reception")
    plans.write_readings(cast.now, cast.now)
    assert made.duty_sheet.edition == 1 and not made.duty_sheet.readings.exists()
