"""What if: the same records judged by other values, before and after, per hall and per person (FIELD 2.7 row 11)."""
from datetime import datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.contributions.figures import CONTROLS
from config.web.periods import Period
from facilities.cleaning.models import CleaningRound
from performance.indicators import whatif
from reception.visits import states
from reception.visits.models import Visit
from staff.regulation import values
from staff.regulation.models import ParameterValue
from staff.regulation.parameters.models import ParameterChange

URL = reverse("what_if")
GREET, WAIT, CLEAN = "greeting_target_seconds", "visit_wait_target_minutes", "daily_cleaning_time"
GREETING, WITHIN, ROUNDS = ("indicator", "greeting-on-time"), ("indicator", "waiting-within"), ("control", "rounds")


@pytest.fixture
def busy(cast, visit_for):
    """In both halls: greetings after 0 to 80 seconds, waits of 0 to 13 minutes, over several days; rounds done around nine."""
    made = 0
    for day in (0, 1, 3, 6, 8):
        for adviser in ("sales", "colleague", "outsider", "agent", "sales2", "designer"):
            made += 1
            visit = visit_for(adviser=adviser, state=states.CLOSED, minutes_ago=30 + 1440 * day)
            facts = {"greeted_at": visit.arrived_at + timedelta(seconds=10 * (made % 9)), "served_at": visit.arrived_at + timedelta(minutes=made % 14),
                     "receptionist": cast.people["sales" if made % 2 else "reception"] if adviser != "sales2" else cast.people["sales2"]}
            if made % 10 == 0:
                facts |= {"greeted_at": None}
            Visit.objects.filter(pk=visit.pk).update(**facts, assumed=made % 11 == 0)
    for hall in (cast.hall, cast.other_hall):
        for ago, minutes in enumerate((-40, -10, 10, 20, None), start=1):
            day = cast.today - timedelta(days=ago)
            due = datetime.combine(day, time(9), ZoneInfo(hall.timezone))
            done = {"state": "missed"} if minutes is None else {
                "state": "done", "done_at": due + timedelta(minutes=minutes), "done_by": cast.people["logistics"]}
            CleaningRound.objects.create(hall=hall, day=day, due_at=due, **done)
    return cast


def span_of(cast):
    """The days in which everything lies."""
    return Period.between(cast.today - timedelta(days=12), cast.today)


def asked(cast, hall="", **supposed):
    """The address's query."""
    return {"period": span_of(cast).key, "hall": hall, **supposed}


def lines_on(page):
    """{(sort, key): line} of the figures of a page."""
    return {(one["judged"].sort, one["judged"].key): one for one in page.context["lines"]}


def ids_of(client, address):
    """The ids of the records that a link of the page opens, all of them on one page."""
    page = client.get(address)
    assert page.status_code == 200
    found = {row.pk for row in page.context["page"].rows}
    assert page.context["page"].total == len(found)
    return found


def greeted_between(low, high, **facts):
    """The ids of the measured visits greeted after more than `low` and up to `high` seconds."""
    rows = Visit.objects.filter(assumed=False, imported=False, greeted_at__isnull=False, **facts)
    return {visit.pk for visit in rows if low < visit.greeting_seconds() <= high}


def test_a_stricter_greeting_limit_changes_exactly_the_visits_between_the_two_limits(busy, as_role):
    client = as_role("general")
    found = lines_on(client.get(URL, asked(busy, **{GREET: 25})))
    between = greeted_between(25, 60)
    assert set(found) == {GREETING, ("control", "greeting")} and between
    for line in found.values():
        assert line["changed"] == len(between) and ids_of(client, line["records"]) == between
    page = client.get(found[GREETING]["records"]).content.decode()
    assert "40 s" in page and "1 min 00 s allowed" in page and "25 s allowed" in page


def test_a_wider_limit_turns_the_other_way(busy, as_role):
    client = as_role("general")
    line = lines_on(client.get(URL, asked(busy, **{GREET: 75})))[GREETING]
    assert ids_of(client, line["records"]) == greeted_between(60, 75) and line["difference"].startswith("+")


