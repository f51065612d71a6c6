"""Two files of one person become one, keep both histories, and come apart again exactly as they were (REC-23)."""
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict

from config.errors import Changed, Refused
from reception.customers import merges, services
from reception.customers.models import ContactPoint, Customer, CustomerHall, CustomerMerge, DuplicatePair, Involvement
from reception.customers.queries import communications_of, duplicate_pairs, suggest
from reception.customers.services.checking import check_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    """Two files of one person: (kept, merged)."""
    def register(name, *phones, **more):
        return services.register_customer(cast.actor("agent"), hall=cast.hall, name=name, phones=phones, now=cast.now, **more)

    return register("王芳", "13800138000", company="华东装饰"), register("王小芳", "138 0013 8000", "13900139000", company="华东装饰")


def merge(cast, kept, merged, **more):
    return services.merge(cast.actor("agent"), kept, merged, **{"choices": {}, "reason": "same person", "now": cast.now, **more})


def everything(*customers):
    """What the database holds of these files: their facts and the rows that point at them."""
    skip = {"version", "search_keys", "sort_key"}
    facts = [{k: v for k, v in model_to_dict(Customer.objects.get(pk=c.pk)).items() if k not in skip} for c in customers]
    rows = {name: sorted(model._base_manager.filter(**{f"{field}__in": customers}).values_list("pk", field))
            for name, model, field in merges.relations() if "CustomerMerge" not in name and "DuplicatePair" not in name and "CustomerKey" not in name}
    mains = sorted(ContactPoint.objects.filter(customer__in=customers, is_primary=True).values_list("pk", flat=True))
    keys = sorted(set(merged_keys(customers)))
    return facts, rows, mains, keys


def merged_keys(customers):
    return [tuple(row) for customer in customers for row in customer.keys.values_list("hall", "customer", "key")]


def test_every_relation_to_a_customer_says_what_a_merge_does_with_it():
    assert merges.undeclared() == []


def test_a_relation_that_nobody_declared_is_named(monkeypatch):
    monkeypatch.delitem(merges._POLICIES, "reception.Visit.customer")
    assert merges.undeclared() == ["reception.Visit.customer"]


@pytest.mark.req("REC-23")
def test_duplicates_are_found_listed_and_merged_and_the_file_keeps_both_histories(as_role, cast, pair):
    kept, merged = pair
    visit = cast.visit_for(customer=merged)
    services.log_communication(cast.actor("agent"), merged, hall=cast.hall, at=cast.now, method="phone", topic="Oak floor", now=cast.now)
    assert services.find_duplicates(cast.actor("agent"), now=cast.now) == 1 and services.find_duplicates(cast.actor("agent"), now=cast.now) == 0
    client = as_role("agent")
    page = client.get("/reception/customers/duplicates/").text
    assert kept.number in page and merged.number in page and "same phone" in page
    answer = client.post(f"/reception/customers/{kept.pk}/merge/{merged.pk}/", {
        "kept_version": kept.version, "merged_version": merged.version, "name": "merged", "reason": "called to say so"})
    assert answer.status_code == 302
    assert client.get(f"/reception/customers/{merged.pk}/")["Location"] == f"/reception/customers/{kept.pk}/"
    page = client.get(f"/reception/customers/{kept.pk}/").text
    assert "王小芳" in page and "Oak floor" in page and merged.number in page
    visit.refresh_from_db()
    assert visit.customer_id == kept.pk and visit.history.first().history_change_reason == f"merged from: {merged.number}"
    assert set(kept.contacts.values_list("value", flat=True)) == {"+8613800138000", "+8613900139000"}
    assert kept.history.count() == 2 and merged.history.count() == 2
    assert merged.number in client.get(f"/reception/customers/{kept.pk}/history/").text
    after = client.get("/reception/customers/duplicates/").text
    assert f"/merge/{merged.pk}/" not in after and f'/undo/">Undo<span class="vh"> {merged.number}<' in after


