"""The desk: a visitor is logged with two inputs, found again by a tail, and never twice (REC-02)."""
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reception.customers.models import Customer
from reception.visits import queries, states, watch
from reception.visits.hall_now import hall_now
from reception.visits.models import Purpose, ServiceLeg, Visit, VisitEvent
from tests.cast import assignment_for, signed_in


def answers(cast, **more):
    """The least that the desk takes: hall and purpose, with a one-off key."""
    return {"hall": cast.hall.pk, "purpose": cast.purposes["see-products"].pk, "one_off_key": str(uuid.uuid4()), **more}


@pytest.fixture
def post(cast, as_role):
    """Send the desk's form as somebody."""
    return lambda by="reception", **more: as_role(by).post(reverse("desk"), answers(cast, **more))


@pytest.mark.req("REC-02")
def test_hall_and_purpose_alone_save_a_visit_that_stands_on_todays_board_and_counts_in_traffic(cast, post, as_role):
    before = as_role("manager").get(reverse("board")).context["board"].figures["visits"]
    response = post()
    assert response.status_code == 302
    visit = Visit.objects.get()
    assert (visit.hall, visit.state, visit.customer, visit.party_size) == (cast.hall, states.WAITING, None, 1)
    assert visit.receptionist == cast.people["reception"]
    board = as_role("manager").get(reverse("board"))
    assert visit.pk in [row.pk for row in board.context["board"].waiting]
    assert board.context["board"].figures["visits"] == before + 1


def test_the_visitor_gets_a_ticket_of_the_purposes_service(cast, post):
    post()
    leg = ServiceLeg.objects.get()
    assert (leg.service, leg.state, leg.ticket) == (cast.services["advice"], states.QUEUED, "A001")
    assert list(VisitEvent.objects.values_list("verb", flat=True)) == ["arrived", "queued"]


def acts_of(seen):
    """The statements but for the bounds of the transaction, which the test's own makes savepoints."""
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("given, most", [({}, 6), ({"customer": True}, 8), ({"who": "曾一凡 13800138000"}, 14), ({"steps": True, "adviser": True}, 14)],
                         ids=["unnamed", "known", "new", "served at once"])
def test_saving_a_visit_takes_no_more_statements_than_this_in_one_transaction(cast, as_role, customer_for, given, most):
    chosen = {"customer": customer_for().pk if given.get("customer") else "", "who": given.get("who", "")}
    if given.get("adviser"):
        chosen |= {"adviser": cast.people["sales"].pk, "steps": [cast.templates["sales"].steps[0]["key"]]}
    client = as_role("reception")
    with CaptureQueriesContext(connection) as seen:
        assert client.post(reverse("desk"), answers(cast, **chosen)).status_code == 302
    told = "\n".join(sql[:150] for sql in acts_of(seen))
    assert len(acts_of(seen)) <= most, told
    assert len(seen) == len(acts_of(seen)) + 2, told


SCRIPT = {"X-Requested-With": "fetch", "X-Parts": "1"}


@pytest.mark.parametrize("known", [False, True], ids=["unnamed", "known"])
def test_the_script_is_given_what_a_saved_visit_changes_on_the_page_in_the_same_answer(cast, as_role, customer_for, known):
    client, chosen = as_role("reception"), {"customer": customer_for(name="周敏").pk} if known else {}
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(reverse("desk"), answers(cast, **chosen), headers=SCRIPT)
    visit = Visit.objects.get()
    told, parts = answer.content.decode(), re.findall(r'^<div id="([\w-]+)">', answer.content.decode(), re.M)
    assert (answer.status_code, answer["X-Go"]) == (200, f"{reverse('desk')}?saved={visit.pk}")
    assert parts == ["desk-saved", "desk-queue", "desk-recent", "customer-card", "hall-fields"]
    page = client.get(answer["X-Go"]).content.decode()
    assert all(f'id="{part}"' in page for part in parts)
    assert told.count(visit.number) == 2 and "<html" not in told and ("周敏" in told) == known
    assert len(seen) <= 12, "\n".join(sql[:150] for sql in acts_of(seen))


def test_the_next_form_offers_what_is_free_now_and_keeps_nothing_of_the_last(cast, as_role):
    adviser, step = cast.people["sales"], cast.templates["sales"].steps[0]["key"]
    client = as_role("reception")
    told = client.post(reverse("desk"), answers(cast, adviser=adviser.pk, steps=[step], need="two doors"), headers=SCRIPT).content.decode()
    fields = told.partition('<div id="hall-fields">')[2]
    fresh = client.get(reverse("desk")).content.decode()
    assert f'value="{adviser.pk}"' in fields and f'value="{step}"' in fields
    assert "checked" not in re.sub(r'value=""[^>]*checked', "", fields) and "two doors" not in fields
    assert [text for text in re.findall(r">([^<>]*\S[^<>]*)<", fields) if text not in fresh] == []


