"""The entries of the visits room in the side column."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions import navigation
from reception.visits import queries
from reception.visits.permissions import Can


def due(user, hall):
    """Who waits in the chosen hall, of them past the waiting target; visits left open and not settled, which are all late."""
    found = queries.due(user, hall and hall["id"], timezone.now())
    return found and {"desk": (found["waiting"], found["late"]), "left-open": (found["left_open"], found["left_open"])}


navigation.register(key="desk", chapter="reception", label=_("Desk"), page="desk", capability=Can.EDIT, order=10, count=due,
                    words="desk jiedai qiantai 接待 前台")
navigation.register(key="board", chapter="reception", label=_("Day board"), page="board", capability=Can.READ, order=11, words="board kanban 看板")
navigation.register(key="counter", chapter="reception", label=_("Counter"), page="counter", capability=Can.EDIT, order=12,
                    words="counter chuangkou jiaohao 窗口 叫号")
navigation.register(key="visits", chapter="reception", label=_("Visits"), page="visits", capability=Can.READ, order=13, words="visits laifang 来访")
navigation.register(key="left-open", chapter="reception", label=_("Left open"), page="left_open", capability=Can.EDIT, order=14, count=due,
                    words="left open weijieshu 未结束")
navigation.register(key="registers", chapter="reception", label=_("Registers"), page="registers", capability=Can.EDIT, order=15,
                    words="registers import dengjibu daoru 登记簿 导入")
navigation.register(key="visit-figures", chapter="reception", label=_("Greeting figures"), page="visit_figures", capability=Can.ANALYSE, order=16,
                    words="figures tongji 统计")
navigation.register(key="reception-templates", chapter="reception", label=_("Reception templates"), page="reception_templates", capability=Can.TEMPLATES,
                    order=18, words="templates moban 模板")
navigation.register(key="stations", chapter="reception", label=_("Kiosks and displays"), page="stations", capability=Can.STATIONS, order=19,
                    words="stations kiosk display zizhuji jiaohaoping 自助机 叫号屏")
