"""The pages of complaints: the register by what is due next, one complaint by role, its verbs and who is kept away (FIELD 2.3 rows 1, 12, 22, 28)."""
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import acts, queries, states
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Complaint
from complaints.handling.services import timing
from complaints.handling.urls import VERBS
from complaints.handling.views import lists
from config.accounts.models import AccessEvent
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db
LIST = "/complaints/"


def shown(response):
    """The numbers of the rows of a list, in their order."""
    return [row.number for row in response.context["page"].rows]


def send(client, page, row, **answers):
    """Open the form of a verb and send it."""
    url = reverse(page, args=[row.pk])
    key = client.get(url).context["one_off_key"]
    return client.post(url, {"one_off_key": key, **answers})


def offers(client, row):
    """The addresses that the page of a complaint offers."""
    groups = client.get(reverse("complaint", args=[row.pk])).context["groups"]
    return [action["url"] for _heading, actions in groups for action in actions]


def test_the_register_shows_what_is_due_next_first_with_word_sign_and_colour(cast, as_role):
    later = complaint_at(cast, states.ASSIGNED, handler="agent", hours_ago=1)
    late = complaint_at(cast, hours_ago=30)
    soon = complaint_at(cast, hours_ago=1)
    over = complaint_at(cast, states.SATISFIED)
    page = as_role("manager").get(LIST)
    assert shown(page) == [late.number, soon.number, later.number]
    html = page.content.decode()
    assert "st--late" in html
    assert "st--soon" in html
    assert re.search(r"late|超", html)
    assert over.number not in html


def test_the_usual_views_show_what_they_say(cast, as_role):
    mine = complaint_at(cast, states.ASSIGNED, handler="manager")
    late = complaint_at(cast, hours_ago=30)
    mailed = complaint_at(cast, assessed=False)
    praise = complaint_at(cast, kind="praise", channel="web")
    again = complaint_at(cast, repeats=late)
    told = complaint_at(cast, escalated_to=cast.people["manager"])
    over = complaint_at(cast, states.SATISFIED)
    client = as_role("manager")
    for query, expected in (("mine=on", [mine]), ("due=late", [late]), ("unassessed=on", [mailed]), ("kind=light", [praise]), ("repeat=on", [again]),
                            ("escalated=on", [told]), ("state=closed", [over])):
        assert shown(client.get(f"{LIST}?{query}")) == [row.number for row in expected], query
    assert mine.number not in shown(client.get(f"{LIST}?unassigned=on"))


def test_a_complaint_is_found_by_words_number_code_and_the_tail_of_the_phone(cast, as_role):
    row, over = complaint_at(cast), complaint_at(cast, states.SATISFIED, contact_phone="+8613900139999", matter="灯不亮")
    client = as_role("manager")
    for words in ("门装歪", row.number, row.public_code.lower(), "8000", "138 0013 8000", "李建国"):
        assert row.number in shown(client.get(LIST, {"q": words})), words
    assert shown(client.get(LIST, {"q": "9999"})) == [over.number]


def test_a_whole_code_finds_its_complaint_alone_and_only_for_who_may_read_it(cast, as_role):
    row = complaint_at(cast, public_code="K7MPX2QD")
    named = complaint_at(cast, matter="与 K7MPX2QD 是同一件事")
    for typed in ("K7MPX2QD", " k7mpx2qd "):
        assert shown(as_role("manager").get(LIST, {"q": typed})) == [row.number]
    assert shown(as_role("manager").get(LIST, {"q": "K7MPX2Q"})) == [row.number, named.number]  # a part of one is a word like others
    assert shown(as_role("manager2").get(LIST, {"q": "K7MPX2QD"})) == []


@pytest.mark.parametrize("few", [500, 10])
def test_what_is_searched_is_counted_sorted_and_paged_however_much_is_found(cast, as_role, monkeypatch, few):
    monkeypatch.setattr(lists, "FEW", few)
    rows = [complaint_at(cast, states.SATISFIED if n % 2 else states.REGISTERED, hours_ago=n + 1, matter=f"灯具 {n}") for n in range(28)]
    complaint_at(cast, matter="门")
    client = as_role("manager")
    first = client.get(LIST, {"q": "灯具", "sort": "-received_at"})
    assert first.context["page"].total == 28
    second = client.get(LIST + first.context["next_url"])
    assert shown(first) + shown(second) == [row.number for row in rows]



