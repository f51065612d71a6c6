"""Finding a customer as typed at the desk (UX 3, 5, 11)."""
from datetime import timedelta

import pytest
from django.utils import timezone

from reception.customers import services
from reception.customers.models import Customer
from reception.customers.queries import lookup, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(cast):
    """Registers a customer at the first hall, as the receptionist."""
    def make(name="", *phones, company="", hall=None):
        return services.register_customer(cast.actor("reception"), hall=hall or cast.hall, name=name, phones=phones, company=company, now=timezone.now())
    return make


def found(cast, text, role="reception"):
    return [row.pk for row in suggest(cast.users[role], cast.hall, text)]


SPELLINGS = [
    "13800138000", "138 0013 8000", "138-0013-8000", "138.0013.8000", "(138) 0013 8000", "+8613800138000", "+86 138 0013 8000", "+86 138-0013-8000",
    "+86-138-0013-8000",
    "(+86) 138 0013 8000", "0086 138 0013 8000", "008613800138000", "86 13800138000", "8613800138000", "013800138000",
    "１３８００１３８０００",
    "１３８ ００１３ ８０００", "138　0013　8000", "＋８６１３８００１３８０００", " 13800138000 ", "13800138000转801", "13800138000 ext. 801",
    "1.3800138000E+10", "13800138000.0", "1380 0138 000", "手机13800138000", "电话：138 0013 8000", "Tel. +86 138 0013 8000", "138–0013–8000",
    "0086-138-0013-8000"]
WAYS_TO_ASK = [
    ("曾志强", ["曾志强", "曾", "曾志", "志强", "zengzhiqiang", "zengz", "cengzhi", "zzq", "czq", "zhiqiang",
              "ZENG zhi", "zeng zhiqiang", "华东", "hdzs", "曾 8000"]),
    ("单雨欣", ["单", "shan", "dan", "syx", "dyx", "danyuxin", "shanyu", "yuxin", "9321", "186 0000"]),
    ("欧阳明", ["欧阳", "ouy", "oym", "ouyangming"]),
    ("Anna Schmidt", ["anna", "schm", "Schmidt Anna", "ANNA SCHMIDT", "+49 151"]),
    ("买买提·艾力", ["买买提", "艾力", "买买提艾力", "maimaiti"]),
    ("𠮷田", ["𠮷", "𠮷田"]),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_is_kept_once_and_found_however_it_was_written(cast, register, spelling):
    wanted = register("王芳", spelling)
    assert wanted.contacts.get().value == "+8613800138000"
    assert all(found(cast, typed) == [wanted.pk] for typed in ("13800138000", "8000", spelling))


@pytest.fixture
def crowd(register):
    """Six people who are asked for, among others with like names and numbers."""
    people = [register("曾志强", "13800138000", company="上海华东装饰有限公司"), register("单雨欣", "18600009321"), register("欧阳明", "13700006655"),
              register("Anna Schmidt", "+49 1512 3456789"), register("买买提·艾力", "13700001111"), register("𠮷田", "13700002222")]
    for index, name in enumerate(["张伟", "张思", "李建国", "王芳", "陈丹", "赵欧", "安娜", "田吉", "周明", "吴雨桐"]):
        register(name, f"1391234{index:04d}")
    return {person.name: person.pk for person in people}


def test_forty_ways_of_asking_lead_to_the_right_person_among_the_first_five(cast, crowd):
    asked = [(name, typed) for name, ways in WAYS_TO_ASK for typed in ways]
    missed = [(name, typed) for name, typed in asked if crowd[name] not in found(cast, typed)[:5]]
    assert len(asked) >= 40 and missed == []


def test_four_digits_are_the_last_ones_however_many_numbers_begin_so_and_were_seen_since(cast, register):
    wanted = register("郑敏", "13900001387")
    for index in range(12):
        register(f"周{index}", f"1387000{index:04d}")
    assert found(cast, "1387")[0] == wanted.pk
    assert len(found(cast, "1387")) == 8 and wanted.pk not in found(cast, "13870")


def test_a_file_is_found_by_its_number_and_its_addresses(cast, register):
    wanted = register("王芳")
    services.add_contact(cast.actor("reception"), wanted, way="email", written="Wang.Fang@Example.com", now=timezone.now())
    services.add_contact(cast.actor("reception"), wanted, way="wechat", written="fang_2026", now=timezone.now())
    for typed in (wanted.number, wanted.number.lower(), wanted.number[3:], "wang.fang@ex", "fang_20"):
        assert found(cast, typed) == [wanted.pk], typed


def test_part_of_a_word_is_tried_when_no_beginning_fits(cast, register):
    wanted = register("王芳", company="上海启明建材有限公司")
    assert found(cast, "明建材") == [wanted.pk]


def test_the_ones_seen_last_stand_first_and_whole_matches_before_them(cast, register):
    first, second, longer = register("王芳"), register("王芳"), register("王芳芳")
    services.seen(longer, at=timezone.now() + timedelta(minutes=3))
    services.seen(first, at=timezone.now() + timedelta(minutes=2))
    assert found(cast, "王芳") == [first.pk, second.pk, longer.pk]


def test_recent_people_come_first_even_when_a_beginning_has_more_matches_than_are_read(cast, register, monkeypatch):
    monkeypatch.setattr(lookup, "TAKEN", 3)
    people = [register(f"王{sign}") for sign in "伟芳娜敏静"]
    last = register("王卓")
    services.seen(last, at=timezone.now() + timedelta(minutes=2))
    assert found(cast, "王")[0] == last.pk and len(found(cast, "王")) == len(people) + 1


def test_a_customer_is_found_in_a_second_hall_once_it_knows_them(cast, register):
    wanted = register("王芳", "13800138000")
    assert [row.pk for row in suggest(cast.users["reception2"], cast.other_hall, "8000")] == []
    services.know_in_hall(wanted, cast.other_hall, now=timezone.now())
    assert [row.pk for row in suggest(cast.users["reception2"], cast.other_hall, "8000")] == [wanted.pk]


def test_a_changed_name_is_found_and_the_old_one_no_longer(cast, register):
    wanted = register("王芳")
    services.change(cast.actor("reception"), wanted, name="李敏", now=timezone.now())
    assert found(cast, "limin") == [wanted.pk] and found(cast, "wangfang") == []


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "\\", "'", "😀", "\x00", "١٢٣", "a" * 500, "+", "-", "·", "|" * 60, "0" * 60])
def test_no_text_breaks_the_lookup(as_role, register, typed):
    register("王芳", "13800138000")
    assert as_role("reception").post("/reception/customers/suggest/", {"q": typed}).status_code == 200


