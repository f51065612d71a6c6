"""Greeting, steps, the need, areas (REC-03 to REC-05)."""
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.errors import Changed, Refused
from config.web.periods import Period
from reception.visits import figures, services, states
from reception.visits.models import HallReception, Purpose, ReceptionTemplate, Visit
from staff.regulation.models import ParameterValue


def log(desk, cast, now, **facts):
    """A visit logged at the desk, three minutes ago unless said otherwise."""
    facts = {"hall": cast.hall, "purpose": cast.purposes["see-products"], "arrived_at": now - timedelta(minutes=3), "now": now} | facts
    return services.log_visit(desk, **facts)


def verbs(visit):
    """What happened, in order."""
    return [event.verb for event in visit.events.all()]


def test_greeting_keeps_the_time_and_the_steps_and_leaves_event_and_history(desk, cast, now):
    visit = services.greet(desk, log(desk, cast, now), steps=["tea", "unknown"], now=now)
    assert (visit.state, visit.greeted_at, visit.steps) == (states.GREETED, now, ["tea"])
    assert verbs(visit)[-1] == "greeted" and visit.history.first().history_change_reason == "greeted"
    assert visit.history.first().history_user == desk.user


def test_nobody_is_greeted_twice(desk, cast, now):
    visit = services.greet(desk, log(desk, cast, now), now=now)
    with pytest.raises(Refused, match="greeted already"):
        services.greet(desk, visit, now=now)


def test_one_tap_turns_a_step_however_often_it_is_sent_and_the_first_tap_is_the_greeting(client_as, visit_for):
    visit = visit_for()
    client = client_as("reception")
    for _click in range(2):
        client.post(reverse("visit_steps", args=[visit.pk]), {"tick": "tea"})
        visit.refresh_from_db()
        assert visit.state == states.GREETED and visit.steps == ["tea"]
    client.post(reverse("visit_steps", args=[visit.pk]), {"untick": "tea"})
    visit.refresh_from_db()
    assert visit.steps == [] and visit.state == states.GREETED


@pytest.mark.req("REC-03")
def test_late_greetings_are_judged_by_the_target_of_their_own_day_and_the_month_shows_the_share(client_as, desk, cast, now, visit_for):
    ParameterValue.objects.create(key="greeting_target_seconds", value=120, hall=cast.hall, valid_from=cast.today - timedelta(days=400), reason="wide")
    ParameterValue.objects.create(key="greeting_target_seconds", value=60, hall=cast.hall, valid_from=cast.today, reason="narrow")
    page = client_as("reception")
    for seconds in (30, 90):
        visit = log(desk, cast, now, arrived_at=now - timedelta(seconds=seconds))
        services.greet(desk, visit, now=now)
    shown = page.get(reverse("board")).content.decode()
    assert "90" in shown or "1 min 30" in shown
    old = visit_for(minutes_ago=24 * 60, state=states.GREETED)
    Visit.objects.filter(pk=old.pk).update(greeted_at=old.arrived_at + timedelta(seconds=90))
    days = figures.by_day(cast.user("manager"), cast.hall, Period.between(cast.today - timedelta(days=2), cast.today))
    assert {day: (one.greeted, one.in_time) for day, one in days.items()} == {timezone.localtime(old.arrived_at).date(): (1, 1), cast.today: (2, 1)}
    span = f"{cast.today - timedelta(days=1)}..{cast.today}"
    shown = client_as("manager").get(reverse("visit_figures"), {"period": span}).context["now"]
    assert shown.greeted == 3 and shown.in_time == 2


def test_who_sees_no_visits_sees_the_figures_without_links(client_as, desk, cast, now):
    services.greet(desk, log(desk, cast, now, arrived_at=now - timedelta(seconds=20)), now=now)
    client = client_as("research")
    session = client.session
    session["hall_id"] = cast.hall.pk
    session.save()
    page = client.get(reverse("visit_figures"))
    assert page.context["now"].greeted == 1 and reverse("visits") + "?since" not in page.content.decode()
    assert client.get(reverse("visits")).status_code == 403


