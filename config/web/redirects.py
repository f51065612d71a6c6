"""Where a page may lead afterwards: an address of this house, never a foreign one (RELIABILITY S4)."""
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request, default="/"):
    """The address in `next`, if it lies on this host, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return default
