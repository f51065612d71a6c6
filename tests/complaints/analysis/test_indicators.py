"""The indicators of complaints are those of the regulation, each out of exactly its records; so are the controls (CMP-28)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import states
from complaints.handling.solving import ComplaintRating, Liability
from config.contributions.figures import CONTROLS, HALL, INDICATORS, PERSON, TEAM, Subjects
from config.web.periods import MONTH, Period
from tests.complaints.analysis.test_figures import some_of_each
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db
OF_THE_REGULATION = {  # the lines of requirements/indicators.md whose data source is complaints, and CMP-28
    "Complaint handling rate": "complaint-handling", "Complaint in-time rate": "complaint-in-time", "Justified complaints": "justified-complaints"}
OURS = {*OF_THE_REGULATION.values(), "complaint-repeats", "complaint-satisfaction"}
KEPT = ("complaints-answered", "complaints-solved", "complaints-followed-up", "complaints-closed-with-cause")


def test_every_indicator_of_complaints_in_the_regulation_is_registered_by_its_name():
    named = {name: one.key for one in INDICATORS.all() for name in one.names}
    assert {name: named.get(name) for name in OF_THE_REGULATION} == OF_THE_REGULATION
    assert {one.key for one in INDICATORS.all() if one.kind == "complaint"} >= OURS


@pytest.mark.req("CMP-28")
@pytest.mark.parametrize("key", sorted(OURS))
@pytest.mark.parametrize("viewer", [None, "manager", "supervisor", "general"])
def test_an_indicator_counts_its_records(cast, key, viewer):
    some_of_each(cast)
    for row in some_justified(cast):
        row.save()
    one, user = INDICATORS.get(key), viewer and cast.users[viewer]
    periods = [Period.of(MONTH, cast.today), Period.of(MONTH, cast.today).before()]
    team = cast.people["agent"].postings.get().team
    for subjects in (Subjects(), Subjects(HALL, (cast.hall.pk, cast.other_hall.pk)), Subjects(PERSON, (cast.people["agent"].pk, cast.people["sales"].pk)),
                     Subjects(TEAM, (team.pk,) if team else ())):
        found = one.measure(periods, subjects, user)
        for period in periods:
            for subject in subjects.keys:
                facts = found.get((period, subject))
                figure = one.read(facts) if facts else None
                behind = one.records(period, Subjects(subjects.kind, () if subject is None else (subject,)), user)
                assert behind.whole.count() == (figure.whole if figure else 0), (key, subjects, period)
                if figure and figure.part is not None:
                    assert behind.part.count() == figure.part


def some_justified(cast):
    """Complaints for which people answer, one of them for two reasons."""
    rows = [complaint_at(cast, states.LIABILITY_SET, handler="agent", validity="justified", grounds="It was so"),
            complaint_at(cast, states.LIABILITY_SET, handler="agent", validity="partly", grounds="It was so", hall=cast.other_hall),
            complaint_at(cast, states.LIABILITY_SET, handler="agent", validity="unjustified", grounds="It was not")]
    for row in rows:
        Liability.objects.create(complaint=row, party="person", employee=cast.people["sales"], share=60, decided_by=cast.people["manager"], decided_at=cast.now)
    Liability.objects.create(complaint=rows[0], party="person", employee=cast.people["colleague"], share=40, decided_by=cast.people["manager"],
                             decided_at=cast.now)
    return rows


def test_justified_complaints_count_against_who_answers_for_them(cast):
    some_justified(cast)
    [month] = [Period.of(MONTH, cast.today)]
    sales, colleague, agent = (cast.people[name].pk for name in ("sales", "colleague", "agent"))
    found = INDICATORS.get("justified-complaints").measure([month], Subjects(PERSON, (sales, colleague, agent)), None)
    assert {who: facts["number"] for (_period, who), facts in found.items()} == {sales: 2, colleague: 1}


@pytest.mark.parametrize("key", KEPT)
def test_a_control_of_complaints_counts_and_opens_its_records(cast, as_role, key):
    some_of_each(cast)
    for row in complaint_at(cast, states.IMPLEMENTED, handler="agent"), complaint_at(cast, states.FOLLOWED_UP, handler="agent", satisfaction=5):
        row.implemented_at = cast.now - timedelta(days=10)
        row.save()
    ComplaintRating.objects.create(complaint=row, stars=5, at=cast.now - timedelta(days=9), method="phone")
    control, user = CONTROLS.get(key), cast.users["general"]
    span = Period.between(cast.today - timedelta(days=90), cast.today)
    whole, kept = control.counts(span, user, "conformity.read")
    assert whole > 0
    assert control.exceptions(span, user, "conformity.read").count() == whole - kept
    page = as_role("general").get(reverse("control", args=[key]), {"hall": "", "part": "all", "period": span.key})
    assert page.status_code == 200
    assert page.context["page"].total == whole


@pytest.mark.parametrize("key", sorted(OURS))
def test_the_page_of_an_indicator_of_complaints_opens(cast, as_role, key):
    some_of_each(cast, 12)
    for name in ("indicator", "indicator_records"):
        assert as_role("manager").get(reverse(name, args=[key])).status_code == 200