@pytest.mark.req("REC-04")
def test_a_decoration_visit_asks_for_style_budget_and_area_and_a_sales_visit_does_not(client_as, cast, now):
    for hall, code in ((cast.halls["showroom"], "decoration"), (cast.halls["sales"], "sales-hall")):
        HallReception.objects.filter(hall=hall).update(template=ReceptionTemplate.objects.get(code=code))
    purpose = cast.purposes["see-products"]
    told = {"style": "nordic", "budget": "200,000", "floor_area": "120"}
    decoration = services.log_visit(cast.actor("reception2"), hall=cast.halls["showroom"], purpose=purpose, details=told, now=now)
    sales = services.log_visit(cast.actor("reception"), hall=cast.halls["sales"], purpose=purpose, details=told, now=now)
    page = client_as("reception2").get(reverse("visit", args=[decoration.pk])).content.decode()
    assert ">Style<" in page and "Nordic" in page and "200,000 CNY" in page and "120 m²" in page
    page = client_as("reception").get(reverse("visit", args=[sales.pk])).content.decode()
    assert ">Style<" not in page and ">Floor area<" not in page and sales.details == {}


def test_a_budget_that_is_no_number_is_refused_beside_its_field_and_stays_typed(client_as, cast, visit_for):
    visit, client = visit_for(), client_as("reception")
    answer = client.post(reverse("visit_edit", args=[visit.pk]), {
        "version": visit.version, "party_size": "2", "purpose": visit.purpose_id, "detail_budget": "a lot", "need": "A quiet room"})
    assert answer.status_code == 422 and "Enter a number." in answer.context["form"].errors["detail_budget"]
    assert "a lot" in answer.content.decode() and "A quiet room" in answer.content.decode()


def test_two_windows_on_one_visit_the_second_is_told_and_nothing_is_overwritten(client_as, visit_for):
    visit, client = visit_for(), client_as("reception")
    facts = {"version": visit.version, "party_size": "2", "purpose": visit.purpose_id}
    assert client.post(reverse("visit_edit", args=[visit.pk]), {**facts, "need": "First"}).status_code == 302
    answer = client.post(reverse("visit_edit", args=[visit.pk]), {**facts, "need": "Second"})
    assert answer.status_code == 422 and "after you opened it" in answer.content.decode() and "Second" in answer.content.decode()
    visit.refresh_from_db()
    assert visit.need == "First"
    with pytest.raises(Changed):
        services.change(None, visit, version=1, now=timezone.now())


def test_a_visit_keeps_the_version_of_the_template_it_was_received_by(client_as, cast, desk, now):
    visit = log(desk, cast, now)
    template, tomorrow = cast.templates["sales"].template, cast.today + timedelta(days=1)
    form = {"opened_on": 1, "valid_from": tomorrow.isoformat(), "reason": "More to ask",
            "steps": "greeting | Greeting / 问候 / 問候", "fields_text": "size | Size / 尺寸 / 尺寸 | choice | s = Small / 小 / 小; l = Large / 大 / 大"}
    assert client_as("reception").post(reverse("reception_template_version", args=[template.pk]), form).status_code == 403
    assert client_as("hr").post(reverse("reception_template_version", args=[template.pk]), form).status_code == 302
    assert services.template_version(cast.hall, cast.today).number == 1 and services.template_version(cast.hall, tomorrow).number == 2
    assert Visit.objects.get(pk=visit.pk).template_version.number == 1
    assert "Small" in client_as("reception").get(reverse("reception_template", args=[template.pk])).content.decode()


@pytest.mark.parametrize("field, text", [("steps", "no bar"), ("steps", "a | A\na | B"), ("fields_text", "x | X | colour"), ("fields_text", "x | X | choice"),
                                         ("valid_from", "2020-01-01"), ("valid_from", "soon"), ("reason", ""), ("fields_text", "| | |")])
