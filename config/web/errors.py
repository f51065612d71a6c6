"""Friendly error pages: what happened, what to do, and a reference number for whoever is asked for help."""
from django.shortcuts import render


def _page(request, status, template=None):
    response = render(request, f"errors/{template or status}.html", {"reference": getattr(request, "reference", "")}, status=status)
    return response


def bad_request(request, exception=None):
    """400: the request could not be read."""
    return _page(request, 400)


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
    """500: our fault; the log has the rest."""
    return _page(request, 500)


def unavailable(request):
    """503: the database is away for a moment."""
    response = _page(request, 503)
    response.headers["Retry-After"] = "5"
    return response


def csrf_failure(request, reason=""):
    """403 with its own words: the page stood open too long or came from elsewhere. Nothing typed is lost on Back."""
    return render(request, "errors/csrf.html", {"reference": getattr(request, "reference", "")}, status=403)
