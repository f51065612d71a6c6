"""The entries of notifications."""
from django.utils.translation import gettext_lazy as _

from config.accounts.access import SIGNED_IN
from config.contributions.navigation import register
from staff.notifications.permissions import Can

register(key="notifications", chapter="home", label=_("Notifications"), page="notifications", capability=SIGNED_IN, order=3,
         words="notifications inbox bell 通知 消息 tongzhi xiaoxi")
register(key="deliveries", chapter="home", label=_("Deliveries"), page="deliveries", capability=SIGNED_IN, order=4,
         words="deliveries sent mails uncertain 发送记录 fasongjilu")
register(key="robots", chapter="house", label=_("Chat robots"), page="robots", capability=Can.ROBOTS, order=60,
         words="robot webhook wecom dingtalk 群机器人 企业微信 钉钉 jiqiren qiyeweixin dingding")
