"""The list and the file of a customer: what people see, change, and what stays hidden (REC-25, 28, 30; UX 5)."""
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from config.accounts.models import AccessEvent
from reception.customers import services
from reception.customers.models import Communication, Customer
from reception.customers.queries import callable_customers

pytestmark = pytest.mark.django_db
WHOLE_NUMBER = re.compile(r"(?<![0-9A-Za-z_-])1[3-9]\d{9}(?![0-9A-Za-z_-])")  # none of the digits within a key


@pytest.fixture
def wang(cast):
    """A customer of the first hall with a note that not everybody reads."""
    return services.register_customer(cast.actor("agent"), hall=cast.hall, name="王芳", phones=["13800138000"], company="华东装饰",
                                      note="Builds in spring", now=cast.now)


def address(customer, more=""):
    return f"/reception/customers/{customer.pk}/{more}"


def test_the_list_shows_masked_numbers_only(as_role, wang):
    page = as_role("reception").get("/reception/customers/")
    assert page.status_code == 200
    assert "王芳" in page.text and "138****8000" in page.text and not WHOLE_NUMBER.search(page.text)


@pytest.mark.parametrize("filters", ["q=wangf", "q=8000", "choice=open", "phone=with", "named=with"])
def test_the_filters_find_and_leave_out(as_role, cast, wang, filters):
    other = services.register_customer(cast.actor("agent"), hall=cast.hall, company="Nobody Ltd", now=cast.now)
    services.set_choice(cast.actor("agent"), other, choice="declined", reason="bought elsewhere", now=cast.now)
    page = as_role("agent").get(f"/reception/customers/?{filters}").text
    assert "王芳" in page and "Nobody Ltd" not in page


@pytest.mark.req("REC-30")
def test_a_file_out_of_reach_is_not_found_and_each_look_is_on_record(as_role, cast, wang):
    assert as_role("agent2").get(address(wang)).status_code == 404
    assert as_role("sales").get(address(wang)).status_code == 404
    assert as_role("agent").get(address(wang)).status_code == 200
    page = as_role("manager").get(address(wang, "access/"))
    assert str(cast.users["agent"]) in page.text
    looks = AccessEvent.objects.filter(kind="customer", record_id=wang.pk, act="view")
    assert [look.user_id for look in looks.order_by("pk")] == [cast.users["agent"].pk, cast.users["manager"].pk]


def test_showing_a_number_leaves_a_row_and_only_then_is_it_on_the_page(as_role, cast, wang):
    client, contact = as_role("reception"), wang.contacts.get()
    assert not WHOLE_NUMBER.search(client.get(address(wang)).text)
    assert client.get(f"/reception/customers/contacts/{contact.pk}/show/").status_code == 405
    assert "138 0013 8000" in client.post(f"/reception/customers/contacts/{contact.pk}/show/").text
    row = AccessEvent.objects.get(act="unmask")
    assert (row.record_id, row.user_id, row.fields) == (wang.pk, cast.users["reception"].pk, ["mobile"])
    assert as_role("agent2").post(f"/reception/customers/contacts/{contact.pk}/show/").status_code == 404


def test_the_receptionist_sees_who_it_is_and_not_what_was_noted(as_role, cast, wang):
    services.log_communication(cast.actor("agent"), wang, hall=cast.hall, at=cast.now, method="phone", topic="Kitchen worktop", now=cast.now)
    assert "Builds in spring" in as_role("agent").get(address(wang)).text
    page = as_role("reception").get(address(wang)).text
    assert "王芳" in page and "Builds in spring" not in page and "Kitchen worktop" not in page
    assert as_role("reception").get(address(wang, "history/")).status_code == 404
    assert as_role("reception").get(address(wang, "communications/add/")).status_code == 404


@pytest.mark.req("REC-25")
def test_a_corrected_communication_shows_the_old_text(as_role, cast, wang):
    client = as_role("agent")
    when = timezone.localtime(cast.now).strftime("%Y-%m-%dT%H:%M")
    key = re.search(r'name="one_off_key" value="([^"]+)"', client.get(address(wang, "communications/add/")).text).group(1)
    typed = {"hall": cast.hall.pk, "at": when, "method": "phone", "topic": "Oak floor", "opinion": "likes it", "one_off_key": key}
    assert client.post(address(wang, "communications/add/"), typed).status_code == 302
    first = Communication.objects.get()
    url = f"/reception/customers/communications/{first.pk}/correct/"
    key = re.search(r'name="one_off_key" value="([^"]+)"', client.get(url).text).group(1)
    assert client.post(url, {**typed, "topic": "Ash floor", "reason": "", "one_off_key": key}).status_code == 422
    assert client.post(url, {**typed, "topic": "Ash floor", "reason": "misheard", "one_off_key": key}).status_code == 302
    page = client.get(address(wang)).text
    assert "Ash floor" in page and "misheard" in page and re.search(r"<del[^>]*>[^<]*<time[^>]*>[^<]*</time>[^<]*Oak floor", page)
    assert Communication.objects.get(pk=first.pk).topic == "Oak floor"


def test_of_many_talks_the_newest_stand_on_the_page_and_all_of_them_when_asked(as_role, cast, wang):
    for number in range(51):
        services.log_communication(cast.actor("agent"), wang, hall=cast.hall, at=cast.now + timedelta(seconds=number), method="phone",
                                   topic=f"Topic {number:02d}.", now=cast.now + timedelta(minutes=2))
    page = as_role("agent").get(address(wang))
    assert len(page.context["communications"]) == 50 and 'href="?all=communications#communications"' in page.text
    assert [re.search(r"Topic \d\d\.", row)[0] for row in page.context["communications"]][::49] == ["Topic 50.", "Topic 01."]
    assert "Topic 00." in as_role("agent").get(address(wang), {"all": "communications"}).text


