"""Names: tidied, ordered, found by characters, pinyin and initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.customers.names import LONGEST_KEY, honorific_stripped, normalise_query, search_keys, sort_key, tidy_name


@pytest.mark.parametrize(("surname", "reading"), [
    ("曾", "zeng"), ("单", "shan"), ("單", "shan"), ("解", "xie"), ("仇", "qiu"), ("区", "ou"), ("查", "zha"), ("盖", "ge"), ("朴", "piao"),
    ("翟", "zhai"), ("任", "ren"), ("华", "hua"), ("乐", "yue"), ("员", "yun"), ("缪", "miao"), ("秘", "bi"), ("种", "chong"),
])
def test_a_surname_is_read_as_a_surname(surname, reading):
    assert sort_key(surname + "明").startswith(reading)
    assert search_keys(surname + "明")[1].startswith(reading)


@pytest.mark.parametrize(("name", "reading"), [
    ("尉迟恭", "yuchigong"), ("万俟卨", "moqixie"), ("欧阳娜娜", "ouyangnana"), ("长孙无忌", "zhangsunwuji"), ("单于丹", "chanyudan"),
    ("澹台明", "tantaiming"), ("司马光", "simaguang"),
])
def test_surnames_of_two_characters_are_read_together(name, reading):
    assert search_keys(name)[1] == reading


def test_people_who_do_not_know_the_surname_find_it_by_the_other_reading():
    assert {"zengyang", "cengyang", "zy", "cy"} <= set(search_keys("曾杨"))
    assert {"shanguifang", "danguifang", "sgf", "dgf"} <= set(search_keys("单桂芳"))


@pytest.mark.parametrize(("typed", "name"), [
    ("曾杨", "曾杨"), ("zeng yang", "曾杨"), ("Zeng", "曾杨"), ("ＺＹ", "曾杨"), ("小红", "吕小红"), ("xiaohong", "吕小红"),
    ("xh", "吕小红"),
    ("lv xiao", "吕小红"), ("lü", "吕小红"), ("lu", "吕小红"), ("张先生", "张先生"), ("张", "张先生"), ("smith", "John Smith"),
    ("Smith John", "John Smith"), ("garcia", "José García"), ("阿依古丽·买买提", "阿依古丽•买买提"), ("maimaiti", "阿依古丽·买买提"),
    ("阿依古丽买买提", "阿依古丽·买买提"), ("𠮷", "𠮷田"), ("㐂", "㐂"), ("O'Neil", "O’Neil"), ("👍", "👍"), ("linda", "王Linda"),
])
def test_a_name_is_found_by_what_people_type(typed, name):
    assert any(key.startswith(normalise_query(typed)) for key in search_keys(name))


def test_a_title_is_no_given_name():
    assert "先生" not in search_keys("张先生")
    assert "xs" not in search_keys("张先生")


def test_a_list_of_names_is_in_the_order_of_pinyin_with_same_surnames_together():
    names = ["张三", "单桂芳", "李四", "曾杨", "黎明", "李一", "尉迟恭", "林一", "Smith", "阿明"]
    assert sorted(names, key=lambda name: sort_key(name).encode()) == [
        "阿明", "黎明", "李四", "李一", "林一", "单桂芳", "Smith", "尉迟恭", "曾杨", "张三"]


@pytest.mark.parametrize(("written", "name", "title", "surname_only"), [
    ("张先生", "张", "先生", True), ("张伟先生", "张伟", "先生", False), ("欧阳女士", "欧阳", "女士", True), ("龚总", "龚", "总", True),
    ("卢老师", "卢", "老师", True), ("王总经理", "王", "总经理", True), ("张伟", "张伟", "", False), ("李文总", "李文总", "", False),
    ("先生", "先生", "", False), ("Mr. Smith", "Smith", "Mr", True), ("Ms John Smith", "John Smith", "Ms", False), ("王", "王", "", False),
])
def test_a_title_is_taken_off_and_a_bare_surname_is_known_as_one(written, name, title, surname_only):
    assert honorific_stripped(written) == (name, title, surname_only)


def test_a_name_is_tidied_without_exchanging_its_characters():
    assert tidy_name(" 袁\u3000先生\u200b \n") == "袁 先生"
    assert tidy_name("單桂芳") == "單桂芳"
    assert tidy_name("王👨\u200d👩\u200d👧") == "王👨\u200d👩\u200d👧"
    assert tidy_name("a\x00b") == "ab"


@given(st.text(max_size=300))
def test_any_text_is_a_name(text):
    name = tidy_name(text)
    assert tidy_name(name) == name
    assert len(sort_key(name)) <= LONGEST_KEY
    keys = search_keys(name)
    assert all(0 < len(key) <= LONGEST_KEY for key in keys)
    if normalise_query(name):
        assert normalise_query(name) in keys
    honorific_stripped(text)


@given(st.text(alphabet="曾单解仇区查盖乐行和长朝阳王李张小明芳𠮷㐂", min_size=1, max_size=40))
def test_names_of_many_voiced_characters_stay_few_keys(name):
    assert len(search_keys(name)) <= 120
