"""Settings of the tests: the same as production's, on servers of their own beside a running demo."""
import os

# The servers belong to the first process of the run; its workers and the programs that tests start inherit the name.
os.environ.setdefault("HALLKEEPER_INSTANCE", f"test-{os.getpid()}")
os.environ["DATABASE_AS_OWNER"] = "on"
os.environ["HTTPS"] = "off"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
os.environ["REDIS_NUMBER"] = str(2 * (int(_worker.removeprefix("gw")) % 31))
for _name in ("DATABASE_URL", "DATABASE_REPLICA_URL", "OWNER_DATABASE_URL", "REDIS_URL", "EMAIL_URL", "COMPLAINT_MAILBOX", "DEMO", "DEBUG", "SECOND_FACTOR"):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": f"hallkeeper_{_worker}"}
CACHES["default"]["OPTIONS"] = {"socket_timeout": 10, "socket_connect_timeout": 10}  # a busy machine is no absence
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LANGUAGE_CODE = "en"
