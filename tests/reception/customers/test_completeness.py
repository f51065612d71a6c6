"""Complete and accurate files: the list of those that lack something, doubts in words, fields to confirm with the customer (REC-22)."""
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.contributions.figures import INDICATORS, PERSON, Figure, Subjects
from config.contributions.holdings import HOLDINGS
from config.errors import Refused
from config.jobs import services as jobs
from config.jobs.models import Job
from config.web.periods import Period
from reception.customers import completeness
from reception.customers import services as customers
from reception.customers.completeness_models import Confirmation, FileCheck, FileTemplate
from reception.customers.models import ContactPoint, Customer
from reception.customers.queries.completeness import still_to_confirm
from reception.customers.services import checking, judging
from reception.customers.services import completeness as services
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast):
    """A private customer of `sales` with name and telephone, of whom nobody wrote how they heard of us."""
    made = cast.customer_for(owner="sales", name="陈伟", phone="13912345670")
    checking.check_anew([made.pk])
    return made


def marked(cast, file, *, field="phone", owner="sales", by="agent", note="No answer twice"):
    """A mark of customer service that `owner` is to ask about."""
    return services.mark(cast.actor(by), file, field=field, owner=cast.people[owner], note=note, now=cast.now)


def lacks(file):
    """(percent, missing) of a file."""
    check = FileCheck.objects.get(customer=file)
    return check.percent, check.missing


def listed(client, query=""):
    """The files of the list."""
    return [row.pk for row in client.get(f"{reverse('incomplete_files')}?{query}").context["page"].rows]


@pytest.mark.req("REC-22")
def test_a_file_stands_on_the_list_until_it_is_complete_and_confirming_clears_the_mark_and_says_who_asked_when(cast, file, client_as):
    sales, agent = client_as("sales"), client_as("agent")
    page = sales.get(reverse("incomplete_files")).content.decode()
    assert listed(sales) == [file.pk] and "67 %" in page and "How they heard of us" in page
    part = sales.get(reverse("customer_completeness", args=[file.pk])).content.decode()
    assert "67 % complete" in part and reverse("customer_completeness", args=[file.pk]) in sales.get(reverse("customer", args=[file.pk])).content.decode()
    form = agent.get(reverse("mark_field", args=[file.pk]))
    agent.post(reverse("mark_field", args=[file.pk]), {"one_off_key": form.context["one_off_key"], "field": "phone", "note": "No answer twice",
                                                       "owner": cast.people["sales"].pk})
    mark = Confirmation.objects.get()
    confirm = reverse("confirm_field", args=[mark.pk])
    assert confirm in sales.get(reverse("home")).content.decode() and listed(sales, "marked=on") == [file.pk]
    asked = sales.get(confirm)
    assert "139****5670" in asked.content.decode() and "No answer twice" in asked.content.decode()
    assert sales.post(confirm, {"method": "phone", "corrected": "139 8765 0011"}).status_code == 302
    mark.refresh_from_db()
    assert (mark.asked_by, mark.result, mark.method) == (cast.users["sales"], "corrected", "phone") and mark.asked_at >= cast.now
    assert ContactPoint.objects.get(customer=file).value == "+8613987650011" and Duty.objects.get().state == "done"
    assert confirm not in sales.get(reverse("home")).content.decode() and listed(sales, "marked=on") == []
    told = sales.get(reverse("customer_completeness", args=[file.pk])).content.decode()
    assert "asked by Sales" in told and "to confirm" not in told.replace("Mark a field to confirm", "")
    customers.change(cast.actor("sales"), Customer.objects.get(pk=file.pk), source="Fair", now=cast.now)
    assert listed(sales) == [] and lacks(file) == (100, [])


def test_the_template_follows_from_the_company_and_a_number_nobody_can_dial_fills_nothing(cast):
    person, company, unread = (cast.customer_for(phone=""), cast.customer_for(company="Lake Ltd", source="Fair"), cast.customer_for(phone="", source="Fair"))
    ContactPoint.objects.create(customer=unread, kind="unreadable", value="12 34", created_at=cast.now)
    checking.check_all()
    assert lacks(person) == (34, ["phone", "source"]) and lacks(company) == (80, ["email"]) and lacks(unread) == (67, ["phone"])


def test_what_is_written_in_a_file_counts_at_once_and_what_leaves_it_too(cast, file):
    actor = cast.actor("sales")
    customers.change(actor, file, source="Fair", now=cast.now)
    assert lacks(file) == (100, [])
    customers.change(actor, Customer.objects.get(pk=file.pk), company="Lake Ltd", now=cast.now)
    assert lacks(file) == (80, ["email"])
    customers.add_contact(actor, file, way="email", written="chen@lake.cn", now=cast.now)
    assert lacks(file)[0] == 100
    customers.remove_contact(actor, file.contacts.get(kind="email"), reason="left", now=cast.now)
    assert lacks(file) == (80, ["email"])


