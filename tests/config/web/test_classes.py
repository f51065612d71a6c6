"""Classes of confidentiality: who opens, exports and prints a kind of record, and an administrator who sets one higher (GEN-10)."""
import pytest
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import AccessEvent
from config.contributions.records import KINDS
from config.errors import Refused
from config.privacy import classes
from config.privacy.models import KindClass

MARK = 'class="mark"'


def raise_to(cast, kind, name, by="admin"):
    return classes.classify(cast.actor(by), kind, confidentiality=name, reason="A leak", now=timezone.now())


@pytest.mark.req("GEN-10")
def test_a_printed_confidential_page_carries_name_and_time_and_the_export_of_a_secret_kind_is_refused(cast, as_role):
    visit = cast.visit_for(adviser="sales", customer=cast.customer_for(owner="sales"))
    client = as_role("manager")
    for url in (reverse("registration_form", args=[visit.pk]), reverse("visit", args=[visit.pk]), reverse("day_log"), reverse("visits")):
        page = client.get(url).content.decode()
        mark = page[page.index(MARK):]
        assert "Confidential" in mark and "Manager" in mark and str(timezone.localdate().year) in mark, url
    assert client.get(reverse("visits") + "?format=csv").status_code == 200
    raise_to(cast, "visit", "secret")
    client = as_role("manager")
    answer = client.get(reverse("visits") + "?format=csv")
    assert answer.status_code == 403 and "What is secret leaves the house in no file" in answer.content.decode()
    assert AccessEvent.objects.filter(act="refused", kind="visit", outcome="class", user_id=cast.users["manager"].pk).count() == 1
    assert "format=csv" not in client.get(reverse("visits")).content.decode()
    assert "Secret" in client.get(reverse("visit", args=[visit.pk])).content.decode()


def test_what_is_internal_prints_plain(cast, as_role):
    page = as_role("manager").get(reverse("area", args=[cast.areas["sales", "reception"].pk])).content.decode()
    assert MARK not in page


def test_a_kind_set_confidential_is_exported_by_superiors_alone(cast, as_role):
    assert as_role("logistics").get(reverse("requests") + "?format=csv").status_code == 200
    raise_to(cast, "work_request" if KINDS.get("work_request") else "request", "confidential")
    answer = as_role("logistics").get(reverse("requests") + "?format=csv")
    assert answer.status_code == 403 and "exported by superiors and HR" in answer.content.decode()
    assert as_role("manager").get(reverse("requests") + "?format=csv").status_code == 200


def test_a_kind_set_secret_is_closed_to_a_trainee_and_each_look_of_others_leaves_one_row(cast, as_role):
    from tests.access.subjects import SUBJECTS

    url = reverse("regulation_version", kwargs=SUBJECTS["regulation_version"].make(cast, "manager"))
    assert as_role("trainee").get(url).status_code == 200
    assert not AccessEvent.objects.filter(kind="regulation").exists()
    raise_to(cast, "regulation", "secret")
    assert as_role("trainee").get(url).status_code == 403 and as_role("auditor").get(url).status_code == 403
    AccessEvent.objects.filter(kind="regulation")
    assert as_role("manager").get(url).status_code == 200
    assert list(AccessEvent.objects.filter(kind="regulation", act="view").values_list("user_id", flat=True)) == [cast.users["manager"].pk]


@pytest.mark.parametrize(("kind", "name", "reason"), [("customer", "internal", "Easier"), ("customer", "secret", " "), ("customer", "confidential", "Again")])
def test_no_class_is_set_below_the_built_one_without_a_reason_or_twice(cast, kind, name, reason):
    with pytest.raises(Refused):
        classes.classify(cast.actor("admin"), kind, confidentiality=name, reason=reason, now=timezone.now())
    assert not KindClass.objects.exists()


def test_an_administrator_sets_a_class_on_its_page_and_the_history_tells_why(cast, as_role):
    client = as_role("admin")
    url = reverse("classify", args=["customer"])
    assert client.post(url, {"confidentiality": "secret", "reason": "After the leak of May"}).status_code == 302
    assert client.post(url, {"confidentiality": "confidential", "reason": "It is over"}).status_code == 302
    page = client.get(url).content.decode()
    assert "After the leak of May" in page and "It is over" in page
    assert client.post(url, {"confidentiality": "internal", "reason": "x"}).status_code == 422


def test_the_table_shows_every_kind_with_its_class(cast, as_role):
    raise_to(cast, "notice", "secret")
    page = as_role("hr").get(reverse("classes")).content.decode()
    assert all(f'/house/classes/{kind.key}/' in page for kind in KINDS.all())
    assert "set higher" in page
    assert as_role("manager").post(reverse("classify", args=["notice"]), {}).status_code == 403
