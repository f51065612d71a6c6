"""What customers consent to, what is told to others because of it, and how they like to be reached (REC-26, REC-27)."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.errors import Refused
from reception.customers import services
from reception.customers.consent_models import Consent, Disclosure
from reception.customers.consent_texts import consent_texts
from reception.customers.models import Customer
from reception.customers.queries import callable_customers
from reception.followups.models import FollowUp

PARTNER = "华东物流"


def given(cast, customer, purpose="disclosure", third_party=PARTNER, **facts):
    """A consent, as the desk writes it down."""
    return services.give_consent(cast.actor("reception"), customer, **{
        "purpose": purpose, "third_party": third_party, "channel": "spoken", "version": "1", "text": "Yes", "given_at": cast.now - timedelta(hours=1),
        "now": cast.now, **facts})


def told(cast, customer, **facts):
    """Something told to the partner."""
    return services.disclose(cast.actor("reception"), customer, **{"to_whom": PARTNER, "what": "number", "why": "delivery", "at": cast.now,
                                                                   "now": cast.now, **facts})


@pytest.mark.req("REC-27")
def test_without_the_consent_of_the_customer_nothing_is_told_to_a_partner_and_with_it_each_time_is_on_record(cast, as_role):
    customer, client = cast.customer_for(), as_role("reception")
    telling = {"to_whom": PARTNER, "what": "name and number", "why": "delivery", "at": timezone.localtime(cast.now).strftime("%Y-%m-%d %H:%M")}

    def tell():
        key = client.get(reverse("disclose", args=[customer.pk])).context["one_off_key"]
        return client.post(reverse("disclose", args=[customer.pk]), telling | {"one_off_key": key})

    refused = tell()
    assert refused.status_code == 422
    assert f"The customer has not consented that {PARTNER} is told anything." in refused.content.decode()
    assert not Disclosure.objects.exists()
    consent = given(cast, customer)
    given(cast, customer, third_party="Another")
    assert tell().status_code == 302
    row = Disclosure.objects.get()
    assert (row.to_whom, row.what, row.why, row.consent, row.by.username) == (PARTNER, "name and number", "delivery", consent, "reception")
    page = client.get(reverse("customer_consents", args=[customer.pk])).content.decode()
    assert PARTNER in page and "name and number" in page
    client.post(reverse("withdraw_consent", args=[consent.pk]), {"channel": "phone"})
    assert tell().status_code == 422
    assert Disclosure.objects.count() == 1


def test_a_consent_keeps_the_text_that_was_read_its_version_time_and_channel(cast, as_role):
    customer, client = cast.customer_for(), as_role("reception")
    url = reverse("give_consent", args=[customer.pk])
    key = client.get(url).context["one_off_key"]
    client.post(url, {"purpose": "promotion", "channel": "phone", "given_at": "2026-01-05 09:30", "one_off_key": key})
    consent = Consent.objects.get()
    assert (consent.version, consent.text) == (consent_texts()["version"], consent_texts()["texts"]["promotion"]["en"])
    assert (consent.channel, consent.third_party, consent.given_at.year) == ("phone", "", 2026)


def test_a_withdrawn_consent_to_promotion_takes_the_customer_off_the_lists_to_call_at_once(cast):
    customer, other = cast.customer_for(), cast.customer_for()
    consent = given(cast, customer, purpose="promotion")
    assert set(callable_customers(cast.users["agent"])) == {customer, other}
    services.withdraw(cast.actor("reception"), consent, channel="phone", now=cast.now)
    assert list(callable_customers(cast.user("agent"))) == [other]
    given(cast, customer, purpose="promotion")
    assert set(callable_customers(cast.user("agent"))) == {customer, other}


REFUSED = [({"third_party": " "}, "Name who may be told"), ({"given_at": None}, "still to come")]


@pytest.mark.parametrize(("facts", "sentence"), REFUSED)
def test_a_consent_names_the_party_and_lies_in_the_past(cast, facts, sentence):
    facts = facts | ({"given_at": cast.now + timedelta(hours=1)} if "given_at" in facts else {})
    with pytest.raises(Refused, match=sentence):
        given(cast, cast.customer_for(), **facts)


def test_the_same_consent_stands_once_and_is_withdrawn_once(cast):
    customer = cast.customer_for()
    consent = given(cast, customer)
    with pytest.raises(Refused, match="stands already"):
        given(cast, customer)
    services.withdraw(cast.actor("reception"), consent, channel="spoken", now=cast.now)
    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw(cast.actor("reception"), consent, channel="spoken", now=cast.now)


@pytest.mark.parametrize(("minutes", "sentence"), [(5, "still to come"), (-120, "consented later")])
def test_what_was_told_lies_between_the_consent_and_now(cast, minutes, sentence):
    customer = cast.customer_for()
    given(cast, customer)
    with pytest.raises(Refused, match=sentence):
        told(cast, customer, at=cast.now + timedelta(minutes=minutes))


def test_a_consent_of_a_merged_file_counts_for_the_kept_one(cast):
    kept, merged = cast.customer_for(), cast.customer_for()
    given(cast, merged)
    services.merge(cast.actor("manager"), kept, merged, choices={}, reason="", now=cast.now)
    assert told(cast, Customer.objects.get(pk=kept.pk)).consent.customer == merged


@pytest.mark.parametrize("statement", ["UPDATE reception_disclosure SET what = 'x'", "DELETE FROM reception_disclosure"])
def test_what_was_told_is_only_ever_added_to(cast, as_application, statement):
    customer = cast.customer_for()
    given(cast, customer)
    told(cast, customer)
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        as_application.execute(statement)


@pytest.mark.req("REC-26")
def test_the_wishes_stand_on_top_of_the_call_form_on_the_file_and_on_the_desks_card(cast, as_role):
    customer = cast.customer_for(owner="sales")
    client = as_role("manager")
    wishes = {"prefers_channel": "wechat", "prefers_time": "after 6 pm", "prefers_language": "Cantonese", "prefers_manner": "speak slowly"}
    assert client.post(reverse("customer_wishes", args=[customer.pk]), wishes | {"version": 1}).status_code == 302
    row = FollowUp.objects.create(hall=cast.hall, customer=customer, employee=cast.people["manager"], trigger="period", slot="1", state="due",
                                  begins_at=cast.now, due_at=cast.now)
    told = "by WeChat · after 6 pm · Cantonese · speak slowly"
    for url in (reverse("record_follow_up", args=[row.pk]), reverse("not_reached", args=[row.pk]), reverse("follow_up", args=[row.pk]),
                reverse("customer", args=[customer.pk]), reverse("desk_customer", args=[customer.pk])):
        page = client.get(url).content.decode()
        assert told in page, url
    form = client.get(reverse("record_follow_up", args=[row.pk])).content.decode()
    assert form.index(told) < form.index("<form method=\"post\" novalidate")
    assert client.post(reverse("customer_wishes", args=[customer.pk]), wishes | {"version": 1}).status_code == 422  # somebody saved it since


def test_the_wishes_cost_the_card_no_statement(cast, as_role):
    customer, counts = cast.customer_for(), []
    client = as_role("reception")
    client.get(reverse("desk_customer", args=[customer.pk]))
    for wish in ("", "after 6 pm"):
        Customer.objects.filter(pk=customer.pk).update(prefers_time=wish)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("desk_customer", args=[customer.pk]))
        counts.append(len(seen))
    assert counts[0] == counts[1]
