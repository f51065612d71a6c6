"""The bell in the bar of every page, and the way to one's choices on the page of settings."""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from config.accounts import columns
from config.contributions.panels import register
from staff.notifications.models import Notification

MOST = 100  # unread ones that are counted; more are shown as 99+
COLUMN = "unread_notifications"  # on the account, read with it


def unread():
    """The ids of what the account has not read, the newest first."""
    return ArraySubquery(Notification.objects.unread().filter(user=OuterRef("pk")).order_by("-at").values("pk")[:MOST])


def bell(_record, user):
    """How much is unread; read with the account, so that no page asks for it."""
    ids = getattr(user, COLUMN, None) or []
    return {"ids": ids, "count": len(ids), "shown": f"{MOST - 1}+" if len(ids) >= MOST else str(len(ids))}


def choices(_record, _user):
    """The link on the settings."""
    return {}


columns.register(COLUMN, unread)
register(key="bell", place="bar", template="staff/notifications/_bell.html", context=bell)
register(key="notification-choices", place="my_settings", template="staff/notifications/_of_settings.html", context=choices)
