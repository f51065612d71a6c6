"""Every reason that a form takes can be kept: the history holds act and reason, the events of a visit the whole of it."""
import pytest
from django.urls import reverse

from config.accounts import trace
from reception.visits import services, states
from reception.visits.models import Visit
from staff.organisation.models import Employee


def test_a_reason_of_any_length_is_kept_with_its_act_and_cut_where_the_history_ends(cast):
    trace.save(cast.actor("hr"), cast.hall, act="changed", reason="x" * 300)
    written = cast.hall.history.first().history_change_reason
    assert written == f"changed: {'x' * 90}…" and len(written) == trace.LONGEST


def test_what_is_deleted_leaves_who_did_it_and_why(cast):
    offer = cast.hall.offers.first()
    pk = offer.pk
    trace.delete(cast.actor("hr"), offer, act="offered no longer", reason="Moved")
    last = type(offer).history.filter(id=pk).first()
    assert (last.history_type, last.history_user, last.history_change_reason) == ("-", cast.users["hr"], "offered no longer: Moved")


def test_the_longest_reason_a_visit_takes_is_whole_in_its_events(cast, visit_for, client_as):
    visit, reason = visit_for(state=states.CLOSED), "r" * 300
    assert client_as("supervisor").post(reverse("visit_reopen", args=[visit.pk]), {"reason": reason}).status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == states.IN_SERVICE and visit.events.get(verb="reopened").reason == reason


def test_the_longest_note_of_a_handover_goes_along(cast, visit_for, client_as):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    handover = services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="n" * 300, now=cast.now)
    assert client_as("colleague").post(reverse("handover_accept", args=[handover.pk])).status_code == 302
    assert Visit.objects.get(pk=visit.pk).adviser == cast.people["colleague"]


@pytest.mark.parametrize(("length", "status"), [(trace.REASON_LENGTH, 302), (trace.REASON_LENGTH + 1, 422)])
def test_a_reason_that_the_history_alone_keeps_is_asked_no_longer_than_it_keeps(cast, as_role, customer_for, length, status):
    person, contact = cast.people["sales"], customer_for().contacts.get()
    Employee.objects.filter(pk=person.pk).update(state="training")
    reason = "r" * length
    assert as_role("hr").post(reverse("put_on_duty", args=[person.pk]), {"reason": reason}).status_code == status
    assert as_role("reception").post(reverse("remove_contact", args=[contact.pk]), {"reason": reason}).status_code == status
    if status == 302:
        assert person.history.first().history_change_reason == f"put on duty: {reason}"
        assert type(contact).history.filter(id=contact.pk).first().history_change_reason == f"removed: {reason}"
