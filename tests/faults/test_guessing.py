"""A hundred thousand guesses at codes and digits open nothing (GEN-15, RELIABILITY 5).

A third comes from one address (whose tries are limited), a third from ever new addresses at real codes (whose tries are limited by code), a third
from new addresses at codes that nobody has. Several processes guess at once, as machines do, and are counted together. The count is
HALLKEEPER_GUESSES, 100000 for the record of a release; it prints `hits=0`.
"""
import multiprocessing
import os
import random
import time

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from config.numbers.services import ALPHABET, CODE_LENGTH
from tests.complaints.acts import taken

GUESSES = int(os.environ.get("HALLKEEPER_GUESSES", "2000"))
PROCESSES = min(8, 2 * (os.cpu_count() or 1))


def guess(codes, number):
    """The share of one process; returns (hits, refused)."""
    chance, client, hits, refused = random.Random(4711 + number), Client(), 0, 0
    for n in range(number, GUESSES, PROCESSES):
        kind = n // PROCESSES % 3
        code = "".join(chance.choices(ALPHABET, k=CODE_LENGTH)) if kind == 2 else chance.choice(codes)
        where = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" if kind else "192.0.2.1"
        answer = client.post(reverse("track"), {"code": code, "digits": f"{chance.randrange(10000):04}"}, REMOTE_ADDR=where)
        hits += answer.status_code not in (422, 429)
        refused += answer.status_code == 429
    return hits, refused


@pytest.mark.django_db(transaction=True)
def test_guessing_opens_nothing(cast, record_property):
    codes = [taken(cast, matter=f"Matter {n}").public_code for n in range(3)]
    connections.close_all(), cache.close()  # each process opens its own
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as crowd:
        shares = crowd.starmap(guess, [(codes, number) for number in range(PROCESSES)])
    hits, refused = map(sum, zip(*shares, strict=True))
    record_property("hits", hits)
    print(f"guesses={GUESSES} hits={hits} refused={refused} processes={PROCESSES} seconds={time.monotonic() - began:.0f}")
    assert hits == 0 and refused > GUESSES // 4
