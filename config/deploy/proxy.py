"""Who the visitor is when a proxy stands in front (BEHIND_PROXY=on)."""
import ipaddress
from contextlib import suppress


class BehindProxy:
    """Takes the address that our own proxy saw, the last one in X-Forwarded-For; earlier ones are the visitor's own claim."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        with suppress(ValueError):  # asked by a machine inside, without the proxy
            request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(seen))
        return self.get_response(request)