def test_the_clock_judges_what_the_desk_opened_and_lets_merged_files_go(cast, file):
    opened = customers.register_customer(cast.actor("reception"), hall=cast.hall, phones=["13987650022"], now=cast.now)
    assert not FileCheck.objects.filter(customer=opened).exists()
    ScheduleMark.objects.create(key=services.SCHEDULE, through=cast.now - timedelta(minutes=5))
    assert duties.run(services.SCHEDULE, now=cast.now + timedelta(minutes=1)) == 0
    assert lacks(opened) == (34, ["name", "source"])
    customers.merge(cast.actor("manager"), file, opened, choices={}, reason="", now=cast.now)
    checking.check_changed(cast.now - timedelta(minutes=5))
    assert not FileCheck.objects.filter(customer=opened).exists() and FileCheck.objects.filter(customer=file).exists()
    assert checking.check_changed(cast.now - timedelta(minutes=5)) == 0


def test_a_new_file_costs_no_statement_more_at_the_desk(cast):
    with CaptureQueriesContext(connection, ) as told:
        customers.register_customer(cast.actor("reception"), hall=cast.hall, phones=["13987650033"], now=cast.now)
    assert not any("filecheck" in one["sql"] for one in told.captured_queries)


def judged():
    """The job that judges every file, with all its steps done."""
    job = judging.last()
    while jobs.take_step(job.pk):
        pass
    job.refresh_from_db()
    return job


def test_the_judging_goes_batch_by_batch_begins_anew_with_a_second_change_and_says_when_it_was_stopped(cast, file, client_as, monkeypatch):
    monkeypatch.setattr(judging, "BATCH", 2)
    files, person = [file, *(cast.customer_for(phone="") for _ in range(4))], FileTemplate.objects.get(kind="person")
    checking.check_all()
    services.set_template(cast.actor("hr"), person, required=["source"], now=cast.now)
    assert jobs.take_step(judging.last().pk) and sorted(map(lacks, files)) == [(0, ["source"])] * 2 + [(34, ["phone", "source"])] * 3
    services.set_template(cast.actor("hr"), person, required=["name", "phone"], now=cast.now)
    job = judged()
    assert (Job.objects.count(), job.state, job.done, job.total) == (1, "done", 5, 5)
    assert [lacks(one) for one in files] == [(100, [])] + [(50, ["phone"])] * 4
    services.set_template(cast.actor("hr"), person, required=["name"], now=cast.now)
    jobs.ask_to_cancel(cast.actor("hr"), judging.last())
    assert judged().state == "cancelled" and {lacks(one)[0] for one in files} == {100, 50}
    assert "stopped before its end" in client_as("manager").get(reverse("file_templates")).content.decode()
    services.set_template(cast.actor("hr"), person, required=["name"], now=cast.now)
    assert judged().state == "done" and {lacks(one)[0] for one in files} == {100}


def test_who_keeps_the_regulation_says_what_a_file_must_have_and_every_file_is_judged_anew(cast, file, client_as):
    edit = reverse("edit_file_template", args=["person"])
    assert client_as("sales").get(edit).status_code == 403 and client_as("sales").get(reverse("file_templates")).status_code == 200
    hr = client_as("hr")
    template = FileTemplate.objects.get(kind="person")
    assert "being judged" not in hr.get(reverse("file_templates")).content.decode()
    assert hr.post(edit, {"required": ["name", "phone"], "version": template.version}).status_code == 302
    shown = hr.get(reverse("file_templates")).content.decode()
    assert "Saved. Every file is being judged by it." in shown and "0 / 1" in shown and lacks(file) == (67, ["source"])
    job = judged()
    assert reverse("job", args=[job.pk]) in shown and "being judged" not in hr.get(reverse("file_templates")).content.decode()
    assert lacks(file) == (100, []) and FileTemplate.objects.get(kind="person").history.first().history_user == cast.users["hr"]
    assert hr.post(edit, {"required": ["name"], "version": template.version}).status_code == 422
    for wrong in ([], ["name", "company"], ["salary"]):
        assert hr.post(edit, {"required": wrong, "version": template.version + 1}).status_code == 422, wrong
    assert FileTemplate.objects.get(kind="person").required == ["name", "phone"]


def test_the_list_is_narrowed_by_hall_owner_and_what_is_missing_and_shows_only_files_in_reach(cast, file, client_as):
    other, bare = cast.customer_for(owner="sales2"), cast.customer_for(owner="colleague", phone="")
    checking.check_all()
    manager = client_as("manager")
    assert listed(manager) == [bare.pk, file.pk] and listed(client_as("manager2")) == [other.pk] and listed(client_as("sales")) == [file.pk]
    assert listed(manager, "missing=phone") == [bare.pk] and listed(manager, f"owner={cast.people['sales'].pk}") == [file.pk]
    assert listed(manager, f"hall={cast.hall.pk}") == [bare.pk, file.pk]
    assert listed(manager, f"hall={cast.other_hall.pk}") == [bare.pk, file.pk]  # no hall of this person: the filter says so and narrows nothing


def test_a_field_is_marked_once_and_only_for_who_writes_files(cast, file):
    marked(cast, file)
    with pytest.raises(Refused, match="marked already"):
        marked(cast, file, by="sales")
    with pytest.raises(Refused, match="Choose somebody else"):
        marked(cast, file, field="name", owner="logistics")
    marked(cast, file, field="name")
    assert Confirmation.objects.count() == Duty.objects.count() == 2


