"""What a form says of a wrong field: what is so, what to do, and the field's own name (UX 13)."""
import pytest
from django import forms

from config.web.forms import HallkeeperForm
from config.web.texts import TextsField


class Odd(HallkeeperForm):
    """A field of each kind, some with a percent sign in their name, which is none of the sentence's."""

    share = forms.IntegerField(label="Share in %", min_value=1, max_value=100)
    kind = forms.ChoiceField(label="100 % {sure}", choices=[("a", "A")])
    day = forms.DateField(label="Day")
    at = forms.DateTimeField(label="When")
    price = forms.DecimalField(label="Price", max_digits=5, decimal_places=2)
    name = forms.CharField(label="Name", max_length=3, min_length=2)
    texts = TextsField(label="Title", required=False)
    own = forms.IntegerField(label="Own", error_messages={"invalid": "Enter how many."})


@pytest.mark.parametrize("field, typed, sentence", [
    ("share", "", "Enter “Share in %”."), ("share", "x", "“Share in %” is no whole number. Enter it in figures."),
    ("share", "0", "“Share in %” is at least 1. Enter a larger number."), ("share", "101", "“Share in %” is at most 100. Enter a smaller number."),
    ("kind", "b", "“100 % {sure}” has no such choice. Choose one of those that are offered."),
    ("day", "31.31.31", "“Day” cannot be read. Enter the day as year, month and day, such as 2026-01-14."),
    ("at", "now", "“When” cannot be read. Enter the day and the time, such as 2026-01-14 14:05."),
    ("price", "1234.56", "“Price” has more digits than are kept. Shorten the number."), ("price", "NaN", "“Price” is no number. Enter it in figures."),
    ("name", "Wang", "“Name” takes at most 3 characters; it has 4. Shorten it."), ("name", "W", "“Name” takes at least 2 characters; it has 1. Write more."),
    ("name", "W\0", "“Name” holds a sign that cannot be kept. Type it anew."), ("own", "x", "Enter how many."),
    ("texts_zh_hans", "字" * 301, "“Title” takes at most 300 characters; it has 301. Shorten it."),
])
def test_a_field_says_what_is_wrong_with_it_by_its_name(field, typed, sentence):
    name = "texts" if field.startswith("texts") else field
    assert sentence in Odd({field: typed}).errors[name]
