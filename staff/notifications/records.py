"""Notifications and robots as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from staff.notifications.words import sentence

register(key="notification", model="staff.Notification", label=_("notification"), title=sentence, confidentiality="confidential")
register(key="robot", model="staff.Robot", label=_("chat robot"), title=str, page="robot", joins=("hall", "team"))
