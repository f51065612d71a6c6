"""The entries of the regulation in the side column, and its key."""
from django.utils.translation import gettext_lazy as _

from config.contributions import navigation
from staff.regulation.permissions import Can

navigation.register(key="regulations", chapter="staff", group="rules", label=_("Regulations"), page="regulations", capability=Can.READ, order=62,
                    words="regulation rules clauses zhidu guanlizhidu tiaokuan 制度 管理制度 条款 條款 规定 規定")
navigation.register(key="questions", chapter="staff", group="rules", label=_("Questions about the rules"), page="questions", capability=Can.READ, order=63,
                    words="questions interpretation wenti jieshi 问题 問題 解释 解釋")
navigation.register(key="laws", chapter="staff", group="rules", label=_("Laws and policies"), page="laws", capability=Can.READ, order=64,
                    words="law policy falv fagui zhengce 法律 法规 法規 政策")
navigation.offer_act(key="ask-hr", label=_("Ask human resources about a rule"), page="ask_hr", capability=Can.READ, icon="message-circle-question-mark",
                     order=42, words="question interpretation tiwen jieshi 提问 提問 解释 解釋")
navigation.tell_keys(key="why", label=_("In a form"), capability=Can.READ, order=6, keys=(("F1", _("The clause that asks for this field")),))
navigation.register(key="parameters", chapter="staff", group="rules", label=_("Parameters"), page="parameters", capability=Can.READ, order=92,
                    words="参数 參數 规定 期限 权重 canshu guiding qixian quanzhong limits weights values regulation")
navigation.register(key="working_calendar", chapter="staff", group="rules", label=_("Working calendar"),
                    page="working_calendar", capability=Can.CALENDAR, order=61,
                    words="calendar holidays hours 日历 日曆 节假日 節假日 调休 調休 营业时间 營業時間 gongzuorili jiejiari tiaoxiu")
