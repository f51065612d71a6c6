"""The pages of the parameters: the list, one over time, asking with the sentence of what will hold, the second person's word (GEN-05)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from staff.regulation import calendar, values, working_time
from staff.regulation.models import ParameterValue
from staff.regulation.parameters import kinds, services, words
from staff.regulation.parameters.fields import compose, spread
from staff.regulation.parameters.forms import ChangeForm, form_facts, initial_values
from staff.regulation.parameters.models import ParameterChange

REPLY, WAIT = "online_reply_minutes", "visit_wait_target_minutes"
DAY = timedelta(days=1)


def page_of(client, name, *keys, **query):
    """The text of a page."""
    answer = client.get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, key, **typed):
    """Open the form, change some of it, send it."""
    address = reverse("change_parameter", args=[key])
    form = client.get(address).context["form"]
    data = {name: field.initial if form.initial.get(name) is None else form.initial[name] for name, field in form.fields.items()}
    key_once = client.get(address).context["one_off_key"]
    return client.post(address, {name: value for name, value in (data | typed).items() if value is not None} | {"one_off_key": key_once})


@pytest.mark.req("GEN-05")
def test_two_people_of_hr_have_one_hall_answer_sooner_from_next_monday_and_nothing_else_changes(cast, as_role):
    """Through the pages; the limit of a message at ten is worked out by the working clock with the value of its own day."""
    monday, days = cast.today + (7 - cast.today.weekday()) * DAY, {hall.pk: calendar.of(hall) for hall in (cast.hall, cast.other_hall)}

    def limit(hall, day):
        received = datetime.combine(day, time(10), ZoneInfo(hall.timezone))
        span = timedelta(minutes=values.value(REPLY, hall.day_of(received), hall))
        return working_time.after(days[hall.pk], received, span) - received

    around = [monday + n * DAY for n in range(-2, 3)]
    before = {hall: [limit(hall, day) for day in around] for hall in (cast.hall, cast.other_hall)}
    asked = send(as_role("hr"), REPLY, hall=cast.hall.pk, valid_from=monday.isoformat(), reason="They wait too long", **{REPLY: 3})
    assert {hall: [limit(hall, day) for day in around] for hall in before} == before
    confirm = as_role("hr2").get(asked.url).context["change"].pk
    assert as_role("hr2").post(reverse("confirm_parameter_change", args=[confirm])).status_code == 302
    five, three = timedelta(minutes=5), timedelta(minutes=3)
    assert [limit(cast.hall, day) for day in around] == [five, five, three, three, three]
    assert [limit(cast.other_hall, day) for day in around] == before[cast.other_hall] == [five] * 5


def test_hr_asks_and_a_second_person_of_hr_confirms_through_the_pages(cast, as_role):
    answer = send(as_role("hr"), REPLY, hall=cast.hall.pk, valid_from="tomorrow", reason="They wait too long", **{REPLY: 3})
    change = ParameterChange.objects.get()
    assert answer.status_code == 302 and answer.url == reverse("parameter_change", args=[change.pk])
    own = as_role("hr").get(answer.url).content.decode()
    assert reverse("confirm_parameter_change", args=[change.pk]) not in own and "Waits for confirmation" in own
    assert "To confirm" in page_of(as_role("hr2"), "home") and "To confirm" not in page_of(as_role("hr"), "home")
    theirs = page_of(as_role("hr2"), "parameter_change", change.pk)
    assert "5 working minutes" in theirs and "3 working minutes" in theirs and "They wait too long" in theirs
    assert as_role("hr2").post(reverse("confirm_parameter_change", args=[change.pk])).status_code == 302
    assert values.value(REPLY, cast.today + DAY, cast.hall) == 3
    assert "To confirm" not in page_of(as_role("hr2"), "home")


def test_who_asked_is_told_that_somebody_else_has_to_confirm(cast, as_role, ask):
    change = ask(REPLY, 3)
    answer = as_role("hr").post(reverse("confirm_parameter_change", args=[change.pk]))
    assert answer.status_code == 422 and "You asked for this yourself" in answer.content.decode()


def test_the_sentence_says_while_one_types_what_will_hold_from_when(cast, as_role):
    asked = {"sentence": 1, "hall": cast.hall.pk, REPLY: 3, "valid_from": "2027-01-04", "reason": "x"}
    told = page_of(as_role("hr"), "change_parameter", REPLY, **asked)
    assert "From Mon 4 January 2027 on, Sales hall: Online service must answer a message – 3 working minutes instead of 5 working minutes." in told
    assert "<form" not in told and not ParameterChange.objects.exists()
    assert "nothing changes by this" in page_of(as_role("hr"), "change_parameter", REPLY, **asked | {REPLY: 5})
    assert "as soon as all is entered" in page_of(as_role("hr"), "change_parameter", REPLY, **asked | {REPLY: ""})


def test_weights_that_do_not_add_up_are_told_in_the_sentence_and_refused_when_sent(cast, as_role):
    keys = kinds.together("kpi_weight_response_time")
    typed = dict(zip(keys, (50, 30, 19), strict=True))
    told = page_of(as_role("hr"), "change_parameter", keys[0], sentence=1, valid_from="2027-01-04", reason="x", **typed)
    assert "The weights add up to 99 %. Make them 100 %." in told
    answer = send(as_role("hr"), keys[0], reason="x", **typed)
    assert answer.status_code == 422 and "The weights add up to 99 %. Make them 100 %." in answer.content.decode()
    assert not ParameterChange.objects.exists()


def test_a_number_out_of_range_is_refused_beside_its_field(cast, as_role):
    answer = send(as_role("hr"), REPLY, reason="x", **{REPLY: 481})
    assert answer.status_code == 422 and answer.context["form"].errors[REPLY]
    answer = send(as_role("hr"), REPLY, reason="x", valid_from="yesterday", **{REPLY: 4})
    assert answer.status_code == 422 and "keeps the value of its day" in str(answer.context["form"].errors["valid_from"])


def test_a_manager_proposes_for_the_own_hall_only_and_others_do_not_find_the_form(cast, as_role):
    form = as_role("manager").get(reverse("change_parameter", args=[WAIT])).context["form"]
    assert list(form.fields["hall"].queryset) == [cast.hall] and form.fields["hall"].required
    assert send(as_role("manager"), WAIT, reason="A counter more", **{WAIT: 8}).status_code == 302
    change = ParameterChange.objects.get()
    assert (change.hall, change.asked_by) == (cast.hall, cast.users["manager"])
    assert send(as_role("manager"), WAIT, hall=cast.other_hall.pk, reason="x", **{WAIT: 8}).status_code == 422
    assert as_role("supervisor").get(reverse("change_parameter", args=[WAIT])).status_code == 404
    assert as_role("manager2").get(reverse("parameter_change", args=[change.pk])).status_code == 404
    assert as_role("manager").post(reverse("confirm_parameter_change", args=[change.pk])).status_code == 403
    assert as_role("manager").post(reverse("withdraw_parameter_change", args=[change.pk]), {"reason": "not needed"}).status_code == 302


def test_one_parameter_shows_its_values_over_time_at_every_place(cast, as_role, hold):
    hold(WAIT, 12, day=cast.today + 20 * DAY)
    hold(WAIT, 8, hall=cast.hall)
    hold(WAIT, None, hall=cast.hall, day=cast.today + 9 * DAY)
    page = as_role("reception").get(reverse("parameter", args=[WAIT]))
    company, hall = page.context["places"]
    assert [(spell.value, spell.since, spell.until) for spell in company.spells] == [
        ("10 minutes", None, cast.today + 19 * DAY), ("12 minutes", cast.today + 20 * DAY, None)]
    assert [(spell.value, spell.since, spell.until) for spell in hall.spells] == [("8 minutes", cast.today, cast.today + 8 * DAY)]
    text = page.content.decode()
    assert "8 minutes" in text and "begins later" in text and "Decided on Monday" in text and reverse("change_parameter", args=[WAIT]) not in text


def test_the_list_is_narrowed_by_chapter_clause_words_and_how_a_parameter_stands(cast, as_role, hold, ask):
    hold(WAIT, 8, hall=cast.hall)
    hold(REPLY, 4, day=cast.today + 5 * DAY)
    ask("enquiry_answer_hours", 12)
    client = as_role("hr")

    def shown(**query):
        return {line.key for _label, rows in client.get(reverse("parameters"), query).context["chapters"] for line in rows}

    assert shown() == set(values.definitions())
    assert shown(stands="places") == {WAIT} and shown(stands="coming") == {REPLY} and shown(stands="waiting") == {"enquiry_answer_hours"}
    assert shown(stands="changed") == {WAIT, REPLY}
    assert REPLY in shown(q="S2 §3.3.1") and shown(q="在线客服必须") == {REPLY} and shown(q="visit_wait") == {WAIT}
    assert {values.definitions()[key]["chapter"] for key in shown(chapter="complaints")} == {"complaints"}
    assert {values.definitions()[key]["origin"] for key in shown(origin="blank")} == {"blank"}
    assert "8 minutes" in client.get(reverse("parameters"), {"hall": cast.hall.pk, "q": WAIT}).content.decode()


@pytest.mark.parametrize("key", values.definitions())
def test_the_form_of_each_parameter_gives_back_what_stands_in_it(cast, key):
    for one in kinds.together(key):
        default = values.definitions()[one]["default"]
        assert words.shown(one, default)
        data = {"valid_from": cast.today.isoformat(), "reason": "x", **initial_values(one, cast.today, None, None)}
        data = {name: f"{value:%Y-%m-%d}" if hasattr(value, "year") else value for name, value in data.items()}
        form = ChangeForm(data, **form_facts(one, cast.user("hr"), True))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["asked"][one] == default
        assert spread(one, compose(one, form.cleaned_data)).keys() == spread(one, default).keys()


def test_a_hall_and_a_position_show_what_differs_there(cast, as_role, hold):
    hold(WAIT, 8, hall=cast.hall)
    assert "8 minutes" in page_of(as_role("hr"), "hall", cast.hall.pk)
    assert "8 minutes" not in page_of(as_role("hr"), "hall", cast.other_hall.pk)


def test_the_history_of_a_change_tells_it_in_words(cast, as_role, ask):
    change = ask(REPLY, 3)
    services.decline(cast.actor("hr2"), change, answer="Five is short enough", now=cast.now)
    page = page_of(as_role("hr"), "parameter_change", change.pk)
    assert "change asked: Decided on Monday" in page and "declined: Five is short enough" in page and not ParameterValue.objects.exists()