def test_sent_again_the_script_is_given_the_same_visit(cast, as_role):
    sent = answers(cast)
    first, again = (as_role("reception").post(reverse("desk"), sent, headers=SCRIPT) for _ in range(2))
    assert first["X-Go"] == again["X-Go"] and Visit.objects.count() == 1
    assert Visit.objects.get().number in again.content.decode()


def test_the_page_is_left_where_its_hall_is_another_and_where_a_ticket_is_printed(cast, as_role):
    assignment_for(cast, cast.people["reception"], "reception", cast.other_hall, None, cast.today).save()
    client = as_role("reception")
    for more, place in (({"hall": cast.other_hall.pk}, "?saved="), ({"print": "1"}, "/slip/")):
        answer = client.post(reverse("desk"), answers(cast, **more), headers=SCRIPT)
        assert (answer.status_code, answer.content) == (204, b"") and place in answer["X-Go"]


def test_a_refusal_shows_the_page_to_the_script_too(cast, as_role):
    answer = as_role("reception").post(reverse("desk"), answers(cast, purpose="", need="two doors"), headers=SCRIPT)
    assert answer.status_code == 422 and "X-Go" not in answer and "two doors" in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_desk_takes_four_statements_whatever_it_shows_and_tells_the_visit_just_saved_without_another(cast, post, cost, visit_for, customer_for):
    post()
    visit = Visit.objects.get()
    assert cost(reverse("desk"), by="reception") == cost(f"{reverse('desk')}?saved={visit.pk}", by="reception") == 4
    for state in (states.WAITING, states.IN_SERVICE, states.CLOSED):
        visit_for(customer=customer_for(attention="deaf"), state=state)
        cast.appointment_for(customer=customer_for(), employee="sales")
    assert cost(reverse("desk"), by="reception") <= 5  # one more for who of the free people may serve whom


def test_who_may_see_no_visits_reads_none_beside_the_form(cast, visit_for, customer_for, now):
    known = customer_for()
    visit_for(customer=known)
    cast.appointment_for(customer=known)
    for name, seen in (("technician", 0), ("reception", 1)):
        found = hall_now(cast.hall, cast.user(name), now, customer=known.pk)
        assert [len(rows) for rows in (found.visits, found.newest, found.expected)] == [seen] * 3
        assert found.customer == (known if seen else None) and found.purposes


def test_a_refused_form_offers_and_shows_what_the_fresh_one_does(cast, post, as_role, visit_for):
    visit_for(adviser="sales", state=states.IN_SERVICE)
    fresh, refused = as_role("reception").get(reverse("desk")), post(purpose="", adviser=cast.people["colleague"].pk)
    assert refused.status_code == 422
    for name in ("adviser", "area", "purpose", "source", "service", "steps"):
        assert list(refused.context["form"].fields[name].choices) == list(fresh.context["form"].fields[name].choices), name
    assert refused.context["board"].serving == fresh.context["board"].serving != []
    assert f'value="{cast.people["colleague"].pk}" checked' in re.sub(r"\s+", " ", re.sub(r' (class|id|required)="[^"]*"', "", refused.content.decode()))


def test_what_is_offered_changes_at_once(cast, as_role):
    desk = as_role("reception").get(reverse("desk"))
    Purpose.objects.filter(pk=cast.purposes["see-products"].pk).update(name={"en": "Look at kitchens"})
    cast.areas["sales", "negotiation"].delete()
    changed = as_role("reception").get(reverse("desk"))
    assert "See products" in desk.content.decode() and "Negotiation" in desk.content.decode()
    assert "Look at kitchens" in changed.content.decode() and "Negotiation" not in changed.content.decode()


@pytest.mark.parametrize("page", ["desk", "desk_queue", "board"])
def test_whatever_was_typed_stays_text_in_the_rows_that_are_drawn_without_a_template(cast, as_role, visit_for, customer_for, page):
    typed = '<b>"&\'{}%s'
    for state in (states.WAITING, states.IN_SERVICE, states.CLOSED):
        visit_for(customer=customer_for(name=typed, attention="deaf"), state=state, need=typed)
    cast.appointment_for(customer=customer_for(name=typed), employee="sales")
    text = as_role("reception").get(reverse(page)).content.decode()
    assert "&lt;b&gt;&quot;&amp;&#x27;{}%s" in text and "<b>&" not in text and "<b>\"" not in text