def test_what_was_typed_is_text_on_the_page_of_the_file(as_role, cast, wang):
    evil, actor = "<script>alert(1)</script>", cast.actor("agent")
    first = services.log_communication(actor, wang, hall=cast.hall, at=cast.now, method="phone", topic=f"Topic {evil}", opinion=f"a\n{evil}",
                                       answer=evil, next_step=evil, now=cast.now)
    services.correct_communication(actor, first, topic=f"New {evil}", opinion="", answer="", next_step="", at=cast.now, method="phone",
                                   reason=evil, now=cast.now)
    page = as_role("agent").get(address(wang)).text
    assert evil not in page and page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 6


@pytest.mark.req("REC-28")
def test_who_does_not_want_contact_is_missing_from_the_people_to_call(as_role, cast, wang):
    other = services.register_customer(cast.actor("agent"), hall=cast.hall, name="李强", phones=["13900139000"], now=cast.now)
    assert set(callable_customers(cast.users["agent"])) == {wang, other}
    answer = as_role("agent").post(address(wang, "choice/"), {"choice": "do_not_contact", "reason": "asked us to stop", "version": wang.version})
    assert answer.status_code == 302
    assert list(callable_customers(cast.users["agent"])) == [other]
    assert not services.may_be_contacted(Customer.objects.get(pk=wang.pk))
    assert "asked us to stop" in as_role("reception").get(address(wang)).text


def test_two_windows_on_one_file_the_second_is_told_and_keeps_what_was_typed(as_role, cast, wang):
    first, second = as_role("agent"), as_role("manager")
    typed = {"name": "王芳芳", "company": "", "source": "", "note": "", "owner": "", "version": wang.version}
    assert first.post(address(wang, "edit/"), typed).status_code == 302
    answer = second.post(address(wang, "edit/"), {**typed, "name": "王方"})
    assert answer.status_code == 422 and "王方" in answer.text and str(cast.users["agent"]) in answer.text
    assert Customer.objects.get(pk=wang.pk).name == "王芳芳"


def test_a_form_sent_twice_registers_one_customer(as_role, cast):
    client = as_role("reception")
    key = re.search(r'name="one_off_key" value="([^"]+)"', client.get("/reception/customers/new/").text).group(1)
    typed = {"hall": cast.hall.pk, "name": "赵敏", "phone": "139 0013 9000", "company": "", "one_off_key": key}
    places = {client.post("/reception/customers/new/", typed)["Location"] for _ in range(3)}
    assert len(places) == 1 and Customer.objects.filter(name="赵敏").count() == 1


def test_a_foreign_hall_is_not_taken_when_registering(as_role, cast):
    client = as_role("reception")
    answer = client.post("/reception/customers/new/", {"hall": cast.other_hall.pk, "name": "赵敏"})
    assert answer.status_code == 422 and "Choose one of your halls." in answer.text


def test_only_who_approves_exports_and_the_export_is_masked_and_on_record(as_role, cast, wang):
    assert as_role("reception").get("/reception/customers/?format=csv").status_code == 403
    text = b"".join(as_role("manager").get("/reception/customers/?format=csv").streaming_content).decode()
    assert "138****8000" in text and not WHOLE_NUMBER.search(text)
    full = b"".join(as_role("manager").get("/reception/customers/?format=csv&numbers=full").streaming_content).decode()
    assert "138 0013 8000" in full
    assert [row.fields.count("phone_in_full") for row in AccessEvent.objects.filter(act="export", record_id=None).order_by("pk")] == [0, 1]


def test_contacts_are_added_corrected_and_removed_with_their_history(as_role, cast, wang):
    client = as_role("agent")
    key = re.search(r'name="one_off_key" value="([^"]+)"', client.get(address(wang, "contacts/add/")).text).group(1)
    assert client.post(address(wang, "contacts/add/"), {"way": "phone", "written": "0086 139-0013-9000", "one_off_key": key}).status_code == 302
    added = wang.contacts.get(is_primary=False)
    assert added.value == "+8613900139000"
    assert client.post(f"/reception/customers/contacts/{added.pk}/main/").status_code == 302
    assert client.post(f"/reception/customers/contacts/{added.pk}/correct/", {"written": "13700137000"}).status_code == 302
    assert client.post(f"/reception/customers/contacts/{added.pk}/remove/", {"reason": "wrong person"}).status_code == 302
    assert wang.contacts.get().is_primary
    history = client.get(address(wang, "history/")).text
    assert "wrong person" in history and "137****7000" in history and not WHOLE_NUMBER.search(history)


def test_the_pages_cost_the_same_for_one_and_for_ten(cost, cast, wang):
    def spent():
        return [cost(url) for url in ("/reception/customers/", address(wang), "/reception/customers/duplicates/")]

    services.register_customer(cast.actor("agent"), hall=cast.hall, name="王芳", phones=["13800138000"], now=cast.now)
    one = spent()
    for index in range(9):
        services.register_customer(cast.actor("agent"), hall=cast.hall, name="王芳", phones=["13800138000"], company="华东装饰", now=cast.now)
        services.log_communication(cast.actor("agent"), wang, hall=cast.hall, at=cast.now, method="phone", topic=f"Talk {index}", now=cast.now)
    services.find_duplicates(cast.actor("agent"), now=cast.now)
    assert spent() == one
