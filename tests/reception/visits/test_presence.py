"""Who is in a hall, and an evacuation from the alarm to the record (FIELD 2.1 10, INF-17)."""
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.errors import Refused
from reception.visits import services as visits
from reception.visits import states
from reception.visits.presence import queries, services
from reception.visits.presence.models import Evacuation, EvacuationPerson
from staff.shifts.queries import on_duty


@pytest.fixture
def running(cast, visit_for, customer_for):
    """An evacuation of the first hall with three parties of visitors in it."""
    visit_for(customer=customer_for(name="李建国"), party_size=3)
    visit_for(adviser="colleague", state=states.IN_SERVICE, visitor_name="王女士")
    visit_for(state=states.GREETED)
    visit_for(state=states.CLOSED, adviser="sales", visitor_name="gone already")
    visit_for(hall=cast.other_hall, visitor_name="elsewhere")
    return services.start(cast.actor("reception"), cast.hall, kind="real", now=cast.now)


def line_of(evacuation, **found):
    """One line of the list."""
    return evacuation.people.get(**found)


def test_the_page_counts_everybody_and_names_whom_one_may_see(cast, client_as, visit_for, customer_for):
    visit_for(customer=customer_for(name="李建国"), adviser="colleague", state=states.IN_SERVICE, party_size=3)
    visit_for(visitor_name="王女士")
    on_shift = on_duty(cast.hall, cast.now).count()
    for role, named in (("reception", True), ("sales", False), ("technician", False), ("manager", True)):
        page = client_as(role).get(reverse("present"))
        present = page.context["present"]
        assert (present.visitors, present.staff, present.everybody) == (4, on_shift, 4 + on_shift), role
        assert ("李建国" in page.content.decode()) == named, role
    assert "王女士" in client_as("sales").get(reverse("present")).content.decode()  # waits for nobody yet
    assert client_as("reception2").get(reverse("present")).context["present"].visitors == 0
    for role in ("orders", "hr", "auditor"):
        assert client_as(role).get(reverse("present")).status_code == 403


def test_the_list_is_frozen_when_it_begins(cast, running, desk):
    before = [(line.name, line.people) for line in running.people.order_by("order")]
    assert sum(people for _name, people in before) == 5 + on_duty(cast.hall, cast.now).count()
    assert "gone already" not in dict(before) and "elsewhere" not in dict(before)
    visit = line_of(running, name="王女士").visit
    visits.close(desk, visit, outcome="business", now=cast.now)
    visits.log_visit(desk, hall=cast.hall, purpose=cast.purposes["see-products"], visitor_name="late arrival", now=cast.now)
    assert [(line.name, line.people) for line in running.people.order_by("order")] == before


def test_every_page_of_the_hall_says_it_at_once_and_none_of_another(cast, client_as):
    def says(role):
        chapters = client_as(role).get(reverse("help")).context["shell"]["chapters"]
        return [entry["late"] for chapter in chapters for entry in chapter["entries"] if entry["key"] == "present"]

    assert says("sales") == says("reception2") == [None]
    evacuation = services.start(cast.actor("reception"), cast.hall, kind="drill", now=cast.now)
    assert (says("sales"), says("reception2")) == ([1], [None])
    Evacuation.objects.filter(pk=evacuation.pk).update(ended_at=cast.now)
    assert says("sales") == [None]


