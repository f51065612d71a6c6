"""`manage.py verify` counts the complaints anew, names what is kept wrong, and ends with 1; it mends nothing."""
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from complaints.analysis import rollup
from complaints.analysis.models import ComplaintDay, ComplaintFact
from complaints.handling import states
from complaints.handling.models import Complaint
from config.contributions.recounts import RECOUNTS
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db


def verified(*only):
    """(exit code, what was printed)."""
    out = StringIO()
    try:
        call_command("verify", *only, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def one(cast, **facts):
    """A complaint that is counted."""
    row = complaint_at(cast, states.ASSIGNED, handler="agent", channel="phone", **facts)
    row.save()
    return row


def test_where_all_is_right_it_says_so_for_each_and_ends_with_nothing(cast):
    one(cast)
    code, printed = verified()
    assert code == 0
    assert printed.count("nothing differs") == len(RECOUNTS.all()) >= 2


def test_a_broken_sum_is_named_with_both_numbers_and_stays_as_it_is(cast):
    row = one(cast)
    broken = ComplaintDay.objects.get(dim="channel", phase="received", value="phone", hall=row.hall_id)
    ComplaintDay.objects.filter(pk=broken.pk).update(number=7)
    code, printed = verified()
    assert code == 1
    assert f"complaint-sums: hall {row.hall_id}, {broken.day}, received, channel 'phone': number 7 instead of 1" in printed
    assert "complaint-sums: 1 differs" in printed
    assert "complaint-facts: nothing differs" in printed
    broken.refresh_from_db()
    assert broken.number == 7
    rollup.rebuild()
    assert verified()[0] == 0


def test_a_sum_that_is_missing_and_one_that_is_too_many_are_both_seen(cast):
    row = one(cast)
    gone = ComplaintDay.objects.filter(dim="channel", phase="received", hall=row.hall_id)
    day = gone.get().day
    gone.delete()
    ComplaintDay.objects.create(hall=cast.other_hall, day=day, phase="received", dim="channel", value="web", number=2)
    printed = verified("complaint-sums")[1]
    assert "number 0 instead of 1" in printed
    assert f"hall {cast.other_hall.pk}, {day}, received, channel 'web': number 2 instead of 0" in printed
    assert "complaint-sums: 2 differs" in printed
    assert "complaint-facts" not in printed


def test_a_complaint_counted_as_something_else_or_not_at_all_is_named(cast):
    other, lost = one(cast), one(cast)
    Complaint.objects.filter(pk=other.pk).update(channel="web")
    ComplaintFact.objects.filter(pk=lost.pk).delete()
    code, printed = verified()
    assert code == 1
    assert f"complaint-facts: {other.number}: channel phone instead of web" in printed
    assert f"complaint-facts: {lost.number}: not counted" in printed
    assert "complaint-sums: " in printed


def test_a_recount_that_nobody_knows_is_refused_by_name():
    with pytest.raises(CommandError, match="No recount is called visits. There are: complaint-facts, complaint-sums"):
        call_command("verify", "visits")


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_moment_and_could_not_write(cast, monkeypatch):
    one(cast)
    assert verified()[0] == 0
    recount = RECOUNTS.get("complaint-sums")
    monkeypatch.setitem(RECOUNTS._members, "complaint-sums", type(recount)(
        recount.key, recount.label, lambda: [] if ComplaintDay.objects.update(number=9) else []))
    with pytest.raises(Exception, match="read-only transaction"):
        call_command("verify", stdout=StringIO())
