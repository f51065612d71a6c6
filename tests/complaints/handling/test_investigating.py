"""Finding out what happened: evidence, statements of both sides, tasks (CMP-09, CMP-11; FIELD 2.3 rows 17, 19)."""
import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.handling import states
from complaints.handling.facts import Evidence
from complaints.handling.models import Kind
from complaints.handling.services import investigating as services
from config.accounts.actor import Actor
from config.errors import Refused
from tests.complaints.acts import led_to, walk_to

PDF = b"%PDF-1.4 a note"
DAY = timedelta(days=1)


def evidence(cast, row, by="agent", **facts):
    given = {"kind": "site", "text": "The stairs are narrow", "shows_on": cast.today, "now": cast.now} | facts
    return services.add_evidence(cast.actor(by), row, **given)


def verify(cast, row, by="agent", **facts):
    return services.verify(cast.actor(by), row, **{"facts": "It broke on the way", "now": cast.now} | facts)


@pytest.mark.req("CMP-09")
def test_facts_are_verified_with_evidence_or_a_reason_for_none(cast):
    row = led_to(cast, states.INVESTIGATING)
    with pytest.raises(Refused, match="at least one piece of evidence"):
        verify(cast, row)
    one = evidence(cast, row)
    services.strike(cast.actor("agent"), one, reason="Another house", now=cast.now)
    with pytest.raises(Refused, match="at least one piece of evidence"):
        verify(cast, row)
    evidence(cast, row)
    row = verify(cast, row)
    assert (row.state, row.facts_found, row.since) == (states.VERIFIED, "It broke on the way", cast.now)
    other = verify(cast, led_to(cast, states.INVESTIGATING), no_evidence="Nothing was kept")
    assert other.state == states.VERIFIED
    assert [line.text for line in other.entries.filter(kind="note")] == ["No evidence: Nothing was kept"]


def test_facts_are_said_and_the_arrow_starts_at_the_investigation(cast):
    with pytest.raises(Refused) as told:
        verify(cast, led_to(cast, states.INVESTIGATING), facts=" ")
    assert told.value.field == "facts"
    with pytest.raises(Refused, match="by now"):
        verify(cast, led_to(cast, states.ASSIGNED), no_evidence="None")
    with pytest.raises(Refused, match="by now"):
        services.investigate(cast.actor("agent"), led_to(cast, states.ACKNOWLEDGED), now=cast.now)


@pytest.mark.req("CMP-11")
def test_where_somebody_is_named_both_sides_are_heard(cast):
    row = led_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True), (cast.people["colleague"], False)])
    with pytest.raises(Refused, match="Hear Sales"):
        verify(cast, row, no_evidence="None")
    with pytest.raises(Refused) as told:
        evidence(cast, row, kind="staff")
    assert told.value.field == "person"
    evidence(cast, row, kind="staff", person=cast.people["sales"])
    with pytest.raises(Refused, match="Hear the customer"):
        verify(cast, row)
    evidence(cast, row, kind="customer")
    assert verify(cast, row).state == states.VERIFIED


def test_who_left_the_house_need_not_be_heard(cast):
    row = led_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True)])
    person = cast.people["sales"]
    person.state = person.State.LEFT
    person.save()
    assert verify(cast, row, no_evidence="Gone").state == states.VERIFIED


def test_a_file_is_kept_with_its_checksum_the_day_it_shows_and_its_witness(cast):
    row = led_to(cast, states.INVESTIGATING)
    upload = SimpleUploadedFile("note.pdf", PDF)
    one = evidence(cast, row, kind="file", upload=upload, shows_on=cast.today - 3 * DAY, witness="Li Wei")
    assert (one.checksum, one.shows_on, one.added_at, one.witness) == (hashlib.sha256(PDF).hexdigest(), cast.today - 3 * DAY, cast.now, "Li Wei")
    assert (one.attachment.kind, one.attachment.record_id, one.added_by) == ("complaint", row.pk, cast.people["agent"])
    with pytest.raises(Refused) as told:
        evidence(cast, row, kind="file")
    assert told.value.field == "upload"
    with pytest.raises(Refused) as told:
        evidence(cast, row, shows_on=cast.today + DAY)
    assert told.value.field == "shows_on"


def test_struck_evidence_stays_readable_and_is_struck_once(cast):
    row = led_to(cast, states.INVESTIGATING)
    one = evidence(cast, row)
    with pytest.raises(Refused):
        services.strike(cast.actor("agent"), one, reason=" ", now=cast.now)
    services.strike(cast.actor("agent"), one, reason="Another house", now=cast.now)
    one.refresh_from_db()
    assert (one.text, one.struck_reason) == ("The stairs are narrow", "Another house")
    with pytest.raises(Refused, match="already"):
        services.strike(cast.actor("agent"), one, reason="Again", now=cast.now)


def test_a_customer_adds_words_and_nothing_else(cast):
    row = led_to(cast, states.INVESTIGATING)
    actor = Actor.customer(row.number)
    one = services.add_evidence(actor, row, kind="customer", text="Look at the leg", shows_on=cast.today, now=cast.now)
    assert one.added_by is None
    with pytest.raises(Refused):
        services.add_evidence(actor, row, kind="document", text="A rule", shows_on=cast.today, now=cast.now)
    assert Evidence.objects.filter(complaint=row).count() == 1


def test_tasks_have_somebody_and_a_day_and_are_answered_before_the_facts_are_verified(cast):
    row = led_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], False)])
    task = services.add_task(cast.actor("agent"), row, what="Ask the driver", owner=cast.people["colleague"], due_on=cast.today, now=cast.now)
    with pytest.raises(Refused, match="open"):
        verify(cast, row, no_evidence="None")
    with pytest.raises(Refused, match="responsible"):
        services.finish_task(cast.actor("outsider"), task, result="He fell", now=cast.now)
    with pytest.raises(Refused):
        services.finish_task(cast.actor("colleague"), task, result="", now=cast.now)
    task = services.finish_task(cast.actor("colleague"), task, result="He fell", now=cast.now)
    assert (task.result, task.done_at) == ("He fell", cast.now)
    with pytest.raises(Refused, match="already"):
        services.finish_task(cast.actor("agent"), task, result="No", now=cast.now)
    with pytest.raises(Refused) as told:
        services.add_task(cast.actor("agent"), row, what="Ask", owner=cast.people["colleague"], due_on=cast.today - DAY, now=cast.now)
    assert told.value.field == "due_on"
    with pytest.raises(Refused, match="not on duty"):
        services.add_task(cast.actor("agent"), row, what="Ask", owner=cast.people["trainee"], due_on=cast.today, now=cast.now)


def test_suggestions_are_not_investigated(cast):
    row = led_to(cast, states.ASSIGNED, kind=Kind.SUGGESTION)
    with pytest.raises(Refused, match="answered, not investigated"):
        services.investigate(cast.actor("agent"), row, now=cast.now)


def test_nothing_is_added_once_it_is_over(cast):
    walk = walk_to(cast, states.WITHDRAWN)
    with pytest.raises(Refused):
        walk.evidence()
