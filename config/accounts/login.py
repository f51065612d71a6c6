"""Whether a name and a password open an account: the same words and the same time for a name that nobody has (RELIABILITY S3)."""
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from config.accounts import throttle
from config.accounts.models import User
from config.errors import Refused


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
