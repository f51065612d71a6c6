"""A promise from the visit in which it was made until it is kept: on the list, on My day, broken for the supervisor, counted (REC-29)."""
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.contributions.figures import HALL, INDICATORS, PERSON, Figure, Subjects
from config.contributions.holdings import HOLDINGS
from config.errors import Refused
from config.web.periods import Period
from reception.customers import services as customers
from reception.promises import queries, services, sources, states
from reception.promises.models import Promise
from reception.promises.search import find
from reception.visits import states as visit_states
from staff.duties import services as duties
from staff.duties.models import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast):
    """A visit of a known customer whom `sales` serves."""
    return cast.visit_for(customer=cast.customer_for(owner="sales"), adviser="sales", state=visit_states.IN_SERVICE)


def promised(cast, visit, who="sales", *, hours=3, what="Send the drawing", now=None, **more):
    """What the person promises in the visit, due in so many hours."""
    now = now or cast.now
    return services.promise(cast.actor(who), hall=visit.hall, customer=visit.customer, kind="visit", record_id=visit.pk, what=what,
                            due_at=now + timedelta(hours=hours), told_by="in_person", now=now, **more)


def overdue(cast, visit, who="sales", **more):
    """One made yesterday whose moment passed an hour ago."""
    return promised(cast, visit, who, hours=23, now=cast.now - timedelta(hours=24), **more)


def sent(client, address, **facts):
    """The form of this page, filled in and sent."""
    page = client.get(address)
    form = page.context["form"]
    given = {name: form.initial.get(name) for name in form.fields if form.initial.get(name) is not None}
    given = {name: getattr(value, "pk", value) for name, value in given.items()}
    return client.post(address, {"one_off_key": page.context["one_off_key"], **given, **facts})


@pytest.mark.req("REC-29")
def test_a_promise_made_in_a_visit_stands_on_the_list_with_its_moment_and_once_broken_with_the_supervisor(cast, visit, client_as):
    sales = client_as("sales")
    make = reverse("make_promise", args=["visit", visit.pk])
    assert make in sales.get(reverse("visit", args=[visit.pk])).content.decode()
    later = timezone.localtime(cast.now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    answer = sent(sales, make, what="Send the drawing", when="other", due_at=later)
    row = Promise.objects.get()
    assert answer.headers["Location"] == reverse("promise", args=[row.pk])
    assert row.owner == row.promised_by == cast.people["sales"]
    assert (row.customer, row.kind, row.record_id) == (visit.customer, "visit", visit.pk)
    listed = sales.get(reverse("promises")).content.decode()
    assert "Send the drawing" in listed and timezone.localtime(row.due_at).strftime("%H:%M") in listed
    supervisor = client_as("supervisor")
    part = reverse("broken_promises")
    assert part in supervisor.get(reverse("home")).content.decode() and "Broken promises" not in supervisor.get(part).content.decode()
    Promise.objects.update(promised_at=cast.now - timedelta(days=1), due_at=cast.now - timedelta(hours=1))
    assert duties.run("promise", now=cast.now) == 1
    assert Promise.objects.get().state == states.BROKEN
    for page in (part, f"{reverse('promises')}?state=broken"):
        assert reverse("promise", args=[row.pk]) in supervisor.get(page).content.decode(), page
    for other in ("manager2", "supervisor2"):
        assert reverse("promise", args=[row.pk]) not in client_as(other).get(part).content.decode()
    assert client_as("colleague").get(part).status_code == client_as("reception").get(part).status_code == 403
    services.keep(cast.actor("sales"), row, result="Sent", answer_by="phone", now=cast.now)
    assert Promise.objects.get().state == states.LATE
    assert reverse("promise", args=[row.pk]) not in supervisor.get(part).content.decode()
    assert reverse("promise", args=[row.pk]) not in supervisor.get(f"{reverse('promises')}?state=broken").content.decode()


def test_it_is_the_duty_of_its_owner_until_it_is_kept(cast, visit, client_as):
    row, sales = promised(cast, visit), client_as("sales")
    duty = Duty.objects.get()
    assert (duty.employee, duty.due_at, duty.record_id, duty.kind) == (cast.people["sales"], row.due_at, row.pk, "promise")
    assert reverse("promise", args=[row.pk]) in sales.get(reverse("home")).content.decode()
    assert sent(sales, reverse("keep_promise", args=[row.pk]), result="Sent by WeChat", answer_by="wechat").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.ended_by, row.result) == (states.KEPT, cast.people["sales"], "Sent by WeChat")
    assert Duty.objects.get().state == "done" and reverse("promise", args=[row.pk]) not in sales.get(reverse("home")).content.decode()
    assert [one.history_change_reason for one in row.history.all()] == ["kept", "promised"]