@pytest.mark.parametrize("role", ["sales", "supervisor", "manager", "department", "general", "hr"])
def test_the_figures_before_are_those_of_their_own_pages(busy, as_role, role):
    client, supposed = as_role(role), {GREET: 25, WAIT: 5, CLEAN: "08:30"}
    page = client.get(URL, asked(busy, **supposed))
    for (sort, key), line in lines_on(page).items():
        own = client.get(line["url"])
        if sort == "indicator":
            assert own.context["shown"].text == line["before"], key
            continue
        parts = [tab["count"] for tab in own.context["parts"]]
        kept = whatif.share_of([(whatif.KEPT, parts[1]), (whatif.BROKEN, parts[2])])
        assert line["before"] == ("—" if kept.value is None else f"{kept.value:g} %"), key
    assert lines_on(page)


@pytest.mark.parametrize("own_hall", [True, False])
def test_the_figures_after_are_what_the_pages_say_when_the_values_are_really_set(busy, as_role, own_hall):
    client, span, hall = as_role("general"), span_of(busy), busy.hall if own_hall else None
    ParameterValue.objects.create(key=WAIT, value=3, hall=busy.other_hall, valid_from=span.first - timedelta(days=9), reason="own")
    query = asked(busy, hall=hall.pk if hall else "", **{GREET: 25, WAIT: 5})
    page = client.get(URL, query)
    after, people = lines_on(page), {line["row"]: [cell["after"] for cell in line["cells"]] for line in page.context["rows"]}
    for key, value in ((GREET, 25), (WAIT, 5)):
        ParameterValue.objects.create(key=key, value=value, hall=hall, valid_from=span.first, valid_until=span.last if hall else None, reason="really")
    for (sort, key), line in after.items():
        own = client.get(line["url"])
        if sort == "indicator":
            assert own.context["shown"].text == line["after"] != line["before"], key
            mine = {one["row"]: one["shown"][0].text for one in own.context["rows"]}
            place = [(one.sort, one.key) for one in page.context["touched"]].index((sort, key))
            assert people and all(mine.get(row, "—") == texts[place] for row, texts in people.items()), key
        else:
            kept, broken = (own.context["parts"][place]["count"] for place in (1, 2))
            assert line["after"] == f"{round(100 * kept / (kept + broken), 1):g} %", key
    assert all(not one["changed"] for one in lines_on(client.get(URL, query)).values())  # it is so already


def test_a_round_is_judged_by_the_hour_supposed_for_its_day(busy, as_role):
    client = as_role("general")
    line = lines_on(client.get(URL, asked(busy, hall=busy.hall.pk, **{CLEAN: "08:30"})))[ROUNDS]
    late = CleaningRound.objects.filter(hall=busy.hall, day=busy.today - timedelta(days=2))
    assert ids_of(client, line["records"]) == set(late.values_list("pk", flat=True))
    assert (line["before"], line["after"]) == ("40 %", "20 %")
    whole = lines_on(client.get(URL, asked(busy, **{CLEAN: "09:15"})))[ROUNDS]
    assert (whole["before"], whole["after"], whole["changed"]) == ("40 %", "60 %", 2)
    assert "due at 09:15" in client.get(whole["records"]).content.decode()


def test_each_hall_and_person_shows_its_own_records_and_no_others(busy, as_role):
    client = as_role("general")
    page = client.get(URL, asked(busy, **{GREET: 25}))
    seen, place = {}, [(one.sort, one.key) for one in page.context["touched"]].index(GREETING)
    for line in page.context["rows"]:
        row, cell = line["row"], line["cells"][place]
        there = {"hall": row.pk} if row.kind == "hall" else {"receptionist": row.pk}
        assert ids_of(client, cell["records"]) == greeted_between(25, 60, **there), row.name
        assert cell["changed"] == len(greeted_between(25, 60, **there)) > 0
        seen.setdefault(row.kind, set()).add(row.pk)
    assert seen == {"hall": {busy.hall.pk, busy.other_hall.pk}, "person": {busy.people[name].pk for name in ("sales", "reception", "sales2")}}