def test_confirming_what_stands_keeps_it_and_twice_is_refused(cast, file):
    mark, before = marked(cast, file), file.contacts.get().value
    services.confirm(cast.actor("sales"), mark, method="in_person", now=cast.now)
    assert Confirmation.objects.get().result == "same" and file.contacts.get().value == before
    with pytest.raises(Refused, match="Sales has asked this meanwhile"):
        services.confirm(cast.actor("agent"), mark, method="phone", corrected="13987650044", now=cast.now)
    assert file.contacts.get().value == before


def test_nothing_is_confirmed_where_nothing_stands_and_a_bad_value_leaves_the_mark(cast, file, client_as):
    mark = marked(cast, file, field="email")
    with pytest.raises(Refused, match="Nothing stands there"):
        services.confirm(cast.actor("sales"), mark, method="phone", now=cast.now)
    answer = client_as("sales").post(reverse("confirm_field", args=[mark.pk]), {"method": "phone", "corrected": "chen at lake"})
    assert answer.status_code == 422 and "corrected" in answer.context["form"].errors
    assert Confirmation.objects.get().asked_at is None and Duty.objects.get().state == "open"
    services.confirm(cast.actor("sales"), mark, method="phone", corrected="chen@lake.cn", now=cast.now)
    assert file.contacts.get(kind="email").value == "chen@lake.cn"


def test_a_name_is_corrected_in_the_file_with_its_history(cast, file):
    services.confirm(cast.actor("sales"), marked(cast, file, field="name"), method="phone", corrected="陈卫", now=cast.now)
    assert Customer.objects.get(pk=file.pk).name == "陈卫" and Customer.history.filter(id=file.pk, name="陈卫").exists()


def test_other_halls_neither_mark_nor_confirm(cast, file, client_as):
    mark = marked(cast, file)
    for address in (reverse("confirm_field", args=[mark.pk]), reverse("mark_field", args=[file.pk]), reverse("customer_completeness", args=[file.pk])):
        assert client_as("manager2").get(address).status_code == 404, address
    assert client_as("sales2").post(reverse("confirm_field", args=[mark.pk]), {"method": "phone"}).status_code == 404


def test_who_leaves_hands_on_what_they_were_to_ask(cast, file):
    mark, holding = marked(cast, file), HOLDINGS.get("confirmations")
    assert list(holding.owned(cast.people["sales"])) == [mark]
    holding.hand_over(cast.actor("manager"), holding.owned(cast.people["sales"]), cast.people["colleague"], cast.now + timedelta(minutes=1))
    assert not holding.owned(cast.people["sales"]).exists() and Duty.objects.get(state="open").employee == cast.people["colleague"]


def test_merged_files_keep_one_mark_of_a_field_and_an_open_one_holds_the_erasing(cast, file):
    other = cast.customer_for(owner="sales")
    marked(cast, file)
    marked(cast, other, field="name")
    marked(cast, other)
    customers.merge(cast.actor("manager"), file, other, choices={}, reason="", now=cast.now)
    assert sorted(file.confirmations.values_list("field", flat=True)) == ["name", "phone"]
    assert sorted(Duty.objects.values_list("state", flat=True)) == ["excused", "open", "open"]

    class People:
        ids = [file.pk]

    assert still_to_confirm(People) == {file.pk}


def test_the_figure_is_the_mean_of_the_own_files(cast, file):
    full = cast.customer_for(owner="sales", source="Fair")
    checking.check_anew([full.pk])
    figure = INDICATORS.get("files-complete")
    month, sales = Period.of("month", cast.today), cast.people["sales"].pk
    [(key, facts)] = figure.measure([month], Subjects(PERSON, (sales, cast.people["colleague"].pk))).items()
    assert key == (month, sales) and figure.read(facts) == Figure(83.5, 2)
    assert figure.records(month, Subjects(PERSON, (sales,))).whole.count() == 2


@pytest.mark.parametrize("kind, value, field", [
    ("mobile", "+8613800000000", "phone"), ("landline", "+862112345678", "phone"), ("unreadable", "12 34", "phone"),
    ("email", "li@gmial.com", "email"), ("email", "li@qq.con", "email"), ("email", "li@example.com", "email")])
def test_what_looks_wrong_is_said_in_a_sentence_without_the_value(kind, value, field):
    contact = ContactPoint(kind=kind, value=value, digits="".join(sign for sign in value if sign.isdigit()))
    (found, sentence), = completeness.doubts([contact])
    assert found == field and sentence.endswith("ask for it again.") and value not in sentence


@pytest.mark.parametrize("kind, value", [("mobile", "+8613987650011"), ("landline", "+862158881234"), ("email", "li@lake.cn"), ("wechat", "li_lake")])
def test_what_is_plausible_is_left_alone(kind, value):
    contact = ContactPoint(kind=kind, value=value, digits="".join(sign for sign in value if sign.isdigit()))
    assert completeness.doubts([contact]) == []