def test_kept_after_its_moment_is_late_even_before_the_clock_came(cast, visit):
    row = services.keep(cast.actor("sales"), overdue(cast, visit), result="Done", answer_by="phone", now=cast.now)
    assert row.state == states.LATE and Duty.objects.get().state == "late"


def test_kept_exactly_at_its_moment_is_kept(cast, visit):
    row = promised(cast, visit)
    assert services.keep(cast.actor("sales"), row, result="Done", answer_by="phone", now=row.due_at).state == states.KEPT


def test_the_clock_breaks_each_promise_once_and_leaves_those_still_ahead(cast, visit):
    overdue(cast, visit)
    promised(cast, visit)
    assert [services.break_late(cast.now) for _ in range(2)] == [1, 0]
    assert sorted(Promise.objects.values_list("state", flat=True)) == ["broken", "open"]
    assert Promise.history.filter(history_change_reason="broken").count() == 1


def test_it_is_withdrawn_only_with_a_reason_and_when_the_customer_agrees(cast, visit, client_as):
    row, address = promised(cast, visit), None
    with pytest.raises(Refused, match="Ask the customer first"):
        services.withdraw(cast.actor("sales"), row, reason="Too hard", agreed=False, answer_by="phone", now=cast.now)
    address, sales = reverse("withdraw_promise", args=[row.pk]), client_as("sales")
    assert sent(sales, address, reason="Not needed", answer_by="phone").status_code == 422
    assert sent(sales, address, reason="", answer_by="phone", agreed="on").status_code == 422
    assert Promise.objects.get().state == states.OPEN
    assert sent(sales, address, reason="Bought elsewhere", answer_by="phone", agreed="on").status_code == 302
    assert (Promise.objects.get().state, Duty.objects.get().state) == (states.WITHDRAWN, "excused")


def test_what_is_over_is_kept_withdrawn_or_handed_over_by_nobody_else(cast, visit):
    row, actor = promised(cast, visit), cast.actor("sales")
    services.keep(actor, row, result="Done", answer_by="phone", now=cast.now)
    with pytest.raises(Refused, match="by now"):
        services.keep(actor, row, result="Twice", answer_by="phone", now=cast.now)
    with pytest.raises(Refused, match="by now"):
        services.withdraw(actor, row, reason="x", agreed=True, answer_by="phone", now=cast.now)
    with pytest.raises(Refused, match="by now"):
        services.hand_over(actor, row, owner=cast.people["colleague"], now=cast.now)
    assert Promise.objects.get().result == "Done"


def test_who_opened_the_form_before_somebody_else_acted_is_told(cast, visit, client_as):
    row, sales = promised(cast, visit), client_as("sales")
    services.hand_over(cast.actor("manager"), row, owner=cast.people["colleague"], now=cast.now)
    answer = sent(sales, reverse("keep_promise", args=[row.pk]), result="Done", answer_by="phone", version=1)
    assert answer.status_code == 422 and Promise.objects.get().state == states.OPEN


