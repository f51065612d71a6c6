"""The entries of taking in."""
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from complaints.intake import queries
from config.contributions.navigation import register

register(key="new-complaint", chapter="complaints", label=_("Take a complaint"), page="new_complaint", capability=Can.REGISTER, order=5,
         words="complaint new tousu shouli 投诉 受理 投訴")


def waiting(user, hall):
    """How many mails wait for somebody, each late."""
    count = queries.waiting_mails(user) if settings.COMPLAINT_MAILBOX else 0
    return {"incoming-mails": (count, count)} if count else {}


register(key="incoming-mails", chapter="complaints", label=_("Complaint mailbox"), page="incoming_mails", capability=Can.LOOK, order=30, count=waiting,
         words="mail mailbox youxiang youjian 邮箱 邮件 郵箱 郵件")
register(key="box-checks", chapter="complaints", label=_("Checks of complaint boxes"), page="box_checks", capability=Can.READ, order=31,
         words="box check xinxiang jiancha 意见箱 投诉箱 意見箱 投訴箱")
register(key="complaint-channels", chapter="complaints", label=_("Complaint channels"), page="complaint_channels", capability=Can.READ, order=32,
         words="channels poster qudao haibao 渠道 海报 海報", also=("/complaints/halls/",))
