"""The same form sent many times makes one record."""
import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from config.accounts.models import User
from config.errors import Refused
from config.web import oneoff
from config.web.models import OneOff


@pytest.mark.django_db(transaction=True)
def test_twenty_identical_posts_at_once_make_one_record_and_lead_to_it():
    key, met, answers = uuid.uuid4(), threading.Barrier(20, timeout=30), []

    def act():
        return f"/people/{User.objects.create_user(f'made-{uuid.uuid4()}').pk}/"

    def post():
        try:
            met.wait()
            answers.append(oneoff.once(key, AnonymousUser(), act))
        finally:
            connection.close()

    posts = [threading.Thread(target=post) for _post in range(20)]
    [one.start() for one in posts], [one.join() for one in posts]
    assert len(answers) == 20
    assert {address for address, _fresh in answers} == {f"/people/{User.objects.get(username__startswith='made-').pk}/"}
    assert sum(fresh for _address, fresh in answers) == 1


def test_a_key_whose_act_was_refused_is_free_again(db):
    key = uuid.uuid4()

    def refuse():
        raise Refused("Not yet.")

    with pytest.raises(Refused):
        oneoff.once(key, None, refuse)
    assert oneoff.once(key, None, lambda: "/made/") == ("/made/", True)


@pytest.mark.parametrize("text", ["", "x", None, "00000000-0000-0000-0000-00000000000g", "\0"])
def test_a_key_that_was_tampered_with_is_no_key(text):
    assert oneoff.readable(text) is None


def test_old_keys_are_swept(db):
    oneoff.once(uuid.uuid4(), None, lambda: "/a/")
    oneoff.sweep(now=timezone.now())
    assert OneOff.objects.count() == 1
    oneoff.sweep(now=timezone.now() + oneoff.KEPT_FOR + timedelta(hours=1))
    assert not OneOff.objects.exists()