def test_both_numbers_lead_to_the_kept_file(cast, pair):
    kept, merged = pair
    merge(cast, kept, merged)
    for number in (kept.number, merged.number):
        assert [row.pk for row in suggest(cast.users["agent"], cast.hall, number)] == [kept.pk]


def test_undoing_gives_back_exactly_what_was_there(cast, pair):
    kept, merged = pair
    services.know_in_hall(merged, cast.other_hall, now=cast.now)
    cast.visit_for(customer=merged, adviser="sales", state="in_service")
    services.set_choice(cast.actor("agent"), merged, choice="do_not_contact", reason="asked us", now=cast.now)
    services.seen(merged, at=cast.now + timedelta(minutes=5))
    check_anew([kept.pk, merged.pk])
    before = everything(kept, merged)
    done = merge(cast, kept, merged, choices={"name": "merged"})
    assert everything(kept, merged) != before
    services.undo_merge(cast.actor("agent"), done, now=cast.now)
    assert everything(kept, merged) == before


def test_undoing_leaves_alone_what_somebody_changed_since(cast, pair):
    kept, merged = pair
    done = merge(cast, kept, merged, choices={"name": "merged"})
    services.change(cast.actor("agent"), kept, name="王方", now=cast.now)
    services.undo_merge(cast.actor("agent"), done, now=cast.now)
    assert Customer.objects.get(pk=kept.pk).name == "王方" and Customer.objects.get(pk=merged.pk).name == "王小芳"
    with pytest.raises(Refused, match="undone already"):
        services.undo_merge(cast.actor("agent"), done, now=cast.now)


def test_a_chain_of_merges_is_undone_from_its_end(cast, pair):
    kept, merged = pair
    last = services.register_customer(cast.actor("agent"), hall=cast.hall, name="王芳女士", now=cast.now)
    first, second = merge(cast, merged, last), merge(cast, kept, merged)
    assert Customer.objects.get(pk=last.pk).merged_into_id == kept.pk
    with pytest.raises(Refused, match="later merge"):
        services.undo_merge(cast.actor("agent"), first, now=cast.now)
    services.undo_merge(cast.actor("agent"), second, now=cast.now)
    assert Customer.objects.get(pk=last.pk).merged_into_id == merged.pk
    services.undo_merge(cast.actor("agent"), first, now=cast.now)
    assert Customer.objects.filter(merged_into__isnull=False).count() == 0


def test_the_stricter_choice_stands_whatever_was_chosen(cast, pair):
    kept, merged = pair
    services.set_choice(cast.actor("agent"), merged, choice="do_not_contact", reason="asked us", now=cast.now)
    merge(cast, kept, merged)
    kept.refresh_from_db()
    assert (kept.choice, kept.choice_reason) == ("do_not_contact", "asked us")


def test_rows_that_both_files_have_are_not_doubled(cast, pair):
    kept, merged = pair
    for customer in pair:
        services.involve(customer, cast.people["sales"], kind="visit", record_id=7, now=cast.now)
    merge(cast, kept, merged)
    assert CustomerHall.objects.filter(customer=kept).count() == 1
    assert Involvement.objects.filter(customer=kept).count() == 1
    assert [row.topic for row in communications_of(kept)] == []


def test_a_merged_file_refuses_every_further_verb(cast, pair):
    kept, merged = pair
    contact = merged.contacts.first()
    merge(cast, kept, merged)
    for act in (lambda: services.change(cast.actor("agent"), merged, name="x", now=cast.now),
                lambda: services.set_choice(cast.actor("agent"), merged, choice="declined", reason="x", now=cast.now),
                lambda: merge(cast, kept, merged), lambda: merge(cast, merged, kept)):
        with pytest.raises(Refused, match="merged"):
            act()
    assert ContactPoint.objects.filter(pk=contact.pk).exists()