def test_the_export_masks_the_contact_and_takes_its_right(cast, as_role):
    complaint_at(cast)
    assert as_role("agent").get(f"{LIST}?format=csv").status_code == 403
    answer = as_role("manager").get(f"{LIST}?format=csv")
    if answer.status_code == 200:
        text = b"".join(answer.streaming_content).decode()
        assert "138****8000" in text
        assert "13800138000" not in text


@pytest.mark.parametrize("role", ["reception", "agent", "supervisor", "manager", "general"])
def test_whoever_sees_the_register_opens_a_complaint_of_the_hall(role, cast, as_role):
    row = complaint_at(cast, handler="agent", state=states.INVESTIGATING)
    page = as_role(role).get(reverse("complaint", args=[row.pk]))
    html = page.content.decode()
    assert page.status_code == 200
    assert "138****8000" in html
    assert "13800138000" not in html
    assert row.matter in html
    assert AccessEvent.objects.filter(act="view", kind="complaint", record_id=row.pk).exists()


def test_another_hall_and_the_person_complained_about_find_nothing(cast, as_role):
    row = complaint_at(cast, about="agent")
    for role in ("manager2", "agent2", "agent"):
        client = as_role(role)
        assert client.get(reverse("complaint", args=[row.pk])).status_code == 404, role
        assert client.get(reverse("acknowledge_complaint", args=[row.pk])).status_code == 404, role
        assert client.post(reverse("show_complaint_phone", args=[row.pk])).status_code == 404, role
        assert row.number not in client.get(LIST).content.decode()


def test_the_phone_is_shown_on_record(cast, as_role):
    row = complaint_at(cast)
    answer = as_role("reception").post(reverse("show_complaint_phone", args=[row.pk]), headers={"HX-Request": "true"})
    assert "138 0013 8000" in answer.content.decode()
    assert AccessEvent.objects.filter(act="unmask", kind="complaint", record_id=row.pk).exists()


def test_the_next_step_comes_first_with_its_clause(cast, as_role):
    row = complaint_at(cast)
    page = as_role("agent").get(reverse("complaint", args=[row.pk]))
    first = page.context["groups"][0][1][0]
    assert (first["url"], first["primary"]) == (reverse("acknowledge_complaint", args=[row.pk]), True)
    assert "§3.5.3" in page.content.decode()


def test_who_only_registers_is_offered_no_handling(cast, as_role):
    row = complaint_at(cast)
    found = offers(as_role("reception"), row)
    assert reverse("report_complaint_up", args=[row.pk]) in found
    assert reverse("acknowledge_complaint", args=[row.pk]) not in found
    assert as_role("reception").get(reverse("acknowledge_complaint", args=[row.pk])).status_code == 403


@pytest.mark.req("CMP-26")
def test_an_adviser_handles_minor_complaints_of_own_customers_alone(cast, as_role):
    file = cast.customer_for(owner="sales")
    minor, grave = complaint_at(cast, customer=file, severity="minor"), complaint_at(cast, customer=file, severity="grave")
    client = as_role("sales")
    assert reverse("acknowledge_complaint", args=[minor.pk]) in offers(client, minor)
    assert reverse("acknowledge_complaint", args=[grave.pk]) not in offers(client, grave)
    assert client.get(reverse("acknowledge_complaint", args=[grave.pk])).status_code == 404


def test_the_handler_is_not_offered_the_follow_up_call(cast):
    row = complaint_at(cast, states.IMPLEMENTED, handler="agent", implemented_at=cast.now)
    verbs = {name: {act.verb for act in acts.offered(acts.Standing(queries.detail(cast.user(name), row.pk), cast.user(name)))}
             for name in ("agent", "supervisor")}
    assert "follow_up" not in verbs["agent"]
    assert "follow_up" in verbs["supervisor"]


