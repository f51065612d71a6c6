"""The lines of a complaint are written once: the database refuses to change one, and empties its words only when its customer is erased."""
import pytest
from django.db import IntegrityError, connection, transaction

from complaints.handling.facts import ComplaintEntry
from complaints.handling.services import timing
from config.contributions.personal import SIGN
from reception.customers import services as customers
from tests.complaints.acts import Walk, taken

pytestmark = pytest.mark.django_db
WORDS = "张三说柜门又掉了"


def line_of(cast, row):
    """A word of the customer in a complaint."""
    return timing.customer_word(cast.actor("agent"), row, text=WORDS, channel="phone", now=cast.now)


def refused(act):
    """Whether the database refuses this act."""
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        act()
    return True


@pytest.mark.parametrize("change", [{"text": "否认"}, {"text": ""}, {"text": SIGN}, {"kind": "note"}, {"by": None}, {"key": "other"}])
def test_nobody_changes_a_line_not_even_to_empty_it(cast, change):
    line = line_of(cast, taken(cast, customer=cast.customer_for()))
    assert refused(lambda: ComplaintEntry.objects.filter(pk=line.pk).update(**change))
    line.refresh_from_db()
    assert line.text == WORDS


def test_nobody_takes_a_line_out_by_the_model_or_by_statement(cast):
    line = line_of(cast, taken(cast))
    assert refused(line.delete)
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute("DELETE FROM complaints_complaintentry WHERE id = %s", [line.pk]))
    assert ComplaintEntry.objects.filter(pk=line.pk).exists()


def test_erasing_the_customer_empties_the_words_and_leaves_who_and_when(cast):
    customer = cast.customer_for()
    walk = Walk(cast, taken(cast, customer=customer))
    row = walk.to("closed_satisfied")
    line = line_of(cast, row)
    before = list(row.entries.values_list("pk", "kind", "at", "by", "to", "method", "channel", "key"))
    customers.erase_customer(cast.actor("manager"), customer, reason="by letter", typed=customer.number, now=cast.now)
    assert set(row.entries.values_list("text", flat=True)) == {SIGN}
    assert list(row.entries.values_list("pk", "kind", "at", "by", "to", "method", "channel", "key")) == before
    assert refused(lambda: ComplaintEntry.objects.filter(pk=line.pk).update(text=WORDS))
    assert refused(lambda: ComplaintEntry.objects.filter(pk=line.pk).update(text=SIGN, by=None))
    assert refused(line.delete)
