"""The entries of the visits room in the side column."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions import navigation
from reception.visits import queries, states
from reception.visits.models import Visit
from reception.visits.permissions import Can


def waiting(user, hall):
    """(waiting in the chosen hall, of them past the waiting target)."""
    if not hall:
        return None, None
    arrived = list(Visit.objects.visible_to(user).filter(hall=hall["id"], state__in=[states.WAITING, states.GREETED],
                                                         arrived_at__gte=queries.start_of(timezone.localdate())).values_list("arrived_at", flat=True))
    if not arrived:
        return None, None
    late = timezone.now() - queries.wait_target(hall["id"])
    return len(arrived), sum(at < late for at in arrived) or None


def unsettled(user, hall):
    """(visits left open and not settled, the same as late)."""
    count = queries.left_open(user, hall["id"], timezone.now()).order_by().count() if hall else 0
    return (count, count) if count else (None, None)


navigation.register(key="desk", chapter="reception", label=_("Desk"), page="desk", capability=Can.EDIT, order=10, count=waiting,
                    words="desk jiedai qiantai 接待 前台")
navigation.register(key="board", chapter="reception", label=_("Day board"), page="board", capability=Can.READ, order=11, words="board kanban 看板")
navigation.register(key="counter", chapter="reception", label=_("Counter"), page="counter", capability=Can.EDIT, order=12,
                    words="counter chuangkou jiaohao 窗口 叫号")
navigation.register(key="visits", chapter="reception", label=_("Visits"), page="visits", capability=Can.READ, order=13, words="visits laifang 来访")
navigation.register(key="left-open", chapter="reception", label=_("Left open"), page="left_open", capability=Can.EDIT, order=14, count=unsettled,
                    words="left open weijieshu 未结束")
navigation.register(key="registers", chapter="reception", label=_("Registers"), page="registers", capability=Can.EDIT, order=15,
                    words="registers import dengjibu daoru 登记簿 导入")
navigation.register(key="visit-figures", chapter="reception", label=_("Greeting figures"), page="visit_figures", capability=Can.ANALYSE, order=16,
                    words="figures tongji 统计")
navigation.register(key="reception-templates", chapter="reception", label=_("Reception templates"), page="reception_templates", capability=Can.TEMPLATES,
                    order=18, words="templates moban 模板")
