"""Channels, checks and mails as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from complaints.intake.checks import KIND as CHECK
from complaints.intake.models import MAIL
from config.contributions.records import register

CHANNEL = "complaint_channel"

register(key=CHANNEL, model="complaints.ComplaintChannel", label=_("Complaint channel"), title=str, page="complaint_channel", confidentiality="internal")
register(key=CHECK, model="complaints.BoxCheck", label=_("Check of box or mailbox"), title=str, page="box_check", confidentiality="internal",
         joins=("channel",))
register(key=MAIL, model="complaints.IncomingMail", label=_("Mail of a complaint"), title=str, page="incoming_mail", confidentiality="confidential")