def test_one_sees_before_and_after_of_whom_one_may_see(busy, as_role):
    query = asked(busy, **{GREET: 25, WAIT: 5, CLEAN: "08:30"})
    manager = as_role("manager").get(URL, query)
    assert {line["row"].name for line in manager.context["rows"]} & {busy.people["sales2"].name, str(busy.other_hall)} == set()
    assert busy.people["sales2"].name not in manager.content.decode()
    own = as_role("sales").get(URL, query)
    assert {(line["row"].kind, line["row"].pk) for line in own.context["rows"]} == {("person", busy.people["sales"].pk)}
    assert not any(sort == "control" for sort, _key in lines_on(own))
    hr = as_role("hr").get(URL, query)  # no visits of others by name: only controls
    assert lines_on(hr) and not any(sort == "indicator" for sort, _key in lines_on(hr))
    for role in ("auditor", "admin", "trainee"):
        assert as_role(role).get(URL, query).status_code == 403, role


def test_what_is_not_ones_own_does_not_exist(busy, as_role):
    client, records = as_role("manager"), reverse("what_if_records", args=GREETING)
    query = asked(busy, **{GREET: 25})
    assert client.get(records, query | {"of": busy.other_hall.pk}).status_code == 404
    assert client.get(records, query | {"of": "x"}).status_code == 404
    assert client.get(reverse("what_if_records", args=("indicator", "cooperation")), query).status_code == 404
    assert as_role("sales").get(reverse("what_if_records", args=("control", "greeting")), query).status_code == 404
    there = {row.hall_id for row in client.get(records, query).context["page"].rows}
    assert there == {busy.hall.pk}
    elsewhere = client.get(URL, asked(busy, hall=busy.other_hall.pk, **{GREET: 25}))  # the bar does not know that hall
    assert all(row["row"].pk != busy.other_hall.pk for row in elsewhere.context["rows"] if row["row"].kind == "hall")


@pytest.mark.parametrize(("key", "typed", "said"), [(GREET, "0", "5"), (GREET, "abc", "number"), (GREET, "9" * 20, "1800"), (CLEAN, "25:99", "time")])
def test_what_cannot_be_is_told_beside_its_field_and_judges_nothing(busy, as_role, key, typed, said):
    page = as_role("general").get(URL, asked(busy, **{key: typed, WAIT: 5}))
    assert page.status_code == 200 and not page.context["lines"]
    [sentence] = page.context["form"].errors[key]
    assert said in sentence and sentence.count(".") <= 2
    assert f'value="{typed}"' in page.content.decode()
    assert as_role("general").get(reverse("what_if_records", args=GREETING), asked(busy, **{key: typed})).context["page"].total == 0


def test_what_was_stored_when_it_happened_says_so_and_shows_no_figure(busy, as_role):
    page = as_role("general").get(URL, asked(busy, **{GREET: 25, "followup_after_purchase_days": 1}))
    assert ("control", "follow-ups") not in lines_on(page) and "followup_after_purchase_days" not in page.context["form"].fields
    said = page.content.decode()
    assert "not judged anew" in said and str(CONTROLS.get("follow-ups").label) in said and str(CONTROLS.get("appraisals").label) in said


def test_an_empty_page_says_what_to_choose_and_its_three_examples_work(busy, as_role):
    client = as_role("general")
    page = client.get(URL, asked(busy))
    assert not page.context["lines"] and len(page.context["examples"]) == 3
    for one in page.context["examples"]:
        answer = client.get(one["url"])
        assert lines_on(answer) and any(line["changed"] for line in lines_on(answer).values()), one["key"]


def test_a_target_that_is_a_parameter_is_met_or_missed_by_the_other_value(busy, as_role):
    page = as_role("general").get(URL, asked(busy, **{WAIT: 2}))
    [mean] = [one for one in page.context["limits"] if one.indicator.key == "waiting"]
    assert (mean.met_before, mean.met_after) == (True, False) and (mean.before, mean.after) == ("10 min", "2 min 00 s")


