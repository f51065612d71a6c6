"""Every address, every role, the own hall and the other: generated from the table of addresses and the matrix of rights (GEN-01).

Signed out leads to the log-in; without the capability 403; a record outside the scope 404, as if it were not there; inside it
an answer. The same holds for what is posted.
"""
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.accounts.access import SIGNED_IN
from config.accounts.models import AccessEvent
from config.web.lists import ListPage
from config.web.pages import Page
from staff.organisation.matrix import ROLES, matrix
from tests.access.subjects import SUBJECTS
from tests.addresses import addresses
from tests.architecture.test_pages import MACHINES

WORTH_ASKING = {"A": {"elsewhere"}, "D": {"colleague", "elsewhere"}, "H": {"colleague", "elsewhere"},
                "T": {"colleague", "outsider", "elsewhere"}, "O": {"mine", "colleague", "elsewhere"}}  # both sides of the border of each scope
OTHERS = {"colleague": "colleague", "outsider": "outsider", "elsewhere": "sales2"}  # whose record it is, where it is not one's own
ANSWERED = {200, 302, 400, 409, 422}  # a page, the way on, or a sentence about what was typed
ALSO = dict.fromkeys(("set_hall", "desk_hall_fields", "save_view"), {404})  # what is asked for is a hall or a list; one that is not the person's does not exist
GUARDED = [pytest.param(address, id=address.name) for address in addresses() if address.page and not address.page.public]


def may(role, capability):
    """What the matrix says, read here once more from the table itself."""
    if capability == SIGNED_IN:
        return True
    row, _dot, action = str(capability).partition(".")
    cell = matrix()[role].get(row)
    return cell is not None and action in cell.actions


def capability_for(page, method):
    """The capability that a page asks for this method."""
    return page.edit_capability if method == "post" and page.edit_capability else page.capability


def methods_of(page):
    """GET and POST, as far as the page has them."""
    return [method for method in ("get", "post") if hasattr(page, method)]


def filled_in(address, cast, who):
    """The address of a record that belongs to `who`."""
    if not address.keys:
        return reverse(address.name)
    subject = SUBJECTS.get(address.name)
    assert subject, f"{address.name} takes {address.keys}: say in tests/access/subjects.py whose record that is and how it is made."
    return reverse(address.name, kwargs=subject.make(cast, who))


def others_records(address, cast):
    """(situation, address) of the records of others; a page without a key has one case."""
    if not address.keys:
        return [("", filled_in(address, cast, ""))]
    return [(situation, filled_in(address, cast, who)) for situation, who in OTHERS.items()]


def situations_for(address, role, capability):
    """The situations on both sides of the border of what this role reaches."""
    cell = matrix()[role].get(str(capability).partition(".")[0])
    return WORTH_ASKING["O" if SUBJECTS[address.name].rule or cell is None else cell.scope]


def worth_asking(address, role, capability, others, mine, cast):
    """The (situation, address) to ask for this role: both sides of the border of what it reaches, one where it has no right at all. `mine` keeps
    the record of its own, which is made when the border lies there."""
    if not address.keys or not may(role, capability):
        return others[:1]
    asked = situations_for(address, role, capability)
    if "mine" in asked and not mine:
        mine["mine"] = filled_in(address, cast, role)
    return [(situation, url) for situation, url in [*mine.items(), *others] if situation in asked]


def expected(address, method, role, situation):
    """The codes that are right."""
    capability = capability_for(address.page, method)
    if not may(role, capability):
        return {403}
    if situation and not SUBJECTS[address.name].seen(role, capability, situation):
        return {404}
    return ANSWERED | ALSO.get(address.name, set())


