"""The entries of the duties room."""
from django.utils.translation import gettext_lazy as _

from config.accounts.access import SIGNED_IN
from config.contributions.navigation import register
from staff.duties.permissions import Can

register(key="duties", chapter="home", label=_("What is due"), page="duties", capability=Can.READ, order=2, words="duties due late 待办 逾期 daiban yuqi")
register(key="clock", chapter="house", label=_("Clock"), page="clock", capability=Can.JOBS, order=35, words="jobs schedules timetable 定时 任务 dingshi")
register(key="decisions", chapter="home", label=_("Decisions"), page="decisions", capability=SIGNED_IN, order=3,
         words="approvals decisions approve 审批 審批 shenpi 批准")
register(key="shift-handovers", chapter="home", label=_("Shift handover"), page="shift_handovers", capability=Can.READ, order=4,
         words="shift handover takeover 交接班 交班 接班 jiaojieban")