def test_proposing_leads_to_the_form_with_the_value_and_the_place(busy, as_role):
    [told] = as_role("hr").get(URL, asked(busy, hall=busy.hall.pk, **{CLEAN: "08:30"})).context["supposed"]
    form = as_role("hr").get(told["propose"])
    assert form.status_code == 200 and 'value="08:30"' in form.content.decode()
    assert form.context["form"]["hall"].value() == busy.hall.pk
    [own] = as_role("manager").get(URL, asked(busy, hall=busy.hall.pk, **{GREET: 25})).context["supposed"]
    assert parse_qs(urlsplit(own["propose"]).query)[GREET] == ["25"]
    [nobody] = as_role("sales").get(URL, asked(busy, **{GREET: 25})).context["supposed"]
    assert nobody["propose"] == ""


def test_a_hall_with_a_value_of_its_own_is_named_where_the_companys_does_not_reach(busy, as_role):
    ParameterValue.objects.create(key=GREET, value=30, hall=busy.hall, valid_from=span_of(busy).first - timedelta(days=3), reason="own")
    page = as_role("general").get(URL, asked(busy, **{GREET: 10}))
    assert [names for _meaning, names in page.context["own"]] == [str(busy.hall)]
    assert {row["row"].pk for row in page.context["rows"] if row["row"].kind == "hall"} == {busy.other_hall.pk}


def test_looking_keeps_nothing_and_leaves_nothing_behind(busy, as_role):
    client = as_role("general")
    before = (ParameterValue.objects.count(), ParameterChange.objects.count())
    client.get(URL, asked(busy, **{GREET: 25, WAIT: 5, CLEAN: "08:30"}))
    assert (ParameterValue.objects.count(), ParameterChange.objects.count()) == before
    assert values.value(GREET, busy.today, busy.hall) == 60 and not values.is_supposed(GREET)


def test_the_file_holds_what_the_page_shows_and_is_noted(busy, as_role):
    client, query = as_role("general"), asked(busy, **{GREET: 25})
    page, text = client.get(URL, query), b"".join(client.get(URL, query | {"csv": 1}).streaming_content).decode("utf-8-sig")
    line = lines_on(page)[GREETING]
    assert f"{line['before']},{line['after']}" in text and len(text.splitlines()) == 1 + 2 + 2 * len(page.context["rows"])
    assert AccessEvent.objects.filter(act="export").exists()


def test_more_records_halls_and_people_take_no_more_statements(busy, as_role, visit_for):
    client, query = as_role("general"), asked(busy, **{GREET: 25, WAIT: 5, CLEAN: "08:30"})

    def statements():
        client.get(URL, query)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL, query).status_code == 200
        return len(seen)

    first = statements()
    hall = busy.hall_more()
    for number in range(12):
        who = busy.person_more()
        visit = visit_for(adviser="sales", state=states.CLOSED, minutes_ago=90 + number)
        Visit.objects.filter(pk=visit.pk).update(hall=hall if number % 2 else busy.hall, receptionist=who,
                                                 greeted_at=visit.arrived_at + timedelta(seconds=40))
    more = statements()
    assert more == first <= 45, (first, more)
    assert len(client.get(URL, query).context["rows"]) > 12


def test_a_list_of_more_records_takes_no_more_statements(busy, as_role, visit_for):
    client, url, query = as_role("general"), reverse("what_if_records", args=GREETING), asked(busy, **{GREET: 39})

    def statements():
        client.get(url, query)
        with CaptureQueriesContext(connection) as seen:
            shown = client.get(url, query).context["page"].total
        return len(seen), shown

    few, shown = statements()
    for number in range(9):
        visit = visit_for(adviser="sales", state=states.CLOSED, minutes_ago=90 + number)
        Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=40), receptionist=busy.people["sales"])
    assert statements() == (few, shown + 9) and shown > 0 and few <= 20, few