@pytest.mark.parametrize("role", ["reception", "sales", "manager", "reception2"])
def test_the_desk_shows_of_the_day_what_the_board_shows(cast, as_role, visit_for, customer_for, role):
    """The desk reads in one statement of its own what the board reads through the models."""
    for adviser, state in ((None, states.WAITING), ("sales", states.IN_SERVICE), ("colleague", states.CLOSED), (None, states.LEFT)):
        visit_for(customer=customer_for(name="李建国"), adviser=adviser, state=state, minutes_ago=17)
    cast.appointment_for(customer=customer_for(name="王芳"), employee="sales", minutes=-5)
    desk, user = as_role(role).get(reverse("desk")).context, cast.user(role)
    board, expected = queries.board(desk["hall"], user, desk["board"].now), watch.expected_today(desk["hall"], user, desk["board"].now)
    for name in ("waiting", "serving", "ended", "figures", "advisers"):
        assert getattr(desk["board"], name) == getattr(board, name), name
    for seen, read in zip(desk["board"].waiting + desk["board"].serving, board.waiting + board.serving, strict=True):
        assert [(leg.pk, leg.ticket, leg.state) for leg in seen.legs.all()] == [(leg.pk, leg.ticket, leg.state) for leg in read.legs.all()]
        assert (seen.shown_name, str(seen.purpose), seen.adviser, seen.tone, seen.waited) == (
            read.shown_name, str(read.purpose), read.adviser, read.tone, read.waited)
    assert [(one.pk, one.shown_name, one.tone, one.late_minutes) for one in desk["expected"]] == [
        (one.pk, one.shown_name, one.tone, one.late_minutes) for one in expected]


def test_a_visit_of_another_day_that_was_just_saved_is_told_too(cast, as_role, visit_for, now):
    visit = visit_for(arrived_at=now - timedelta(days=3))
    assert visit.number in as_role("reception").get(f"{reverse('desk')}?saved={visit.pk}").content.decode()


def test_a_visit_greeted_and_served_in_the_act_that_logs_it_is_one_change_with_its_events_in_order(cast, post):
    post(adviser=cast.people["sales"].pk, steps=[cast.templates["sales"].steps[0]["key"]])
    visit = Visit.objects.get()
    assert (visit.state, visit.history.count()) == (states.IN_SERVICE, 1)
    assert list(visit.events.order_by("pk").values_list("verb", flat=True)) == ["arrived", "queued", "greeted", "assigned", "served", "called", "started"]


def test_a_phone_in_the_first_field_opens_a_file_for_the_new_visitor(cast, post):
    post(who="138-0013 8000", name="李建国")
    visit = Visit.objects.select_related("customer").get()
    assert visit.customer.name == "李建国"
    assert [point.value for point in visit.customer.contacts.all()] == ["+8613800138000"]


def test_letters_in_the_first_field_are_a_name(post):
    post(who="曾一凡")
    assert Visit.objects.get().customer.name == "曾一凡"


def test_a_known_customer_is_taken_as_chosen_and_no_second_file_is_opened(cast, post, customer_for):
    known = customer_for(name="李建国")
    post(customer=known.pk, who="李建国")
    assert Visit.objects.get().customer == known
    assert Customer.objects.count() == 1


def test_a_customer_of_another_hall_is_refused_beside_the_field_and_nothing_is_saved(cast, post, customer_for):
    foreign = customer_for(hall=cast.other_hall)
    response = post(customer=foreign.pk)
    assert response.status_code == 422
    assert "not known in your hall" in response.content.decode()
    assert not Visit.objects.exists()


def test_another_hall_is_refused(cast, post):
    response = post(hall=cast.other_hall.pk)
    assert response.status_code == 422
    assert not Visit.objects.exists()


def test_everything_typed_is_still_there_when_one_field_is_refused(cast, post):
    response = post(purpose="", who="13800138000", name="李建国", company="恒丰建材", need="台面", party_size="0", arrived_at="25:99")
    page = response.content.decode()
    assert response.status_code == 422
    for typed in ("13800138000", "李建国", "恒丰建材", "台面", "25:99"):
        assert typed in page
    assert "Choose why the visitor came." in page
    assert "Enter the time as hours and minutes" in page
    assert "Error:" in page


def test_an_incomplete_phone_gets_a_sentence(post):
    response = post(phone="1380")
    assert response.status_code == 422
    assert "not a complete telephone number" in response.content.decode()


