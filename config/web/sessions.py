"""Coming in and going out: the session, what it remembers of a person, and the rows of the access log."""
from datetime import timedelta

from django.contrib import auth
from django.utils import timezone

from config.privacy import log
from config.web.context import current_hall
from config.web.models import Preference

LONGEST = timedelta(hours=12)  # a session ends then, however busy it is (RELIABILITY 7.3)
REMEMBERED = ("language", "theme", "keys_on", "hall_id", "views")


def enter(request, user):
    """Sign `user` in under a new session key, load how they like the pages, and note it."""
    user.skip_history_when_saving = True  # the time of the last log-in is no change of the account
    auth.login(request, user)
    del user.skip_history_when_saving
    request.session.set_expiry(timezone.now() + LONGEST)
    preference = Preference.objects.filter(user=user).first() or Preference()
    for name in REMEMBERED:
        request.session[name] = getattr(preference, name)
    current_hall(request)  # with it the session has the zone of the hall, before the first page
    log.note(request, "login")


def leave(request):
    """Sign out; the key of the session is dead from now on."""
    if request.user.is_authenticated:
        log.note(request, "logout")
    auth.logout(request)


def remember(request, **facts):
    """Keep how the person likes the pages, with the account and in this session."""
    Preference.objects.update_or_create(user=request.user, defaults=facts)
    for name, value in facts.items():
        request.session[name] = value