def test_anybody_who_works_in_the_hall_counts_on_a_phone_with_and_without_scripts(cast, running, client_as):
    party = line_of(running, name="李建国")
    url = reverse("count_person", args=[running.pk, party.pk])
    for role, found in (("technician", 2), ("trainee", 3), ("logistics", 0), ("sales", 3)):
        assert client_as(role).get(reverse("evacuation", args=[running.pk])).status_code == 200, role
        client_as(role).post(url, {"found": found}, headers={"hx-request": "true"} if found == 2 else {})
        party.refresh_from_db()
        assert (party.found, party.found_by) == (found, cast.users[role] if found else None)
    answer = client_as("agent").post(url, {"found": 1}, headers={"hx-request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.content.decode() and "李建国" in answer.content.decode()
    assert client_as("agent").post(url, {"found": 2}).status_code == 302
    for role in ("reception2", "technician2", "hr"):
        assert client_as(role).post(url, {"found": 3}).status_code in (403, 404), role
    assert {row.history_user.username for row in party.history.all()} >= {"technician", "trainee", "logistics", "sales", "agent"}


@pytest.mark.parametrize("found", ["4", "-1", "", "x", "999999"])
def test_no_more_are_counted_than_there_were(cast, running, client_as, found):
    party = line_of(running, name="李建国")
    client_as("sales").post(reverse("count_person", args=[running.pk, party.pk]), {"found": found})
    party.refresh_from_db()
    assert party.found == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        EvacuationPerson.objects.filter(pk=party.pk).update(found=4)


def test_the_same_tick_twice_is_one(cast, running):
    party = line_of(running, name="李建国")
    services.count(cast.actor("sales"), party, found=3, now=cast.now)
    services.count(cast.actor("colleague"), party, found=3, now=cast.now)
    party.refresh_from_db()
    assert party.found_by == cast.users["sales"] and party.history.count() == 2


def test_somebody_who_was_on_no_list_is_added_once(cast, running, client_as):
    client, url = client_as("logistics"), reverse("add_evacuation_person", args=[running.pk])
    typed = {"name": "Courier", "people": 2, "safe": "on", "one_off_key": client.get(url).context["one_off_key"]}
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    added = line_of(running, kind="other")
    assert (added.name, added.people, added.found, added.found_by) == ("Courier", 2, 2, cast.users["logistics"])


def test_it_ends_with_a_note_when_somebody_is_missing_and_stays_as_it_is(cast, running, client_as):
    client, url = client_as("reception"), reverse("end_evacuation", args=[running.pk])
    listed = queries.roll(running).listed
    refused = client.post(url, {"note": ""})
    assert refused.status_code == 422 and f"{listed} people are not counted yet." in refused.content.decode()
    assert client.post(url, {"note": "Fire brigade looks for them"}).status_code == 302
    running.refresh_from_db()
    assert running.ended_at and running.ended_by == cast.users["reception"]
    for act in (lambda: services.count(cast.actor("sales"), line_of(running, name="李建国"), found=1, now=cast.now),
                lambda: services.add(cast.actor("sales"), running, name="x", people=1, safe=True, now=cast.now),
                lambda: services.end(cast.actor("manager"), running, note="again", now=cast.now)):
        with pytest.raises(Refused):
            act()
    page = client_as("manager").get(reverse("evacuation", args=[running.pk])).content.decode()
    assert "Fire brigade looks for them" in page and "hx-post" not in page
    assert reverse("evacuation", args=[running.pk]) in client_as("manager").get(reverse("present")).content.decode()


def test_only_who_began_it_or_leads_the_hall_ends_it(cast, running, client_as):
    url = reverse("end_evacuation", args=[running.pk])
    codes = {role: client_as(role).get(url).status_code for role in ("reception", "supervisor", "manager", "department", "general", "sales", "technician",
                                                                      "manager2", "department2")}
    assert codes == dict.fromkeys(("reception", "supervisor", "manager", "department", "general"), 200) | dict.fromkeys(
        ("sales", "technician", "manager2", "department2"), 404)


def test_names_of_visitors_are_no_longer_open_to_all_once_it_is_over(cast, running, client_as):
    url = reverse("evacuation", args=[running.pk])
    assert client_as("technician").get(url).status_code == 200
    services.end(cast.actor("reception"), running, note="x", now=cast.now)
    codes = {role: client_as(role).get(url).status_code for role in ("technician", "sales", "trainee", "reception", "supervisor", "manager", "manager2")}
    assert codes == {"technician": 404, "sales": 404, "trainee": 404, "reception": 200, "supervisor": 200, "manager": 200, "manager2": 404}
    assert AccessEvent.objects.filter(act="view", kind="evacuation", record_id=running.pk).count() == 4


def test_one_runs_in_a_hall_at_a_time_and_every_page_of_the_hall_says_so(cast, running, client_as):
    client = client_as("manager")
    answer = client.post(reverse("start_evacuation"), {"kind": "drill", "one_off_key": client.get(reverse("start_evacuation")).context["one_off_key"]})
    assert answer.status_code == 422 and "is running already" in answer.content.decode()
    assert Evacuation.objects.count() == 1
    link = reverse("evacuation", args=[running.pk])
    for role in ("technician", "sales", "reception"):
        home = client_as(role).get("/")
        assert link in home.content.decode(), role
        assert next(entry for chapter in home.context["shell"]["chapters"] for entry in chapter["entries"] if entry["key"] == "present")["late"] == 1
    assert link not in client_as("technician2").get("/").content.decode()


def test_the_list_prints_with_a_box_each_and_printing_is_on_record(cast, running, client_as):
    services.count(cast.actor("sales"), line_of(running, name="李建国"), found=3, now=cast.now)
    sheet = client_as("reception").get(reverse("evacuation_sheet", args=[running.pk])).content.decode()
    assert sheet.count("a4__tick is-on") == 1 and sheet.count("a4__tick") == running.people.count() and "李建国" in sheet
    assert "王女士" in client_as("reception").get(reverse("present_sheet")).content.decode()
    assert "王女士" not in client_as("technician").get(reverse("present_sheet")).content.decode()
    assert set(AccessEvent.objects.filter(act="print").values_list("kind", flat=True)) == {"evacuation", "visit"}


def test_the_list_costs_the_same_for_three_and_for_thirty(cast, running, cost, visit_for):
    cost(reverse("present"))
    few = cost(reverse("evacuation", args=[running.pk]))
    now = cost(reverse("present"))
    for _ in range(20):
        line = visit_for()
        EvacuationPerson.objects.create(evacuation=running, kind="visitor", visit=line, name="x")
    assert cost(reverse("evacuation", args=[running.pk])) == few <= 15
    assert cost(reverse("present")) == now <= 15


@pytest.mark.django_db(transaction=True)
def test_two_alarms_at_once_make_one_list(cast, visit_for):
    visit_for()
    begin, told = threading.Barrier(2), []

    def alarm(who):
        begin.wait()
        try:
            services.start(cast.actor(who), cast.hall, kind="real", now=cast.now)
        except Refused as refusal:
            told.append(str(refusal))
        connections.close_all()

    threads = [threading.Thread(target=alarm, args=[who]) for who in ("reception", "manager")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Evacuation.objects.count() == 1 and len(told) == 1 and "is running already" in told[0]