def test_a_visit_of_the_future_is_refused(cast, desk, now):
    from config.errors import Refused
    from reception.visits import services

    with pytest.raises(Refused, match="lies in the future"):
        services.log_visit(desk, hall=cast.hall, purpose=cast.purposes["see-products"], now=now, arrived_at=now + timedelta(minutes=5))


def test_the_same_form_sent_again_leads_to_the_same_visit(cast, as_role):
    client, form = as_role("reception"), answers(cast)
    first, second = client.post(reverse("desk"), form), client.post(reverse("desk"), form)
    assert first.url == second.url
    assert Visit.objects.count() == 1


def test_a_form_without_its_key_is_refused(cast, as_role):
    response = as_role("reception").post(reverse("desk"), {**answers(cast), "one_off_key": "x"})
    assert response.status_code == 422
    assert not Visit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_identical_posts_at_once_make_one_visit(cast):
    client, form = signed_in(cast.user("reception")), answers(cast)

    def send(_turn):
        try:
            return client.post(reverse("desk"), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        assert set(crowd.map(send, range(20))) == {302}
    assert Visit.objects.count() == 1
    assert ServiceLeg.objects.count() == 1


@pytest.mark.parametrize("role", ["manager", "department", "general"])
def test_the_board_is_open_to_who_reads_visits(as_role, role):
    assert as_role(role).get(reverse("board")).status_code == 200


@pytest.mark.parametrize("role", ["technician", "logistics", "hr", "admin", "trainee"])
def test_the_desk_is_refused_to_who_has_no_visits(as_role, role):
    assert as_role(role).get(reverse("desk")).status_code == 403


@pytest.mark.req("REC-91")
def test_the_board_shows_waiting_with_minutes_in_service_closed_areas_and_who_is_free(cast, as_role, visit_for, customer_for):
    visit_for(customer=customer_for(name="王丽华"), minutes_ago=27)
    visit_for(customer=customer_for(name="沈佳"), adviser="sales", state=states.IN_SERVICE)
    visit_for(customer=customer_for(name="钱多"), state=states.CLOSED)
    page = as_role("manager").get(reverse("board") + "?part=1")
    board, text = page.context["board"], page.content.decode()
    assert [row.shown_name for row in board.waiting] == ["王丽华"]
    assert board.waiting[0].tone == "late"
    assert [row.shown_name for row in board.serving] == ["沈佳"]
    assert [row.shown_name for row in board.ended] == ["钱多"]
    advisers = {row["employee"]: row["visits"] for row in board.advisers}
    assert advisers[cast.people["sales"]] == 1
    assert "27" in text and "Reception" in text


@pytest.mark.parametrize(("state", "word"), [("no_show", "did not come"), ("parked", "parked"), ("called", "called")])
def test_desk_and_board_say_where_a_ticket_stands_and_nobody_waits_on_one_whose_visitor_is_away(cast, as_role, visit_for, state, word):
    visit_for(minutes_ago=90).legs.update(state=state)
    visit_for(minutes_ago=30)
    for page in ("desk", "board"):
        text = as_role("reception").get(reverse(page)).content.decode()
        assert re.search(rf"</svg>\s*(<span>)?{word}", text), page
    chapters = as_role("reception").get(reverse("desk")).context["shell"]["chapters"]
    beside = next(entry["late"] for chapter in chapters for entry in chapter["entries"] if entry["key"] == "desk")
    assert beside == queries.halls_today(cast.user("manager"), timezone.now())[cast.hall.pk]["late"] == (2 if state == "called" else 1)
    board = queries.board(cast.hall, cast.user("reception"), timezone.now())
    assert board.longest_minutes in ({90, 91} if state == "called" else {30, 31})


def test_the_board_costs_the_same_for_one_visit_and_for_ten(cost, visit_for, customer_for):
    visit_for(customer=customer_for())
    one = cost(reverse("board"))
    for _turn in range(9):
        visit_for(customer=customer_for())
    assert cost(reverse("board")) == one


def test_the_customers_card_hides_the_number_and_is_logged(cast, as_role, customer_for):
    from config.accounts.models import AccessEvent

    known = customer_for(name="李建国", phone="13800138000")
    page = as_role("reception").get(reverse("desk_customer", args=[known.pk])).content.decode()
    assert "138****8000" in page and "13800138000" not in page
    assert AccessEvent.objects.filter(act="view", kind="customer", record_id=known.pk).count() == 1
    assert as_role("reception2").get(reverse("desk_customer", args=[known.pk])).status_code == 404
