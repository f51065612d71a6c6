"""What happens around every page: a reference number, headers, the person's language, unreadable posts."""
import codecs
import secrets

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import RawPostDataException
from django.utils import timezone, translation
from django_otp import DEVICE_ID_SESSION_KEY

from config.accounts import login
from config.logs import known_user
from config.web import errors

CSP = ("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
       "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'")


class RequestReference:
    """Gives each request a reference that error pages show and log lines carry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reference = secrets.token_hex(4).upper()
        response = self.get_response(request)
        response.headers.setdefault("X-Request-Reference", request.reference)
        return response


class SecurityHeaders:
    """Headers of RELIABILITY section 2 on every answer; signed-in pages are never stored by a browser or proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()")
        user = known_user(request)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class TooLarge:
    """A request that announces more than anybody has to send is answered 413 before it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and (len(length) > 18 or int(length) > settings.LARGEST_REQUEST):
            return errors.too_large(request)
        return self.get_response(request)


class BadCharset:
    """A form post that names a charset nobody knows, or whose body cannot be read, is answered 400 and never 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        charset = request.content_params.get("charset")
        if charset:
            try:
                codecs.lookup(charset)
                usable = codecs.lookup(charset)._is_text_encoding
            except (LookupError, ValueError):
                usable = False
            if not usable:
                return errors.bad_request(request)
            if request.content_type == "application/x-www-form-urlencoded" and codecs.lookup(charset).name != "utf-8":
                return errors.bad_request(request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """A body that breaks off or was read twice is the sender's fault."""
        if isinstance(exception, (UnicodeDecodeError, RawPostDataException)) and request.method == "POST":
            return errors.bad_request(request)
        return None


class SecondStep:
    """Tells whether this session showed the second step (RELIABILITY 6.3.3). django_otp's own middleware would read the device in a
    statement more; here its id must be among those that came with the account. From here on `request.user` is the person and not the
    object of Django that reads them later: the next in line asks for them in any case, and a page asks some hundred times."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = self.with_step(request, get_user(request))
        return self.get_response(request)

    @staticmethod
    def with_step(request, user):
        """The person with `otp_device`, None where the step is still due."""
        shown = request.session.get(DEVICE_ID_SESSION_KEY) if user.is_authenticated else None
        user.otp_device = shown if shown and login.has_shown(user, shown) else None
        return user


class PersonLanguage:
    """The language a person chose goes before the browser's; kept with the account, so that it follows to the next machine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self.language_of(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    @staticmethod
    def language_of(request):
        """The remembered language, or '' to leave it to the browser. The session holds it, so that this costs no query."""
        language = request.session.get("language", "") if request.user.is_authenticated else ""
        return language if language in dict(settings.LANGUAGES) else ""


class HallZone:
    """Times are shown and typed in the zone of the hall one works in. The session holds it, so that this costs no query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            if request.user.is_authenticated and (zone := request.session.get("zone")):
                timezone.activate(zone)
            return self.get_response(request)
        finally:
            timezone.deactivate()
