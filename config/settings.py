"""One settings file, read from top to bottom; every variable comes through config/env.py (README lists them).

Without DATABASE_URL and REDIS_URL this is the embedded default: the servers of this checkout, on private sockets.
"""
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env
from config.embedded import places

BASE_DIR = Path(__file__).resolve().parent.parent
INSTANCE = places.current()
EMBEDDED = not env.given("DATABASE_URL")
DEBUG = env.flag("DEBUG", False)
DEMO = env.flag("DEMO", False)  # the demo's launcher alone sets this
HTTPS = env.flag("HTTPS", True)
SECOND_FACTOR = env.flag("SECOND_FACTOR", True)  # asked of privileged roles at log-in
LOCK_AFTER_MINUTES = env.number("LOCK_AFTER_MINUTES", 30, least=1, most=720)  # without a sign of life the screen locks
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)  # then the proxy's word on scheme and client address is taken
SECRET_KEY = places.secret_key() if EMBEDDED and not env.given("SECRET_KEY") else env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else None)

# What it is made of. The order of the chapters is the direction of imports: each may use those before it.
CHAPTERS = ["staff", "facilities", "reception", "complaints", "performance"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # whose templates our own widgets build on
    "crispy_forms",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
    "config.apps.ConfigConfig",
    "staff.apps.StaffConfig",
    "facilities.apps.FacilitiesConfig",
    "reception.apps.ReceptionConfig",
    "complaints.apps.ComplaintsConfig",
    "performance.apps.PerformanceConfig",
]
MIDDLEWARE = [
    "config.web.middleware.RequestReference",
    "config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "config.web.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.web.middleware.TooLarge",
    "config.web.middleware.BadCharset",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.web.middleware.SecondStep",
    "config.web.middleware.PersonLanguage",
    "config.web.middleware.HallZone",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
if BEHIND_PROXY:
    MIDDLEWARE.insert(0, "config.deploy.proxy.BehindProxy")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The database. The application's role may read and write rows; the owner's role, used by the few commands
# that manage.py names, may change the schema as well.
AS_OWNER = env.flag("DATABASE_AS_OWNER", False)
ENGINE = "django.db.backends.postgresql"
if EMBEDDED:
    _default = {"ENGINE": ENGINE, "NAME": places.DATABASE, "HOST": str(INSTANCE.sockets), "OPTIONS": {},
                "USER": places.OWNER if AS_OWNER else places.APPLICATION}
else:
    _default = env.database("OWNER_DATABASE_URL" if AS_OWNER else "DATABASE_URL")
_default |= {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0, "DISABLE_SERVER_SIDE_CURSORS": True}
_default["OPTIONS"] = {"connect_timeout": 5} | _default["OPTIONS"]
if env.flag("DATABASE_POOL", False):  # gunicorn alone: a command that merely looks would wait on an absent server
    _default["CONN_HEALTH_CHECKS"] = True
    _default["OPTIONS"]["pool"] = {
        "min_size": 1, "max_size": env.number("DATABASE_POOL_SIZE", 8, least=1, most=200), "timeout": 3,
        "reconnect_timeout": 2,  # seconds of tries in doubling pauses after the database went away; from then on every request tries at once
    }
DATABASE_PREPARE = env.flag("DATABASE_PREPARE", True)  # statements kept by the server, a connection each (config/planned.py)
_reports = env.database("DATABASE_REPLICA_URL") | {"CONN_MAX_AGE": 0} if env.given("DATABASE_REPLICA_URL") else dict(_default)
DATABASES = {"default": _default, "reports": _reports | {"TEST": {"MIRROR": "default"}}}

# Redis or Valkey: database 0 is the queue, 1 the cache. Both may be away without stopping a desk.
REDIS_NUMBER = env.number("REDIS_NUMBER", 0, most=62)  # the first of the two database numbers
if env.given("REDIS_URL") or not EMBEDDED:
    _redis = env.redis("REDIS_URL")
else:
    _redis = f"redis+socket://{INSTANCE.valkey_socket}"
if _redis.startswith("redis+socket://"):
    CELERY_BROKER_URL = f"{_redis}?virtual_host={REDIS_NUMBER}"
    _cache = f"unix://{_redis.removeprefix('redis+socket://')}?db={REDIS_NUMBER + 1}"
else:
    CELERY_BROKER_URL, _cache = f"{_redis}/{REDIS_NUMBER}", f"{_redis}/{REDIS_NUMBER + 1}"
CACHES = {"default": {"BACKEND": "config.cache.ForgivingCache", "LOCATION": _cache,
                      "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1}}}

# Celery: the queue is only a doorbell, rows in the database are the work (config/celery.py makes the timetable).
VISIBILITY_TIMEOUT = env.number("VISIBILITY_TIMEOUT", 300, least=1)  # seconds until a killed worker's task is handed out again
CELERY_TASK_DEFAULT_QUEUE = "desk"  # what people wait for; long work names the queue "bulk"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_TIMEOUT, "unacked_restore_interval": 5, "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2, "socket_keepalive": True,
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_ENABLE_UTC = True

# People, sessions, rights.
AUTH_USER_MODEL = "config.User"
AUTHENTICATION_BACKENDS = ["config.accounts.login.Accounts"]
ACCOUNT_IN_FULL = "staff.organisation.accounts.account_in_full"  # an account with its person and roles, as pages read it
ACCESS_POLICY = "staff.organisation.access.reaches_of"  # who may do what, as config asks it
HALLS_OF = "staff.organisation.access.halls_of"
SHOWN_TO = "staff.organisation.access.shown_to"  # which rows for a hall or a team are for a person
GROUPS_OF = "staff.organisation.access.groups_of"  # the halls and teams that a capability reaches, by name
ROLE_NAMES = "staff.organisation.words.ROLE_NAMES"  # the words of roles, for the log-in page of the demo
PRIVILEGED_OF = "staff.organisation.access.is_privileged"  # whether a second step is asked of a person
ACCOUNTS_WITHIN = "staff.organisation.access.accounts_within"
OWN_WORDS = "staff.organisation.access.own_words"  # names that no password is built from
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "display_name")}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "config.accounts.passwords.OwnWords"},
]
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # config.accounts.throttle counts wrong codes
OTP_TOTP_ISSUER = "Hallkeeper"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "config.web.errors.csrf_failure"

