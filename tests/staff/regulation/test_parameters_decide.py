"""Each parameter that code reads is changed once, by two people, and what the house does changes with it (GEN-05)."""
import re
from datetime import datetime, time, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from config.accounts.actor import Actor
from config.embedded.places import CHECKOUT
from config.errors import Refused
from facilities.cleaning import plans as cleaning
from performance.appraisals import schemes
from reception.followups import plans, queries, states
from reception.followups import services as followups
from reception.followups.models import FollowUp
from reception.visits import measures, queue
from reception.visits import queries as visits
from reception.visits import services as visit_services
from reception.visits import states as visit_states
from reception.visits.models import Visit
from reception.visits.stations import services as stations
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Hall
from staff.regulation import calendar
from staff.regulation.parameters.queries import readers

LITERAL = re.compile(r'"([a-z0-9_]+)"')


def company_name(cast, as_role):
    """As the page of the organisation prints it."""
    page = as_role("hr").get(reverse("organisation")).content.decode()
    return [name for name in ("Example Company", "滨江家居") if name in page]


def cleaned_by(cast, as_role):
    """By when tomorrow's round is due."""
    begins = datetime.combine(cast.today, time(), tzinfo=cast.now.tzinfo)
    rounds = cleaning.rounds_of(cast.hall, calendar.of(cast.hall), begins, begins + timedelta(days=2))
    return {cast.hall.day_of(one.due_at) > cast.today and one.due_at.astimezone(rounds[0].due_at.tzinfo).strftime("%H:%M") for one in rounds} - {False}


def greeted_late(cast, as_role):
    """Whether somebody greeted after 90 seconds was greeted late."""
    visit = cast.visit_for(state=visit_states.CLOSED, minutes_ago=0)
    Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=90))
    return measures.judged(Visit.objects.filter(pk=visit.pk)).filter(greeted_in__gt=F("greet_target")).exists()


def waits_too_long(cast, as_role):
    """Whether somebody who came 12 minutes ago waits too long."""
    visit = cast.visit_for(minutes_ago=12)
    return Visit.objects.filter(visits.too_long_ago(cast.hall.pk, cast.now), pk=visit.pk).exists()


def may_rejoin(cast, as_role):
    """Whether who was called and absent gets the old place back after 40 minutes."""
    leg = cast.visit_for(minutes_ago=90).legs.get()
    type(leg).objects.filter(pk=leg.pk).update(state=visit_states.NO_SHOW, ended_at=cast.now - timedelta(minutes=40))
    leg.refresh_from_db()
    try:
        queue.rejoin(cast.actor("reception"), leg, now=cast.now)
    except Refused:
        return False
    return True


def kiosk(cast):
    """A new kiosk's first page."""
    key = stations.set_up(cast.actor("manager"), hall=cast.hall, kind="kiosk", name="East door", now=cast.now)[1]
    return Client().get(reverse("kiosk", args=[key]), headers={"Accept-Language": "en"}).content.decode()


def kiosk_forgets(cast, as_role):
    """After how many seconds the kiosk starts anew."""
    return 'data-idle="60"' in kiosk(cast)


def kiosk_promises(cast, as_role):
    """For how many years the notice says that data is kept."""
    page = kiosk(cast)
    return [years for years in (3, 5) if f"{years} years" in page or f"{years} 年" in page]


def closed(cast):
    """A visit that ended in business just now."""
    visit = cast.visit_for(customer=cast.customer_for(), adviser="sales", state=visit_states.IN_SERVICE)
    return visit_services.close(Actor(cast.users["sales"]), visit, outcome="business", now=cast.now)


def called_by(cast, as_role):
    """How many days after a purchase its call is due at the latest."""
    visit = closed(cast)
    last = FollowUp.objects.get(visit=visit).due_at - timedelta(seconds=1)  # the hall closes at midnight
    return (cast.hall.day_of(last) - cast.hall.day_of(visit.left_at)).days


def visited_again(cast, as_role):
    """Whether a customer whose last business lies 45 days back is due to be visited again."""
    visit = closed(cast)
    Visit.objects.filter(pk=visit.pk).update(left_at=cast.now - timedelta(days=45), arrived_at=cast.now - timedelta(days=45))
    ScheduleMark.objects.update_or_create(key=plans.RETURN_VISIT, defaults={"through": cast.now - timedelta(days=1)})
    duties.run(plans.RETURN_VISIT, now=cast.now)
    return FollowUp.objects.filter(trigger="period", customer=visit.customer_id).exists()


