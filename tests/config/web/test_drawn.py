"""A form that looks the same is drawn once; one that looks different is never shown as another."""
import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from config.web.templatetags import drawn

TEMPLATE = Template("{% load drawn %}{% drawn form %}{{ form.colour }}{{ form.words }}{% enddrawn %}")


class Asked(forms.Form):
    """One choice and one text."""

    colour = forms.ChoiceField(choices=())
    words = forms.CharField(required=False)

    def __init__(self, *args, colours=("red",), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = [(colour, colour) for colour in colours]


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test begins without forms of others."""
    drawn._kept.clear()


def draw(*args, **kwargs):
    """What stands on the page."""
    return TEMPLATE.render(Context({"form": Asked(*args, **kwargs)}))


def test_the_same_form_is_drawn_once():
    assert draw() == draw()
    assert len(drawn._kept) == 1


def test_another_choice_another_language_and_another_answer_are_drawn_anew():
    first = draw()
    assert "blue" in draw(colours=("red", "blue")) and "blue" not in first
    with translation.override("zh-hans"):
        draw()
    assert 'value="blue" selected' in draw({"colour": "blue"}, colours=("red", "blue"))
    assert len(drawn._kept) == 4


def test_nothing_that_was_typed_or_refused_is_kept():
    assert "Li Ming" in draw({"colour": "red", "words": "Li Ming"})
    assert draw({"colour": "green"})
    assert not drawn._kept


def test_only_the_forms_used_last_are_kept(monkeypatch):
    monkeypatch.setattr(drawn, "MOST", 2)
    for colour in ("red", "green", "red", "blue"):
        draw(colours=(colour,))
    assert [("red" in kept, "blue" in kept) for kept in drawn._kept.values()] == [(True, False), (False, True)]


class Many(forms.Form):
    """A hidden field that stands for one of very many."""

    one = forms.ChoiceField(widget=forms.HiddenInput)


def test_a_hidden_field_is_not_asked_for_its_choices():
    form = Many()
    form.fields["one"].choices = lambda: pytest.fail("The choices were read.")
    drawn.look_of(form)


PART = Template("{% load drawn %}{% kept look %}{{ words }}{% endkept %}")


def test_a_kept_part_is_drawn_once_for_its_look_and_anew_for_another_look_or_language():
    def part(look, words):
        return PART.render(Context({"look": look, "words": words}))

    assert [part((1, "a"), "first"), part((1, "a"), "second"), part((1, "b"), "third")] == ["first", "first", "third"]
    with translation.override("zh-hans"):
        assert part((1, "a"), "四") == "四"
    assert part((1, "a"), "fifth") == "first"


def test_parts_of_one_template_that_look_the_same_are_drawn_apart():
    several = Template("{% load drawn %}{% kept %}a{% endkept %}{% kept %}b{% endkept %}\n{% kept look %}c{% endkept %}{% kept look %}d{% endkept %}")
    assert several.render(Context({"look": 1})) == several.render(Context({"look": 1})) == "ab\ncd"


@pytest.mark.django_db
def test_each_person_sees_their_own_chapters_and_keys_however_many_were_drawn_before(cast, client_as):
    def shell_of(name):
        page = client_as(name).get("/").content.decode()
        return [page.partition(begin)[2].partition(end)[0] for begin, end in (('<ul class="nav">', "side__foot"), ('id="keys"', "</dialog>"))]

    alone = {}
    for name in ("reception", "hr", "manager"):
        drawn._kept.clear()
        alone[name] = shell_of(name)
    assert alone["reception"] != alone["hr"] != alone["manager"]
    assert all(shell_of(name) == alone[name] for name in ("reception", "hr", "manager", "reception"))
