"""Numbers for staff, codes for customers."""
import re
import threading

import pytest
from django.db import connection, transaction

from config.numbers import services


def test_a_series_begins_at_one_each_year_and_for_each_kind(db):
    assert [services.next_number("CP", 2026), services.next_number("CP", 2026), services.next_number("CP", 2027), services.next_number("VS", 2026)] == [
        "CP-2026-000001", "CP-2026-000002", "CP-2027-000001", "VS-2026-000001"]


def test_many_at_once_follow_the_single_ones_without_a_gap(db):
    services.next_number("VS", 2026)
    assert services.take("VS", 2026, 3) == ["VS-2026-000002", "VS-2026-000003", "VS-2026-000004"]
    assert services.next_number("VS", 2026) == "VS-2026-000005"


def test_a_number_of_a_transaction_that_fails_is_given_to_the_next(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.next_number("CP", 2026)
        raise ZeroDivisionError
    assert services.next_number("CP", 2026) == "CP-2026-000001"


@pytest.mark.req("GEN-15")
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_and_codes_show_neither_order_nor_volume():
    met, numbers = threading.Barrier(20, timeout=20), []

    def work():
        try:
            met.wait()
            with transaction.atomic():
                numbers.append(services.next_number("CP", 2026))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(20)]
    [worker.start() for worker in workers], [worker.join() for worker in workers]
    assert sorted(numbers) == [f"CP-2026-{number:06d}" for number in range(1, 21)]
    codes = [services.public_code() for _code in range(2000)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{8}", code) for code in codes)
    rises = sum(later > earlier for earlier, later in zip(codes, codes[1:], strict=False))
    assert 850 < rises < 1150
    assert all(len({code[place] for code in codes}) >= 28 for place in range(8))


def test_keys_of_links_hold_128_bits():
    keys = {services.token() for _key in range(200)}
    assert len(keys) == 200
    assert all(len(key) >= 22 for key in keys)
