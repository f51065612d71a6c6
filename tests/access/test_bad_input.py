"""Bad input on every form: a sentence beside the field, everything typed still there, never a fault of ours (RELIABILITY B1, UX 10)."""
import html
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from config.web.pages import FormPage
from tests.access.subjects import SUBJECTS
from tests.addresses import addresses

FORMS = [pytest.param(address, id=address.name) for address in addresses() if address.page and issubclass(address.page, FormPage) and not address.page.public]
FILLERS = ("manager", "supervisor", "hr", "admin", "general", "agent", "reception", "sales")  # one of them may open each form
NONSENSE = ("\u202e<script>alert(1)</script>' OR 1=1 --", "=1+1", "9" * 400, "２０２６年13月45日 \ud83d", "-1", "\t \u3000")
CLOSED = {"second_factor", "enter_competence", "end_competence"}  # a signed-in person is past the first; the others are never for oneself
NEVER_SHOWN = {"password", "hidden", "file", "submit", "checkbox", "radio"}


class Fields(HTMLParser):
    """The fields of the page's own form: name -> kind."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = {}, False

    def handle_starttag(self, tag, attrs):
        """Note the inputs between <main> and its end."""
        facts = dict(attrs)
        if tag == "main":
            self.inside = True
        elif self.inside and tag in {"input", "textarea", "select"} and facts.get("name") and "disabled" not in facts:
            self.found[facts["name"]] = tag if tag != "input" else facts.get("type", "text")

    def handle_endtag(self, tag):
        """Leave <main>."""
        self.inside = self.inside and tag != "main"


def fields_of(page):
    """Name -> kind of every field in the main part of a page."""
    parser = Fields()
    parser.feed(page)
    return parser.found


def opened(address, cast, as_role):
    """(client, url, page) of the first person who may open the form."""
    for who in FILLERS:
        subject = SUBJECTS.get(address.name)
        url = reverse(address.name, kwargs=subject.make(cast, who)) if address.keys else reverse(address.name)
        client = as_role(who)
        answer = client.get(url)
        if answer.status_code == 200:
            return client, url, answer.content.decode()
    return None


@pytest.mark.parametrize("address", FORMS)
def test_nonsense_gets_a_sentence_and_stays_in_the_form(address, cast, as_role):
    found = opened(address, cast, as_role)
    assert (found is None) == (address.name in CLOSED)
    if found is None:
        return
    client, url, page = found
    fields = {name: kind for name, kind in fields_of(page).items() if name != "csrfmiddlewaretoken"}
    for nonsense in NONSENSE:
        nonsense = nonsense.encode("utf-8", "ignore").decode()
        sent = {name: f"{nonsense}~{name}~" if kind != "hidden" else "" for name, kind in fields.items()}  # its own text for each field
        answer = client.post(url, sent | {"one_off_key": "5d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"})
        assert answer.status_code < 500
        if answer.status_code != 422:
            continue
        text = answer.content.decode()
        assert "data-errors" in text  # the summary with a link to each field
        shown = [name for name, kind in fields.items() if kind not in NEVER_SHOWN | {"select"}]
        lost = [name for name in shown if sent[name].strip() not in html.unescape(text)]
        assert not lost, lost
