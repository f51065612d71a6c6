"""A hundred thousand guesses at codes and digits open nothing (GEN-15, RELIABILITY 5).

A third comes from one address (whose tries are limited), a third from ever new addresses at real codes (whose tries are limited by code), a third
from new addresses at codes that nobody has. The count is HALLKEEPER_GUESSES, 100000 for the record of a release; it prints `hits=0`.
"""
import os
import random

import pytest
from django.test import Client
from django.urls import reverse

from config.numbers.services import ALPHABET, CODE_LENGTH
from tests.complaints.acts import taken

pytestmark = pytest.mark.django_db
GUESSES = int(os.environ.get("HALLKEEPER_GUESSES", "2000"))


def test_guessing_opens_nothing(cast, record_property):
    codes = [taken(cast, matter=f"Matter {n}").public_code for n in range(3)]
    random_one, client, hits, refused = random.Random(4711), Client(), 0, 0
    for n in range(GUESSES):
        code = "".join(random_one.choices(ALPHABET, k=CODE_LENGTH)) if n % 3 == 2 else random_one.choice(codes)
        where = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" if n % 3 else "192.0.2.1"
        answer = client.post(reverse("track"), {"code": code, "digits": f"{random_one.randrange(10000):04}"}, REMOTE_ADDR=where)
        hits += answer.status_code not in (422, 429)
        refused += answer.status_code == 429
    record_property("hits", hits)
    print(f"guesses={GUESSES} hits={hits} refused={refused}")
    assert hits == 0 and refused > GUESSES // 4
