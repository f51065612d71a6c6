"""Bad input on every form: a sentence on top and the same one beside its field, in the person's language; everything typed still
there; never a fault of ours (RELIABILITY B1, UX 9, 10 and 13)."""
import html
import re
from functools import reduce

import pytest
from django.test import Client
from django.urls import reverse

from config.web.pages import FormPage
from tests.access.page import Form
from tests.access.subjects import SUBJECTS
from tests.addresses import addresses
from tests.more import more

FORMS = [pytest.param(address, id=address.name) for address in addresses() if address.page and issubclass(address.page, FormPage) and not address.page.public]
FILLERS = ("manager", "supervisor", "hr", "admin", "general", "agent", "reception", "sales", "department")  # one of them may open each form
NONSENSE = ("\u202e<script>alert(1)</script>' OR 1=1 --", "=1+1", "9" * 400, "２０２６年13月45日 \ud83d", "-1", "\t \u3000")  # the last is as good as nothing
LANGUAGES = {"en": "Error:", "zh-hans": "错误："}  # and how the title of a page with errors begins
NEVER_SHOWN = {"password", "hidden", "file", "submit", "checkbox", "radio"}
LATIN = re.compile(r"[A-Za-z]{3,}")
ADDRESS = re.compile(r"https?://\S+")
ABBREVIATIONS = {"CSV"}  # words that Chinese sentences write in Latin letters
IN_GENERAL = re.compile(r"(?i)please|invalid|\bvalid\b|forbidden|请|無效|无效|有效|非法|该变量")  # words that tell nobody what to do (UX 13)


def for_others(cast, as_role):
    """HR and the competence of a colleague: nobody enters the own."""
    return as_role("hr"), "colleague"


def of_sales(role):
    """`role` does with the record of `sales` what nobody does with the own."""
    return lambda cast, as_role: (as_role(role), "sales")


def unsigned(cast, as_role):
    """A salesperson whose confidentiality agreement is missing."""
    type(cast.people["sales"]).objects.filter(pk=cast.people["sales"].pk).update(bound_until=None)
    return as_role("sales"), "sales"


def before_the_code(cast, as_role):
    """A manager who gave the password and still owes the code."""
    as_role("manager")
    client = Client()
    client.force_login(cast.users["manager"])
    return client, "manager"


OPENED_BY = {"second_factor": before_the_code, "sign_agreement": unsigned, "enter_competence": for_others, "end_competence": for_others,
             **dict.fromkeys(("score_appraisal", "interview", "recheck_improvement", "send_improvement_back", "check_effect",
                              "hand_over_holdings"), of_sales("manager")),
             **dict.fromkeys(("send_appraisal_back", "decide_objection", "release_hold"), of_sales("department"))}  # else the first who may


def opened(address, cast, as_role):
    """(client, url, page) of somebody who may open the form."""
    known = OPENED_BY.get(address.name)
    for client, owner in [known(cast, as_role)] if known else ((as_role(who), who) for who in FILLERS):
        url = reverse(address.name, kwargs=SUBJECTS[address.name].make(cast, owner) if address.keys else None)
        answer = client.get(url)
        if answer.status_code == 200:
            return client, url, answer.content.decode()
    raise AssertionError(f"Nobody opens {address.name}: say in OPENED_BY who does.")


def told_wrongly(form, sent, language):
    """What is wrong with how the answer tells its errors: a list of sentences for the programmer."""
    wrong = [] if form.title.startswith(LANGUAGES[language]) else [f"The title is {form.title!r}."]
    if not form.links and "form-errors" not in form.by_id:
        wrong.append("There is no summary.")
    for target, sentence in form.links:
        field = form.by_id.get(target)
        if field is None:
            wrong.append(f"{sentence!r} leads to #{target}, which is not there.")
            continue
        beside = " ".join(form.texts.get(place, "") for place in field["described"])
        if sentence not in beside:
            wrong.append(f"#{target} is described by {beside!r}, not by {sentence!r}.")
        if field.get("aria-invalid") != "true":
            wrong.append(f"#{target} is not marked as wrong.")
        own = reduce(lambda rest, typed: rest.replace(typed.strip() or "\0", ""), sent.values(), sentence)  # without what it quotes
        if IN_GENERAL.search(own):
            wrong.append(f"{sentence!r} does not say what to do.")
        if language != "en" and (not re.search(r"[\u4e00-\u9fff]", own) or set(LATIN.findall(ADDRESS.sub("", own))) - ABBREVIATIONS):
            wrong.append(f"{sentence!r} is not in {language}.")
    return wrong


@pytest.mark.parametrize("turns", [(0, 5), *more((1, 2, 3, 4))])
@pytest.mark.parametrize("address", FORMS)
def test_nonsense_gets_its_sentence_twice_and_stays_in_the_form(address, turns, cast, as_role):
    client, url, page = opened(address, cast, as_role)
    fields = {name: kind for name, kind in Form(page).fields.items() if name != "csrfmiddlewaretoken"}
    for turn in turns:
        language = list(LANGUAGES)[turn % 2]
        nonsense = NONSENSE[turn].encode("utf-8", "ignore").decode()
        sent = {name: f"{nonsense}~{name}~" if kind != "hidden" and nonsense.strip() else "" for name, kind in fields.items()}  # each field its own
        answer = client.post(url, sent | {"one_off_key": "5d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"}, headers={"accept-language": language})
        assert answer.status_code < 500
        if answer.status_code != 422:
            continue
        text = answer.content.decode()
        shown = [name for name, kind in fields.items() if kind not in NEVER_SHOWN | {"select"}]
        lost = [name for name in shown if sent[name].strip() not in html.unescape(text)]
        assert not lost, lost
        assert not (wrong := told_wrongly(Form(text), sent, language)), "\n".join(wrong)
