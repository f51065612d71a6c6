"""Friendly error pages: what happened, what to do, and a reference number for whoever is asked for help.

They are rendered without the request's own context, since session and database may be what is away.
"""
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(request, status):
    return HttpResponse(render_to_string(f"errors/{status}.html", {"reference": getattr(request, "reference", "")}), status=status)


def bad_request(request, exception=None):
    """400: the request could not be read. One that is only too large has a page of its own."""
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _page(request, 400)


def permission_denied(request, exception=None):
    """403: the person may not do this."""
    return _page(request, 403)


def page_not_found(request, exception=None):
    """404: nothing is here, or not for this person; both look the same (GEN-01)."""
    return _page(request, 404)


def too_large(request):
    """413: more was sent than is taken."""
    return _page(request, 413)


def too_many(request, *, seconds=60):
    """429: too many tries; says when to come back."""
    response = _page(request, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request):
    """500: our fault; the log has the rest. A database that does not answer is a 503 (RELIABILITY R8)."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable(request)
    return _page(request, 500)


def unavailable(request):
    """503: the database is away for a moment."""
    response = _page(request, 503)
    response.headers["Retry-After"] = "5"
    return response


def csrf_failure(request, reason=""):
    """403 with its own words: the page stood open too long or came from elsewhere. Nothing typed is lost on Back."""
    response = render(request, "errors/csrf.html", {"reference": getattr(request, "reference", "")}, status=403)
    response.headers["X-Token-Old"] = "yes"  # the script that sent it fetches a fresh one and sends again
    return response