def gives_up(cast, as_role):
    """Whether one try in vain ends a call."""
    visit = closed(cast)
    FollowUp.objects.filter(visit=visit).update(state=states.DUE)
    call, later = FollowUp.objects.get(visit=visit), cast.now + timedelta(hours=1)
    row = followups.not_reached(Actor(cast.users["sales"]), call, method="phone", again_at=later, now=cast.now)
    return row.state == states.GIVEN_UP


def best_score(cast, as_role):
    """The top of the scale of satisfaction."""
    return queries.highest_score(FollowUp.objects.get(visit=closed(cast)))


def told_higher(cast, as_role):
    """Whether what is 50 hours late is known one superior higher."""
    Hall.objects.filter(pk=cast.hall.pk).update(manager=cast.people["manager"])
    duty = Duty.objects.create(schedule="TEST", slot=str(Duty.objects.count()), kind="visit", record_id=7, hall=cast.hall, employee=cast.people["sales"],
                               starts_at=cast.now - timedelta(days=9), due_at=cast.now - timedelta(hours=50))
    duties.escalate(cast.now)
    duty.refresh_from_db()
    return duty.level


DECIDES = {  # key -> (another value, what the house does, before, after)
    "organization_name": ("滨江家居", company_name, ["Example Company"], ["滨江家居"]),
    "daily_cleaning_time": ("08:15", cleaned_by, {"09:00"}, {"08:15"}),
    "greeting_target_seconds": (120, greeted_late, True, False),
    "visit_wait_target_minutes": (15, waits_too_long, True, False),
    "no_show_rejoin_minutes": (60, may_rejoin, False, True),
    "kiosk_idle_reset_seconds": (30, kiosk_forgets, True, False),
    "followup_after_purchase_days": (6, called_by, 3, 6),
    "return_visit_months": (1, visited_again, False, True),
    "followup_max_attempts": (1, gives_up, False, True),
    "survey_score_max": (10, best_score, 5, 10),
    "overdue_escalation_days": (1, told_higher, 1, 2),
    "customer_data_retention_years": (3, kiosk_promises, [5], [3]),
}


@pytest.mark.parametrize("key", DECIDES)
def test_what_the_house_does_follows_the_value(cast, hold, as_role, key):
    value, does, before, after = DECIDES[key]
    assert does(cast, as_role) == before
    hold(key, value)
    assert does(cast, as_role) == after


def test_a_hall_prints_its_own_name_where_it_has_one(cast, hold, as_role):
    hold("organization_name", "滨江家居", hall=cast.hall)
    visit = cast.visit_for(customer=cast.customer_for(owner="sales"), adviser="sales")
    assert "滨江家居" in kiosk(cast)
    assert "滨江家居" in as_role("sales").get(reverse("registration_form", args=[visit.pk])).content.decode()
    assert company_name(cast, as_role) == ["Example Company"]


WEIGHED = {  # scheme -> other weights, all that change together
    "sales_hall": {"kpi_weights_hall": [30, 40, 15, 15]},
    "adviser": {"kpi_weights_adviser": [20, 40, 40]},
    "window": {"kpi_weights_window": [25, 35, 25, 15]},
    "sales_service": {"kpi_weight_sales_performance": 40, "kpi_weight_customer_satisfaction": 40, "kpi_weight_response_time": 20},
    "telesales": {"kpi_weight_results": 40, "kpi_weight_attitude": 25, "kpi_weight_skills": 25, "kpi_weight_discipline": 10,
                  "kpi_weights_results_split": [20, 10, 10], "kpi_weights_attitude_split": [5, 10, 10], "kpi_weights_skills_split": [5, 10, 10],
                  "kpi_weights_discipline_split": [6, 4]},
}


@pytest.mark.parametrize("scheme", WEIGHED)
def test_an_appraisal_weighs_by_the_weights_of_its_hall(cast, hold, scheme):
    before = schemes.weights(scheme, cast.today, cast.hall, None)
    hold(next(iter(WEIGHED[scheme])), WEIGHED[scheme], hall=cast.hall)
    after = schemes.weights(scheme, cast.today, cast.hall, None)
    assert after != before and sum(weight for _group, _item, weight in after) == 100
    assert schemes.weights(scheme, cast.today, cast.other_hall, None) == before


def test_each_parameter_that_code_reads_is_tried_here_or_beside_what_reads_it():
    """A room that reads another parameter brings a test that names it."""
    files = [path for path in (CHECKOUT / "tests").rglob("test_*.py") if not path.name.startswith("test_parameter_")]  # those try asking, not reading
    named = {token for path in files for token in LITERAL.findall(path.read_text(encoding="utf-8"))}
    assert set(DECIDES) <= set(readers()) <= named