def test_a_lookup_costs_one_statement_and_one_more_where_no_beginning_fits(cast, register, django_assert_num_queries):
    for index in range(12):
        register("王芳", f"1380013{index:04d}")
    for role in ("reception", "general"):
        user = cast.users[role]
        suggest(user, cast.hall, "w")
        for typed, statements in (("w", 1), ("王芳", 1), ("8000", 1), ("138", 1), ("王芳 138", 1), ("no such name", 2)):
            with django_assert_num_queries(statements):
                suggest(user, cast.hall, typed)


def test_who_reaches_many_halls_reads_the_one_they_work_in_as_deep_as_ever_and_sees_the_recent_ones_of_each(cast, register, monkeypatch):
    monkeypatch.setattr(lookup, "TAKEN", 6)
    monkeypatch.setattr(lookup, "RECENT", 2)
    monkeypatch.setattr(lookup, "LEAST", 1)
    here = [register(f"王{sign}").pk for sign in "伟芳娜敏静"]
    there = [register(f"王{sign}", hall=cast.other_hall).pk for sign in "强磊军洋勇"]
    for minutes, pk in enumerate((here[-1], there[-1]), 2):
        services.seen(Customer.objects.get(pk=pk), at=timezone.now() + timedelta(minutes=minutes))
    general = cast.users["general"]
    assert [row.pk for row in suggest(general, None, "王")][:2] == [there[-1], here[-1]]
    found_here = [row.pk for row in suggest(general, cast.hall, "王", limit=20)]
    assert found_here[0] == here[-1] and set(found_here[:5]) == set(here)


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
