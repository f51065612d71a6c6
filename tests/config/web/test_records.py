"""Two windows on one record, and its history in words."""
import pytest
from django.utils import timezone

from config.accounts import trace
from config.errors import Changed
from config.web.history import in_words
from config.web.versions import claim_version


@pytest.fixture
def hall(cast):
    """A record with history and a version."""
    return cast.hall


def change(cast, hall, name, reason="", **values):
    for field, value in values.items():
        setattr(hall, field, value)
    return trace.save(cast.actor(name), hall, *values, act="changed", reason=reason)


def test_the_second_of_two_windows_is_told_who_was_first_and_overwrites_nothing(cast, hall):
    opened = hall.version
    claim_version(hall, opened)
    change(cast, hall, "manager", version=hall.version, address="2 Lake Road")
    with pytest.raises(Changed, match="Manager changed this record at .*, after you opened it. Your text is still below"):
        claim_version(hall, opened)
    hall.refresh_from_db()
    assert (hall.address, hall.version) == ("2 Lake Road", opened + 1)


def test_a_job_without_a_form_is_not_asked_for_a_version(hall):
    before = hall.version
    claim_version(hall, None)
    assert hall.version == before + 1


def test_history_says_who_changed_what_from_what_to_what_and_why(cast, hall):
    trace.save(cast.actor("admin"), hall, act="created")
    change(cast, hall, "manager", reason="moved next door", address="2 Lake Road", phone="")
    newest = in_words(hall)[0]
    assert newest.who == "Manager"
    assert ("Address", "1 Lake Road", "2 Lake Road") in newest.changes
    assert newest.reason == "changed: moved next door"
    assert newest.at <= timezone.now()


def test_history_names_a_hidden_field_and_keeps_its_value(cast, hall):
    trace.save(cast.actor("admin"), hall, act="created")
    change(cast, hall, "manager", phone="0512-67891234")
    changes = in_words(hall, hide=("phone",))[0].changes
    assert changes == [("Telephone", "…", "…")]


def test_history_speaks_the_readers_language_for_dates_choices_and_nothing(cast, hall):
    trace.save(cast.actor("admin"), hall, act="created")
    change(cast, hall, "manager", active_until=cast.today, kind="store")
    words = {label: (before, after) for label, before, after in in_words(hall)[0].changes}
    assert words["Kind"] == ("Sales hall", "Store")
    assert words["Open until"][0] == "empty"


def test_a_long_history_names_its_records_in_one_statement(cast, hall, django_assert_num_queries):
    trace.save(cast.actor("admin"), hall, act="created")
    for turn, name in enumerate(["sales", "manager", "agent", "designer", "sales", "manager"]):
        change(cast, hall, "admin", manager=cast.people[name], department=list(cast.departments.values())[turn % 2])
    with django_assert_num_queries(1):
        entries = in_words(hall)
    assert ("Manager", "Sales Wang", "Manager Wang") in [(label, before, after) for label, before, after in entries[0].changes]
    assert len(entries) == 7
