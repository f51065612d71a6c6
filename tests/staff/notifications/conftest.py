"""What the tests of notifications begin with: a kind of their own, people who chose, and real servers."""
import pytest

from config.outbox import gateway
from config.outbox.models import Message
from config.web.models import Preference
from staff.notifications import gateways, kinds
from staff.notifications.models import NotificationChoice, NotificationSettings, Robot
from tests.staff.notifications.servers import ChatService, MailServer, running


@pytest.fixture
def kind(db):
    """Registers kinds for the length of a test."""
    made = []

    def register(key="tea", **facts):
        given = {"label": "Tea", "sentence": "Tea is ready in “%(hall)s”.", "why": "You drink tea."} | facts
        made.append(kinds.register(key=key, **given))
        return made[-1]

    yield register
    for one in made:
        kinds.KINDS.without(one.key)


@pytest.fixture
def chosen(cast):
    """`chosen("sales", "tea", email="now")`: how a person wants a kind, with an address and a language."""
    def choose(name, key, *, address="wang@example.org", language="", in_app=True, email="off", robot=False, **settings):
        user = cast.users[name]
        NotificationSettings.objects.update_or_create(user=user, defaults={"email": address, **settings})
        NotificationChoice.objects.update_or_create(user=user, kind=key, defaults={"in_app": in_app, "email": email, "robot": robot})
        if language:
            Preference.objects.update_or_create(user=user, defaults={"language": language})
    return choose


@pytest.fixture
def mail_server(settings, monkeypatch):
    """`mail_server(fault)`: a real SMTP server to which the outbox is pointed."""
    open_ones = []

    def start(fault=""):
        context = running(MailServer(fault))
        server = context.__enter__()
        open_ones.append(context)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", server.port, False, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        monkeypatch.setattr(gateway, "SECONDS", 1)
        return server

    yield start
    for context in open_ones:
        context.__exit__(None, None, None)


@pytest.fixture
def chat(settings, monkeypatch):
    """`chat(fault)`: a real chat service that knows the robots 'desk-key' (WeCom) and 'team-key' (DingTalk, signed)."""
    open_ones = []

    def start(fault=""):
        context = running(ChatService({"desk-key": "", "team-key": "SECabc"}, fault))
        server = context.__enter__()
        open_ones.append(context)
        settings.ROBOTS = server.addresses
        monkeypatch.setattr(gateways, "seconds", 1)
        return server

    yield start
    for context in open_ones:
        context.__exit__(None, None, None)


@pytest.fixture
def robot(cast):
    """`robot("dingtalk")`: a robot of the hall, or of the first team."""
    def make(service="wecom", **facts):
        place = {"hall": cast.hall} if service == "wecom" else {"team": cast.teams["sales-one"]}
        given = {"service": service, "name": f"{service} group", "token": "desk-key" if service == "wecom" else "team-key", "language": "en",
                 "secret": "" if service == "wecom" else "SECabc", "created_at": cast.now, "created_by": cast.users["manager"]} | place | facts
        return Robot.objects.create(**given)
    return make


@pytest.fixture
def ends():
    """How the messages of the outbox stand, oldest first: (channel, state, last problem)."""
    return lambda: list(Message.objects.order_by("pk").values_list("channel", "state", "last_problem"))