def test_handed_over_it_leaves_one_day_and_stands_on_the_other_also_there_and_back(cast, visit):
    row, actor = promised(cast, visit), cast.actor("manager")
    for minute, name in enumerate(("colleague", "sales", "colleague"), start=1):
        services.hand_over(actor, row, owner=cast.people[name], now=cast.now + timedelta(minutes=minute))
        assert Duty.objects.get(state="open").employee == cast.people[name]
    with pytest.raises(Refused, match="keeps it already"):
        services.hand_over(actor, row, owner=cast.people["colleague"], now=cast.now)
    with pytest.raises(Refused, match="Choose somebody else"):
        services.hand_over(actor, row, owner=cast.people["logistics"], now=cast.now)


def test_who_leaves_hands_on_what_they_promised(cast, visit):
    row = promised(cast, visit)
    services.keep(cast.actor("sales"), promised(cast, visit), result="Done", answer_by="phone", now=cast.now)
    holding = HOLDINGS.get("promises")
    assert list(holding.owned(cast.people["sales"])) == [row]
    holding.hand_over(cast.actor("manager"), holding.owned(cast.people["sales"]), cast.people["colleague"], cast.now)
    assert not holding.owned(cast.people["sales"]).exists() and Promise.objects.get(pk=row.pk).promised_by == cast.people["sales"]


@pytest.mark.parametrize("hours, words", [(0, "has passed"), (-2, "has passed"), (24 * 400, "more than a year")])
def test_a_moment_that_nobody_can_promise_is_refused(cast, visit, hours, words):
    with pytest.raises(Refused, match=words):
        promised(cast, visit, hours=hours)
    assert not Promise.objects.exists() and not Duty.objects.exists()


