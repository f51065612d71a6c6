"""Whose address is believed."""
import pytest
from django.test import RequestFactory

from config.deploy.proxy import BehindProxy


@pytest.mark.parametrize(("claimed", "address"), [
    ("192.0.2.7", "192.0.2.7"),
    ("6.6.6.6, 192.0.2.7", "192.0.2.7"),  # the first one is what the visitor wrote
    ("2001:db8::1", "2001:db8::1"),
    ("", "127.0.0.1"),
    ("not an address", "127.0.0.1"),
])
def test_the_address_is_the_one_our_own_proxy_saw(claimed, address):
    seen = []
    BehindProxy(lambda request: seen.append(request.META["REMOTE_ADDR"]))(
        RequestFactory().get("/", headers={"X-Forwarded-For": claimed}))
    assert seen == [address]
