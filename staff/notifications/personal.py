"""The personal data of notifications, with its purposes (PIPL). A notification holds no customer's name: that is read from the record."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

TOLD, REACH = _("to tell people what concerns them"), _("to reach the addressee")

personal.register(
    key="staff.Notification", retention="personnel_retention_years", fields={"user": TOLD, "values": TOLD},
    impersonal=("id", "kind", "event", "record_kind", "record_id", "at", "in_app", "read_at", "digest", "digested_at"))
personal.register(
    key="staff.NotificationChoice", retention="personnel_retention_years", fields={"user": TOLD},
    impersonal=("id", "kind", "in_app", "email", "robot"))
personal.register(
    key="staff.NotificationSettings", retention="personnel_retention_years", fields={"user": TOLD, "email": REACH},
    impersonal=("id", "digest_hour", "quiet_from", "quiet_until", "digested_on"))
personal.register(
    key="staff.Robot", retention="personnel_retention_years", fields={"created_by": _("to know who did what"), "name": REACH},
    impersonal=("id", "version", "service", "hall", "team", "token", "secret", "language", "is_active", "tests", "created_at"))