def test_the_first_answer_is_noted_once_however_often_it_is_sent(cast, as_role):
    row, client = complaint_at(cast), as_role("agent")
    url = reverse("acknowledge_complaint", args=[row.pk])
    key = client.get(url).context["one_off_key"]
    for _ in range(2):
        answer = client.post(url, {"one_off_key": key, "method": "phone", "text": "我们马上处理"})
        assert answer["Location"] == reverse("complaint", args=[row.pk])
    row.refresh_from_db()
    assert row.state == states.ACKNOWLEDGED
    assert row.entries.filter(kind=ComplaintEntry.Kind.TOLD).count() == 1


def test_a_verb_that_is_not_drawn_is_refused_with_a_sentence(cast, as_role):
    row = complaint_at(cast, states.WITHDRAWN)
    answer = send(as_role("agent"), "acknowledge_complaint", row, method="phone", text="Hello")
    assert answer.status_code == 422
    assert row.number in answer.content.decode()
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("name", [name for _part, _page, name in VERBS])
def test_no_verb_breaks_where_it_is_not_drawn(name, cast, as_role):
    for row in (complaint_at(cast, states.WITHDRAWN), complaint_at(cast, states.AGREED, handler="agent")):
        url = reverse(name, args=[row.pk])
        client = as_role("manager")
        assert client.get(url).status_code in (200, 403, 405)
        assert client.post(url, {}).status_code < 500


def test_assessing_on_an_old_version_overwrites_nothing(cast, as_role):
    row, client = complaint_at(cast), as_role("agent")
    timing.note(cast.actor("manager"), row, text="x", now=cast.now)
    Complaint.objects.filter(pk=row.pk).update(version=7)
    url = reverse("assess_complaint", args=[row.pk])
    key = client.get(url).context["one_off_key"]
    answer = client.post(url, {"one_off_key": key, "version": 1, "impact": "high", "urgency": "high"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.impact == "medium"


def test_notes_of_the_house_look_unlike_what_the_customer_saw(cast, as_role):
    row = complaint_at(cast, states.ASSIGNED, handler="agent")
    timing.note(cast.actor("agent"), row, text="内部意见", now=cast.now)
    timing.tell(cast.actor("agent"), row, method="phone", text="正在处理", now=cast.now)
    client = as_role("agent")
    html = client.get(reverse("complaint", args=[row.pk])).content.decode()
    assert 'class="inside"' in html
    assert "is-inside" in html
    told = client.get(f"{reverse('complaint', args=[row.pk])}?story=customer").context["entries"]
    assert [one["quote"] for one in told] == ["正在处理"]


def test_many_are_assigned_at_once_each_with_its_own_refusal(cast, as_role):
    first, second = complaint_at(cast, states.ACKNOWLEDGED), complaint_at(cast, states.REGISTERED)
    client = as_role("manager")
    page = client.get(LIST)
    answer = client.post(LIST, {"bulk": "assign", "pk": [first.pk, second.pk], "confirmed": "1", "handler": cast.people["agent"].number, "note": "",
                                "one_off_key": page.context["bulk_key"]})
    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.handler, second.handler) == (cast.people["agent"], None)
    told = client.get(answer["Location"])
    assert len(told.context["refused"]) == 1


@pytest.mark.req("CMP-25")
def test_the_whole_complaint_prints_as_one_document(cast, as_role):
    row = complaint_at(cast, states.INVESTIGATING, handler="agent")
    timing.tell(cast.actor("agent"), row, method="phone", text="正在处理", now=cast.now + timedelta(minutes=1))
    html = as_role("agent").get(reverse("complaint_file", args=[row.pk])).content.decode()
    for words in ("FRM-34", row.number, row.matter, "正在处理", "138****8000"):
        assert words in html


def test_the_customers_page_shows_the_complaints_that_its_viewer_may_see(cast, as_role):
    file = cast.customer_for(owner="agent")
    seen, hidden = complaint_at(cast, customer=file), complaint_at(cast, customer=file, about="agent")
    html = as_role("agent").get(reverse("customer", args=[file.pk])).content.decode()
    assert seen.number in html
    assert hidden.number not in html
