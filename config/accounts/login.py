"""Whether a name and a password open an account: the same words and the same time for a name that nobody has (RELIABILITY S3)."""
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.accounts import columns, throttle
from config.accounts.models import User
from config.errors import Refused

DEVICES = (TOTPDevice, StaticDevice)  # what may show the second step


class Accounts(ModelBackend):
    """Reads the account of a session with all that every page asks of it: second step, person, roles, places. One statement."""

    def get_user(self, user_id):
        """The account, or None when it is gone or closed."""
        user = import_string(settings.ACCOUNT_IN_FULL)(user_id, with_devices)
        return user if user and self.user_can_authenticate(user) else None


def with_devices(accounts):
    """`accounts` with the ids of their confirmed devices, a column a kind, and with what rooms show of the person on every page."""
    devices = {f"{kind.__name__.lower()}s": ArraySubquery(kind.objects.filter(user=OuterRef("pk"), confirmed=True).values("pk")) for kind in DEVICES}
    return accounts.annotate(**devices, **columns.all_columns())


def has_shown(user, device):
    """Whether `device`, as a session remembers it, is one of the person's confirmed ones."""
    return any(device == f"{kind._meta.label_lower}/{pk}" for kind in DEVICES for pk in getattr(user, f"{kind.__name__.lower()}s"))


def check(name, password, *, address, log_key, now):
    """The account of this name and password. `Refused` when they do not fit, `throttle.Wait` when too many tries were made.

    `address` is the network address, `log_key` its digest in the access log. Raises the same sentence for an unknown name,
    a wrong password and an account that is closed.
    """
    user = User.objects.filter(username__iexact=name.strip()).first()
    known = throttle.is_known(user, log_key, now=now)
    looked_at = throttle.take(name, address, known=known, now=now)
    if not looked_at or not _fits(user, password):
        raise Refused(_("This user name and this password do not belong together. Check both and try again."))
    throttle.forget(name, address, known=known)
    return user


def _fits(user, password):
    if user is None:
        make_password(password)  # takes the time that a check takes
        return False
    return user.check_password(password) and user.is_active
