"""The channel that every house has."""
from django.utils.translation import gettext_lazy as _

from config.outbox.gateway import register, send_mail

register(key="email", label=_("E-mail"), send=send_mail)
