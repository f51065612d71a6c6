"""Confidentiality agreements: without one no page of customers opens; reading, signing, renewing; who has none (STF-52)."""
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from config.accounts.access import may
from config.accounts.models import AccessEvent
from config.errors import Refused
from reception.customers.models import Customer
from staff.communication.agreements import plans, rules, services, texts
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.duties.models import Duty
from staff.organisation.models import Deputy, Employee
from staff.regulation.models import ParameterValue

CLOSED = ("desk", "visits", "customers", "follow_ups", "appointments", "board")


def unbind(cast, name, until=None):
    Employee.objects.filter(pk=cast.people[name].pk).update(bound_until=until)
    return cast.people[name]


@pytest.mark.req("STF-52")
def test_a_missing_agreement_blocks_the_pages_of_customers_and_a_signed_one_opens_them(cast, as_role):
    file = cast.customer_for(name="Li Jianguo", owner="sales")
    person = unbind(cast, "sales")
    client, address = as_role("sales"), reverse("customer", args=[file.pk])
    for url in (address, *(reverse(name) for name in CLOSED)):
        answer = client.get(url)
        assert answer.status_code == 403, url
        assert "Sign the confidentiality agreement first" in answer.content.decode() and reverse("sign_agreement") in answer.content.decode(), url
        assert "Li Jianguo" not in answer.content.decode()
    assert not Customer.objects.visible_to(cast.user("sales")).exists()
    assert AccessEvent.objects.filter(user_id=cast.users["sales"].pk, act="refused", outcome="customers.read").exists()
    assert "Customer pages are closed to you" in client.get("/").content.decode()
    assert client.post(reverse("sign_agreement"), {"signature": person.name}).status_code == 302
    assert "Li Jianguo" in client.get(address).content.decode()
    row = ConfidentialityAgreement.objects.get()
    assert (row.signature, row.text, row.ends_on) == (person.name, texts.whole("en"), rules.ends_on(timezone.localdate(), 12))
    assert "Customer pages are closed to you" not in client.get("/").content.decode()


def test_an_agreement_holds_for_the_months_that_the_regulation_says_on_its_day(cast, as_role):
    ParameterValue.objects.create(key="confidentiality_renewal_months", value=6, valid_from=timezone.localdate(), reason="sooner")
    person = unbind(cast, "sales")
    as_role("sales").post(reverse("sign_agreement"), {"signature": person.name})
    assert ConfidentialityAgreement.objects.get().ends_on == rules.ends_on(timezone.localdate(), 6) < rules.ends_on(timezone.localdate(), 12)