def test_a_line_that_cannot_be_read_is_told_beside_its_field(client_as, cast, field, text):
    template = cast.templates["sales"].template
    form = {"opened_on": 1, "valid_from": (cast.today + timedelta(days=1)).isoformat(), "reason": "Why", "steps": "", "fields_text": ""} | {field: text}
    answer = client_as("hr").post(reverse("reception_template_version", args=[template.pk]), form)
    assert answer.status_code == 422 and answer.context["form"].errors[field] and template.versions.count() == 1


def strip(client):
    """The occupancy strip of the board: area name to parties."""
    return {row["area"].pk: row["taken"] for row in client.get(reverse("board")).context["board"].areas}


@pytest.mark.req("REC-05")
def test_the_occupancy_strip_changes_when_a_visit_is_guided_and_when_it_ends(client_as, cast, visit_for):
    visit, client = visit_for(state=states.IN_SERVICE, adviser="sales"), client_as("reception")
    area = cast.areas["sales", "negotiation"]
    assert strip(client)[area.pk] == 0
    assert client.post(reverse("visit_area", args=[visit.pk]), {"area": area.pk}).status_code == 302
    assert strip(client)[area.pk] == 1
    client.post(reverse("visit_close", args=[visit.pk]), {"version": Visit.objects.get(pk=visit.pk).version, "outcome": "information"})
    assert strip(client)[area.pk] == 0


def test_a_full_area_and_an_area_of_another_hall_are_refused(desk, cast, visit_for, now):
    area = cast.areas["sales", "negotiation"]
    for _ in range(area.capacity):
        services.guide(desk, visit_for(), area, now=now)
    with pytest.raises(Refused, match="occupied"):
        services.guide(desk, visit_for(), area, now=now)
    with pytest.raises(Refused, match="does not belong"):
        services.guide(desk, visit_for(), cast.areas["showroom", "negotiation"], now=now)


def test_a_hall_receives_by_the_template_that_is_chosen_for_it(client_as, cast):
    template = ReceptionTemplate.objects.get(code="decoration")
    url = reverse("reception_template_halls", args=[template.pk])
    assert client_as("manager").post(url, {"halls": [cast.hall.pk]}).status_code == 403
    client = client_as("hr")
    client.post(url, {"halls": [cast.hall.pk, cast.other_hall.pk]})
    assert set(template.halls.values_list("hall", flat=True)) == {cast.hall.pk, cast.other_hall.pk} and HallReception.objects.count() == 2
    client.post(url, {"halls": [cast.other_hall.pk]})
    assert [row.hall for row in template.halls.all()] == [cast.other_hall]
    assert HallReception.history.filter(history_type="-").get().history_user.username == "hr"


def test_a_purpose_is_added_and_changed_and_then_offered_with_its_ticket(client_as, cast, desk, now):
    client, form = client_as("hr"), {"name_en": "Repair", "name_zh_hans": "维修", "name_zh_hant": "", "order": "3", "is_active": "on",
                                     "service": cast.services["business"].pk}
    key = client.get(reverse("new_purpose")).context["one_off_key"]
    for _ in range(2):
        assert client.post(reverse("new_purpose"), {**form, "one_off_key": key}).status_code == 302
    purpose = Purpose.objects.get(code__startswith="own-")
    assert log(desk, cast, now, purpose=purpose).legs.get().service == cast.services["business"]
    key = client.get(reverse("purpose", args=[purpose.pk])).context["one_off_key"]
    client.post(reverse("purpose", args=[purpose.pk]), {"name_en": "Repairs", "order": "3", "one_off_key": key})
    purpose.refresh_from_db()
    assert (str(purpose), purpose.is_active, purpose.service) == ("Repairs", False, None) and purpose.history.count() == 2
    assert "Repairs" in client.get(reverse("visit_choices")).content.decode()
    assert client.post(reverse("new_source"), {"name_en": "", "order": "x", "one_off_key": key}).status_code == 422