def asked(client, method, url):
    """The code of the answer; what the request changed is undone, so that the next case starts from the same company."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        code = getattr(client, method)(url).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return code


@pytest.mark.parametrize("address", GUARDED)
def test_signed_out_one_is_led_to_the_log_in_and_learns_nothing(address, cast, client):
    for method in ("get", "post"):
        answer = getattr(client, method)(filled_in(address, cast, "manager"))
        assert answer.status_code == 302, method
        assert answer.url.startswith("/login/"), method


@pytest.fixture
def drawn_once(monkeypatch):
    """Each template of a page is drawn for the first role that gets it; of the others only who gets in is asked here, and reading every
    page (test_reading) draws it for whom it is for."""
    draw, drawn = Page.show, set()

    def show(page, template, context=None, status=200):
        if (template, status) in drawn:
            return HttpResponse(status=status)
        drawn.add((template, status))
        return draw(page, template, context, status)

    monkeypatch.setattr(Page, "show", show)


@pytest.mark.parametrize("address", GUARDED)
@pytest.mark.req("GEN-01")
def test_each_role_gets_what_the_matrix_says(address, cast, as_role, drawn_once):
    wrong, others = [], others_records(address, cast)
    for role in ROLES:
        mine, reader = {}, as_role(role)
        for method in methods_of(address.page):
            for situation, url in worth_asking(address, role, capability_for(address.page, method), others, mine, cast):
                code = asked(reader, method, url)
                if method == "post" and code in (200, 302):  # what was done may have ended the session
                    reader = as_role(role)
                if code not in expected(address, method, role, situation):
                    wrong.append(f"{role} {method} {situation or url}: {code}")
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("address", GUARDED)
def test_the_twin_of_a_person_is_a_stranger_in_this_hall(address, cast, as_role):
    """The same role, the other hall: what `manager` opens is not there for `manager2`, and its answer names nobody."""
    if not address.keys:
        return
    subject, page = SUBJECTS[address.name], address.page
    for role in ("reception", "sales", "supervisor", "manager", "department"):
        url = filled_in(address, cast, role)
        for method in methods_of(page):
            capability = capability_for(page, method)
            if may(role, capability) and not subject.seen(role, capability, "elsewhere"):
                answer = getattr(as_role(f"{role}2"), method)(url)
                assert answer.status_code == 404, (role, method)
                assert cast.people[role].name not in answer.content.decode()


EXPORTS = [pytest.param(address, id=address.name) for address in addresses()
           if address.page and issubclass(address.page, ListPage) and address.page.export_capability]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_list_is_exported_by_whom_the_matrix_lets_and_the_log_says_so(address, cast, as_role):
    page = address.page
    for role in ROLES:
        before = AccessEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        code = as_role(role).get(reverse(address.name), {"format": "csv"}).status_code
        allowed = may(role, page.capability) and may(role, page.export_capability)
        assert code == (200 if allowed else 403), role
        acts = set(AccessEvent.objects.filter(pk__gt=before).values_list("act", flat=True))
        assert ("export" in acts, "refused" in acts) == (allowed, not allowed), role


def test_pages_for_everybody_open_signed_out(cast):
    for address in addresses():
        if address.page and address.page.public and hasattr(address.page, "get") and not address.keys:
            assert Client().get(reverse(address.name)).status_code in {200, 302}, address.name


def test_addresses_without_a_page_are_asked_by_machines_alone():
    assert {address.name for address in addresses() if not address.page} == MACHINES


def test_an_address_that_nobody_described_fails_the_matrix(cast):
    unknown = next(address for address in addresses() if address.keys)
    known = SUBJECTS.pop(unknown.name)
    try:
        with pytest.raises(AssertionError, match="say in tests/access/subjects.py"):
            filled_in(unknown, cast, "manager")
    finally:
        SUBJECTS[unknown.name] = known


def test_no_subject_is_left_over_from_an_address_that_is_gone():
    assert set(SUBJECTS) <= {address.name for address in addresses() if address.keys}


def test_a_right_that_is_taken_away_is_gone_at_the_next_click(cast, as_role):
    client = as_role("manager")
    assert client.get(reverse("access_log")).status_code == 200
    cast.people["manager"].assignments.all().delete()
    assert client.get(reverse("access_log")).status_code == 403