# Between browser and server.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
LARGEST_REQUEST = 40 * 1024 * 1024  # bytes of one request with its files; more is answered 413 unread

# Files: what the pages need, and what people hand in (never served by address, only through an access check).
STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [BASE_DIR / "static"] if folder.exists()]
STATIC_ROOT = env.folder("STATIC_ROOT", INSTANCE.folder / "static" if EMBEDDED else "/srv/hallkeeper/static")
MEDIA_ROOT = env.folder("UPLOADS_ROOT", INSTANCE.folder / "uploads" if EMBEDDED else None)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG
                    else "config.web.storage.Storage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# Pages and forms.
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE_DIR / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "config.web.context.shell",
    ], "libraries": {name: f"config.web.templatetags.{name}" for name in ("clauses", "drawn", "hk", "lists", "panels", "periods", "record_parts", "scripts")},
        "builtins": ["config.web.templatetags.urls"]},
}]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets may lie in templates/
CRISPY_ALLOWED_TEMPLATE_PACKS = ["hallkeeper"]
CRISPY_TEMPLATE_PACK = "hallkeeper"
CRISPY_FAIL_SILENTLY = False

# Languages and time.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Mail leaves through config.outbox alone. The embedded default writes it into a folder instead.
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "hallkeeper@localhost")
if env.given("EMAIL_URL"):
    globals().update(env.mail("EMAIL_URL"))
elif EMBEDDED:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = INSTANCE.folder / "mail"
else:
    EMAIL_BACKEND = "config.mail.NoMail"
EMAIL_TIMEOUT = 20
COMPLAINT_MAILBOX = env.mailbox("COMPLAINT_MAILBOX")  # where customers complain by mail and answer our mails; None: nobody reads one
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS", "").rstrip("/")  # what links in mails begin with
ROBOTS = {  # where the chat services take what a group's robot says; another address only for a service run by the company itself
    "wecom": env.text("WECOM_ROBOT_URL", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
    "dingtalk": env.text("DINGTALK_ROBOT_URL", "https://oapi.dingtalk.com/robot/send"),
}

LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"level": env.text("LOG_LEVEL", "INFO")}
SIMPLE_HISTORY_REVERT_DISABLED = True
