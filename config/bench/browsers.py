"""The two browsers of the bench, both in this process: one asks the product with all its middleware, one the bare views of the floors."""
import secrets

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import reverse

from config.accounts.models import User

PASSWORD = "hallkeeper-demo"  # of everybody in the company of the demo
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
BARE_MIDDLEWARE = [  # what `startproject` writes, behind what leads to the bare views
    "config.bench.floors.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class BareHandler(ClientHandler):
    """Answers as a plain Django project would: default middleware, sessions in the database."""

    def load_middleware(self, is_async=False):
        """Build the chain once; afterwards it does not look at these settings again."""
        with override_settings(MIDDLEWARE=BARE_MIDDLEWARE, SESSION_ENGINE="django.contrib.sessions.backends.db"):
            super().load_middleware(is_async)


class Unexpected(Exception):
    """A page answered otherwise than an act of the bench relies on."""


class Browser:
    """A signed-in browser that sends the token of its forms and takes only the answers it expects."""

    def __init__(self, client):
        self.client = client

    def get(self, address, expect=200, **headers):
        """The page at `address`."""
        return self.answer(self.client.get(address, headers=headers), address, expect)

    def post(self, address, facts, expect=200, **headers):
        """The answer to a form that was sent."""
        token = self.client.cookies[settings.CSRF_COOKIE_NAME].value
        return self.answer(self.client.post(address, {"csrfmiddlewaretoken": token, **facts}, headers=headers), address, expect)

    def send(self, address, facts):
        """Send a form and open the page it leads to."""
        return self.get(self.post(address, facts, expect=302).headers["Location"])

    @staticmethod
    def answer(response, address, expect):
        """`response`, if its status is the one expected."""
        if response.status_code != expect:
            raise Unexpected(f"{address} answered {response.status_code}, and the bench expects {expect}.")
        return response


def client(handler=None):
    """A test client that checks tokens as a server does; with a handler of its own it asks that one."""
    made = Client(enforce_csrf_checks=True, SERVER_NAME="localhost", raise_request_exception=True)
    if handler is not None:
        made.handler = handler
    return made


def signed_in(name):
    """A browser in which this person has logged in as people do."""
    browser = Browser(client())
    browser.get(reverse("login"))
    browser.post(reverse("login"), {"username": name, "password": PASSWORD}, expect=302)
    return browser


def bare(name):
    """A browser of the bare views, with a session of its own for the same person."""
    handler = BareHandler(enforce_csrf_checks=True)
    browser, user, session = Browser(client(handler)), User.objects.get(username=name), SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: MODEL_BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.create()
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    browser.client.cookies[settings.CSRF_COOKIE_NAME] = secrets.token_hex(16)
    return browser