def test_who_changed_a_file_since_the_merge_page_was_opened_is_not_run_over(cast, pair):
    kept, merged = pair
    versions = (kept.version, merged.version)
    services.change(cast.actor("manager"), merged, name="王晓芳", now=cast.now)
    with pytest.raises(Changed, match=str(cast.users["manager"])):
        merge(cast, kept, merged, versions=versions)
    assert not CustomerMerge.objects.exists()


def test_pairs_said_to_be_different_do_not_come_back(cast, pair, as_role):
    services.find_duplicates(cast.actor("agent"), now=cast.now)
    as_role("agent").post(f"/reception/customers/{pair[0].pk}/different/{pair[1].pk}/")
    services.find_duplicates(cast.actor("agent"), now=cast.now)
    assert not duplicate_pairs(cast.users["agent"]).exists()
    assert DuplicatePair.objects.get().state == "different"


def test_the_search_through_the_whole_company_is_for_those_who_answer_for_files_and_once_in_a_while(cast, pair, as_role):
    url = "/reception/customers/duplicates/find/"
    assert as_role("sales").post(url).status_code == as_role("reception").post(url).status_code == 403
    assert url not in as_role("agent").get("/reception/customers/duplicates/").text
    assert url in as_role("manager").get("/reception/customers/duplicates/").text
    assert "New pairs in the whole company: 1" in as_role("manager").post(url, follow=True).text
    assert "looked through a few minutes ago" in as_role("supervisor").post(url, follow=True).text


def test_files_of_another_hall_are_neither_listed_nor_merged(as_role, cast, pair):
    services.find_duplicates(cast.actor("agent"), now=cast.now)
    assert pair[0].number not in as_role("agent2").get("/reception/customers/duplicates/").text
    assert as_role("agent2").get(f"/reception/customers/{pair[0].pk}/merge/{pair[1].pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_a_merge_and_an_edit_at_the_same_moment_nothing_is_lost(cast):
    kept, merged = (services.register_customer(cast.actor("agent"), hall=cast.hall, name=name, now=cast.now) for name in ("王芳", "王小芳"))
    ends, start = [], threading.Barrier(2)

    def run(act):
        start.wait()
        try:
            act()
            ends.append("done")
        except Refused:
            ends.append("refused")
        finally:
            connection.close()

    acts = [lambda: merge(cast, kept, merged, choices={"name": "merged"}, versions=(kept.version, merged.version)),
            lambda: services.change(cast.actor("agent"), merged, version=merged.version, name="王晓芳", now=cast.now)]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done", "refused"]
    assert Customer.objects.filter(pk=merged.pk, merged_into=kept).exists() != Customer.objects.filter(pk=merged.pk, name="王晓芳").exists()


@pytest.mark.django_db(transaction=True)
def test_who_arrives_while_their_file_is_being_merged_waits_for_it_and_is_told_the_kept_one(cast):
    kept, merged = (services.register_customer(cast.actor("agent"), hall=cast.hall, name=name, now=cast.now) for name in ("王芳", "王小芳"))
    ends = []

    def arrive():
        try:
            services.came(merged, cast.hall, at=cast.now + timedelta(minutes=1), now=cast.now + timedelta(minutes=1))
            ends.append("logged")
        except Refused as refusal:
            ends.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=arrive)
    with transaction.atomic():
        merge(cast, kept, merged)
        thread.start()
        thread.join(0.5)
        waited = not ends
    thread.join()
    assert waited and kept.number in ends[0]


def test_the_statements_of_a_merge_do_not_grow_with_the_visits(cast, django_assert_max_num_queries):
    def spent(count):
        kept, merged = (services.register_customer(cast.actor("agent"), hall=cast.hall, name="王芳", now=cast.now) for _ in range(2))
        for _ in range(count):
            cast.visit_for(customer=merged)
        with django_assert_max_num_queries(200) as seen:
            merge(cast, kept, merged)
        return len(seen)

    assert spent(1) == spent(6)