def test_looking_customers_up_by_script_is_closed_too(cast, as_role):
    cast.customer_for(name="Li Jianguo", phone="13800138000", owner="sales")
    unbind(cast, "sales")
    client = as_role("sales")
    answer = client.post(reverse("suggest_customers"), {"q": "13800138000"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 403 and "Jianguo" not in answer.content.decode()


def test_it_holds_to_the_last_day_and_not_a_day_longer(cast, as_role):
    for until, code in ((cast.today, 200), (cast.today - timedelta(days=1), 403)):
        unbind(cast, "manager", until)
        assert as_role("manager").get(reverse("customers")).status_code == code


def test_what_has_no_customers_stays_open_without_it(cast, as_role):
    unbind(cast, "manager")
    client = as_role("manager")
    assert all(client.get(reverse(name)).status_code == 200 for name in ("home", "areas", "notices", "present", "agreements"))
    assert not may(cast.user("manager"), "customers.read") and may(cast.user("manager"), "presence.approve")


def test_who_stands_in_for_another_needs_an_agreement_of_their_own(cast, as_role):
    Deputy.objects.create(employee=cast.people["supervisor"], deputy=cast.people["logistics"], starts_on=cast.today, ends_on=cast.today)
    assert as_role("logistics").get(reverse("customers")).status_code == 200
    unbind(cast, "logistics")
    assert as_role("logistics").get(reverse("customers")).status_code == 403


@pytest.mark.parametrize("typed", ["", "Somebody Else", "sales"])
def test_only_the_own_name_signs(cast, typed):
    unbind(cast, "sales")
    with pytest.raises(Refused):
        services.sign(cast.actor("sales"), signature=typed, now=cast.now)
    assert not ConfidentialityAgreement.objects.exists()


def test_case_and_blanks_of_the_name_do_not_matter(cast):
    person = unbind(cast, "sales")
    assert services.sign(cast.actor("sales"), signature=f"  {person.name.upper().replace(' ', '')}", now=cast.now)


def test_it_is_signed_as_it_was_read_in_the_language_of_the_reader(cast):
    person = unbind(cast, "sales")
    with translation.override("zh-hans"):
        row = services.sign(cast.actor("sales"), signature=person.name, now=cast.now)
    assert (row.language, row.text) == ("zh-hans", texts.whole("zh-hans")) and "客户信息" in row.text


def test_it_is_renewed_in_the_last_month_alone(cast):
    today = timezone.localtime(cast.now).date()
    person = unbind(cast, "sales", today + timedelta(days=rules.RENEWAL_DAYS))
    with pytest.raises(Refused):
        services.sign(cast.actor("sales"), signature=person.name, now=cast.now)
    unbind(cast, "sales", today + timedelta(days=rules.RENEWAL_DAYS - 1))
    services.sign(cast.actor("sales"), signature=person.name, now=cast.now)
    assert Employee.objects.get(pk=person.pk).bound_until == rules.ends_on(today, 12)


def test_the_clock_asks_who_has_none_or_whose_ends_soon_once_and_signing_ends_the_duty(cast):
    today = timezone.localtime(cast.now).date()
    for name, until in (("sales", None), ("agent", today + timedelta(days=10)), ("colleague", today - timedelta(days=3))):
        unbind(cast, name, until)
    assert plans.write_reminders(cast.now, cast.now) == 3
    assert plans.write_reminders(cast.now, cast.now) == 0
    asked = Duty.objects.filter(schedule=services.REMINDER)
    assert {duty.employee.user.username for duty in asked} == {"sales", "agent", "colleague"}
    assert asked.get(employee=cast.people["agent"]).due_at.date() >= today + timedelta(days=10)
    services.sign(cast.actor("sales"), signature=cast.people["sales"].name, now=cast.now)
    assert asked.get(employee=cast.people["sales"]).state == "done"
    assert asked.get(employee=cast.people["agent"]).state == "open"


def test_hr_sees_who_has_none_and_a_supervisor_the_own_team_alone(cast, as_role):
    unbind(cast, "sales")
    unbind(cast, "sales2")
    page = as_role("hr").get(reverse("agreements") + "?state=missing").content.decode()
    assert "Sales Wang" in page and "Sales2 Wang" in page and "Agent Wang" not in page
    page = as_role("supervisor").get(reverse("agreements") + "?state=missing").content.decode()
    assert "Sales Wang" in page and "Sales2 Wang" not in page


def test_reading_and_printing_an_agreement_is_on_record(cast, as_role):
    unbind(cast, "sales")
    row = services.sign(cast.actor("sales"), signature=cast.people["sales"].name, now=cast.now)
    client = as_role("hr")
    assert "I keep secret" in client.get(reverse("agreement", args=[row.pk])).content.decode()
    assert "FRM-49" in client.get(reverse("agreement_paper", args=[row.pk])).content.decode()
    assert list(AccessEvent.objects.filter(kind="agreement").order_by("pk").values_list("act", "record_id")) == [("view", row.pk), ("print", row.pk)]


def test_the_desk_takes_not_one_statement_more_for_it(as_role):
    client = as_role("reception")
    client.get(reverse("desk"))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("desk"))
    assert not [one["sql"] for one in seen if "confidentialityagreement" in one["sql"]]
    assert len([one["sql"] for one in seen if "config_kindclass" in one["sql"]]) <= 1  # with the account


def test_the_database_keeps_no_agreement_without_a_name(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialityAgreement.objects.create(employee=cast.people["sales"], edition=1, language="en", text="x", signature="", signed_at=cast.now,
                                                ends_on=cast.today)


@pytest.mark.parametrize(("day", "months", "end"), [("2026-01-31", 1, "2026-02-27"), ("2024-02-29", 12, "2025-02-27"), ("2026-03-02", 12, "2027-03-01")])
def test_it_holds_so_many_months_less_a_day(day, months, end):
    assert rules.ends_on(date.fromisoformat(day), months) == date.fromisoformat(end)
