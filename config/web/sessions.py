"""Coming in and going out: the session, what it remembers of a person, its lock, and the rows of the access log."""
from datetime import timedelta

from django.conf import settings
from django.contrib import auth
from django.utils import timezone

from config.privacy import log
from config.web import drafts
from config.web.context import current_hall
from config.web.models import Preference

LONGEST = timedelta(hours=12)  # a session ends then, however busy it is (RELIABILITY 7.3)
REMEMBERED = ("language", "theme", "text_size", "keys_on", "hall_id", "views")
LOCKED, SEEN = "locked", "seen_at"  # what the session notes of the lock
UNFINISHED = "unfinished"  # whether the person may have drafts, so that my day asks for them only then
NOTED_EVERY = timedelta(minutes=2)  # a sign of life is written down so often at most


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
    request.session[SEEN] = timezone.now().timestamp()
    request.session[UNFINISHED] = drafts.of(user).exists()
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


def lock(request):
    """From now on this session opens nothing until the password was given."""
    request.session[LOCKED] = True


def unlock(request):
    """The password was right: go on."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = timezone.now().timestamp()
    log.note(request, "login", outcome="unlocked")


def is_locked(request):
    """Whether the session is locked: by the person, or because nobody was there for LOCK_AFTER_MINUTES (RELIABILITY 7.3).

    What a page asks by itself to refresh its figures is no sign of life, unless it says that somebody just typed or pointed.
    """
    session = request.session
    if session.get(LOCKED):
        return True
    seen, now = session.get(SEEN), timezone.now().timestamp()
    if seen is None or (by_script(request) and "X-Active" not in request.headers):
        return False
    if now - seen > settings.LOCK_AFTER_MINUTES * 60:
        lock(request)
        return True
    if now - seen > NOTED_EVERY.total_seconds():
        session[SEEN] = now
    return False


def by_script(request):
    """Whether a page in the browser asks, which shows the answer itself, rather than a person who goes to an address."""
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"