def test_the_form_offers_moments_as_people_say_them_and_takes_the_chosen_one(cast, visit, client_as):
    sales, make = client_as("sales"), reverse("make_promise", args=["visit", visit.pk])
    offered = sales.get(make).context["form"].offered
    assert "days" in offered or "friday" in offered
    choice, moment = list(offered.items())[-1]
    assert sent(sales, make, what="Call back", when=choice).status_code == 302
    assert Promise.objects.get().due_at == moment
    answer = sent(sales, make, what="Call back", when="other", due_at="")
    assert answer.status_code == 422 and "due_at" in answer.context["form"].errors
    assert sent(sales, make, what="", when=choice).status_code == 422 and Promise.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_promise(cast, visit, client_as):
    sales, make = client_as("sales"), reverse("make_promise", args=["visit", visit.pk])
    page = sales.get(make)
    facts = {"one_off_key": page.context["one_off_key"], "what": "Call", "when": "other", "told_by": "phone", "owner": cast.people["sales"].pk,
             "due_at": timezone.localtime(cast.now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")}
    assert [sales.post(make, facts).status_code for _ in range(2)] == [302, 302]
    assert Promise.objects.count() == 1


def test_it_may_be_made_from_a_visit_a_follow_up_a_complaint_and_a_file_but_for_nobody_without_a_customer(cast, client_as):
    assert sources.kinds() == ["complaint", "customer", "follow_up", "visit"]
    sales, unnamed = client_as("sales"), cast.visit_for(adviser="sales", state=visit_states.IN_SERVICE)
    assert sales.get(reverse("make_promise", args=["visit", unnamed.pk])).status_code == 404
    assert reverse("make_promise", args=["visit", unnamed.pk]) not in sales.get(reverse("visit", args=[unnamed.pk])).content.decode()
    file = cast.customer_for(owner="sales")
    make = reverse("make_promise", args=["customer", file.pk])
    assert make in sales.get(reverse("customer", args=[file.pk])).content.decode()
    later = timezone.localtime(cast.now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")  # which days have a word depends on the day of the week
    assert sent(sales, make, what="Call back", when="other", due_at=later).status_code == 302
    assert Promise.objects.get().hall == cast.hall
    assert sales.get(reverse("make_promise", args=["area", 1])).status_code == 404


def test_the_box_of_a_page_shows_what_was_promised_there_to_who_may_open_it(cast, visit, client_as):
    row = promised(cast, visit)
    for kind, pk in (("visit", visit.pk), ("customer", visit.customer_id)):
        address = reverse("promises_of_record", args=[kind, pk])
        assert address in client_as("sales").get(reverse(kind, args=[pk])).content.decode()
        assert row.what in client_as("sales").get(address).content.decode()
        assert client_as("sales2").get(address).status_code == 404


def test_colleagues_and_other_halls_do_not_find_it(cast, visit, client_as):
    row = promised(cast, visit)
    for name, status in (("colleague", 404), ("outsider", 404), ("sales2", 404), ("manager2", 404), ("supervisor2", 404), ("logistics", 403),
                         ("reception", 200), ("agent", 200), ("supervisor", 200), ("manager", 200)):
        assert client_as(name).get(reverse("promise", args=[row.pk])).status_code == status, name
    assert client_as("manager2").post(reverse("keep_promise", args=[row.pk]), {"result": "x", "answer_by": "phone", "version": 1}).status_code == 404


def kept(cast, visit, state, who="sales"):
    """A promise of yesterday that ended so."""
    row = overdue(cast, visit, who)
    over = {"kept": row.due_at, "late": cast.now, "withdrawn": row.due_at}.get(state)
    Promise.objects.filter(pk=row.pk).update(state=state, ended_at=over, reason="Bought elsewhere" if state == "withdrawn" else "")
    return row


def test_the_kept_rate_counts_late_and_broken_against_and_withdrawn_not_at_all_and_opens_its_records(cast, visit, client_as):
    for state in ("kept", "kept", "late", "broken", "withdrawn"):
        kept(cast, visit, state)
    promised(cast, visit)
    due = Promise.objects.first().due_at
    figure, period = INDICATORS.get("promises-kept"), Period.of("month", timezone.localtime(due).date())
    sales, colleague = cast.people["sales"].pk, cast.people["colleague"].pk
    [(key, facts)] = figure.measure([period], Subjects(PERSON, (sales, colleague))).items()
    assert key == (period, sales) and figure.read(facts) == Figure(50.0, 4, 2)
    [(_key, of_hall)] = figure.measure([period], Subjects(HALL, (cast.hall.pk,))).items()
    assert figure.read(of_hall) == Figure(50.0, 4, 2)
    behind = figure.records(period, Subjects(PERSON, (sales,)))
    assert (behind.whole.count(), behind.part.count()) == (4, 2)
    assert sorted(behind.excluded.values_list("why", flat=True)) == ["running", "withdrawn"]
    page = client_as("supervisor").get(f"{reverse('indicator', args=['promises-kept'])}?period={period.key}").content.decode()
    assert "Promise kept rate" in page


def test_rates_take_one_statement_however_many_people(cast, visit, django_assert_num_queries):
    for name in ("sales", "colleague", "outsider"):
        kept(cast, visit, "kept", name)
    with django_assert_num_queries(1):
        INDICATORS.get("promises-kept").measure([Period.of("year", cast.today)], Subjects(PERSON, tuple(person.pk for person in cast.people.values())))


def test_merged_files_bring_their_promises_and_an_open_one_holds_the_erasing(cast, visit):
    row, kept_file = promised(cast, visit), cast.customer_for(owner="sales")
    customers.merge(cast.actor("manager"), kept_file, visit.customer, choices={}, reason="", now=cast.now)
    row.refresh_from_db()
    assert row.customer == kept_file

    class People:
        ids = [kept_file.pk]

    assert queries.still_promised(People) == {kept_file.pk}
    services.keep(cast.actor("sales"), row, result="Done", answer_by="phone", now=cast.now)
    assert queries.still_promised(People) == set()


def test_the_command_bar_finds_what_is_still_promised(cast, visit, client_as):
    promised(cast, visit, what="Bring the oak samples")
    assert [hit["label"] for hit in find(cast.user("sales"), "oak sam", 5)] == ["Bring the oak samples"]
    assert find(cast.user("sales2"), "oak sam", 5) == [] and find(cast.user("logistics"), "oak sam", 5) == []
