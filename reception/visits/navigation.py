"""The entries of the visits room in the side column."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions import navigation
from reception.visits import queries
from reception.visits.permissions import Can
from reception.visits.presence.queries import RUNNING


def due(user, hall):
    """Who waits in the chosen hall, of them past the waiting target; visits left open and not settled, which are all late."""
    found = queries.due(user, hall and hall["id"], timezone.now())
    return found and {"desk": (found["waiting"], found["late"]), "left-open": (found["left_open"], found["left_open"])}


def evacuation(user, hall):
    """One, and late, while an evacuation runs in the chosen hall, so that every page of the hall says so."""
    return {"present": (1, 1)} if hall and hall["id"] in getattr(user, RUNNING, ()) else {}


navigation.register(key="desk", chapter="reception", group="front", label=_("Desk"), page="desk", capability=Can.EDIT, order=10, count=due,
                    words="desk jiedai qiantai 接待 前台")
navigation.register(key="board", chapter="reception", group="front", label=_("Day board"),
                    page="board", capability=Can.READ, order=11, words="board kanban 看板",
                    also=("/reception/halls/",))
navigation.register(key="counter", chapter="reception", group="front", label=_("Counter"), page="counter", capability=Can.EDIT, order=12,
                    words="counter chuangkou jiaohao 窗口 叫号", also=("/reception/tickets/",))
navigation.register(key="present", chapter="reception", group="front", label=_("Present now"),
                    page="present", capability=Can.PRESENT, order=12, count=evacuation,
                    words="present evacuation zaichang shusan 在场 疏散 演练", also=("/reception/evacuations/",))
navigation.register(key="visits", chapter="reception", group="visits", label=_("Visits"),
                    page="visits", capability=Can.READ, order=13, words="visits laifang 来访")
navigation.register(key="left-open", chapter="reception", group="visits", label=_("Left open"), page="left_open", capability=Can.EDIT, order=14, count=due,
                    words="left open weijieshu 未结束")
navigation.register(key="registers", chapter="reception", group="visits", label=_("Registers"), page="registers", capability=Can.EDIT, order=15,
                    words="registers import dengjibu daoru 登记簿 导入")
navigation.register(key="visit-figures", chapter="reception", group="visits", label=_("Figures of visits"),
                    page="visit_figures", capability=Can.ANALYSE, order=16,
                    words="figures greeting waiting traffic tongji keliu 统计 客流")
navigation.register(key="reception-templates", chapter="reception", group="setup", label=_("Reception templates"),
                    page="reception_templates", capability=Can.TEMPLATES,
                    order=18, words="templates moban 模板")
navigation.register(key="stations", chapter="reception", group="setup", label=_("Kiosks and displays"), page="stations", capability=Can.STATIONS, order=19,
                    words="stations kiosk display zizhuji jiaohaoping 自助机 叫号屏")
navigation.register(key="appointments", chapter="reception", group="front", label=_("Appointments"), page="appointments", capability=Can.READ, order=12,
                    words="appointments yuyue 预约 預約")
navigation.register(key="alerts", chapter="reception", group="front", label=_("Alerts"),
                    page="alerts", capability=Can.REOPEN, order=11, words="alerts tixing 提醒")

navigation.offer_act(key="new-visit", label=_("New visit"), page="desk", part="#id_who", capability=Can.EDIT, keys="N", order=1,
                        words="walk-in log dengji laifang 登记 来访 新来访")
navigation.offer_act(key="call-next", label=_("Call the next"), page="counter_next", method="post", capability=Can.EDIT, icon="megaphone", order=2,
                        words="queue ticket jiaohao 叫号 下一位")
navigation.offer_act(key="new-register", label=_("Bring in a register"), page="register_upload", capability=Can.EDIT, icon="upload", order=20,
                        words="import excel daoru 导入 登记簿")
navigation.offer_act(key="day-log", label=_("Log of today"), page="day_log", capability=Can.READ, icon="printer", order=21,
                        words="print dayin 打印 日志")

navigation.tell_keys(key="desk", label=_("Desk"), capability=Can.EDIT, order=10, keys=(
    ("N", _("New visit, from every page")), ("1 – 9", _("Purpose")), ("A", _("The first of those expected has arrived")), ("M", _("More fields"))))
navigation.tell_keys(key="visit", label=_("Visit"), capability=Can.EDIT, order=11, keys=(
    ("G", _("Greet")), ("S", _("Serve")), ("H", _("Hand over to a colleague")), ("A", _("Give to an adviser")), ("R", _("Lead to an area")),
    ("C", _("Close the visit")), ("L", _("Left without service")), ("E", _("Correct what was written"))))
navigation.tell_keys(key="customer", label=_("Customer file"), capability=Can.READ, order=13, keys=(("O", _("Open the last visit")),))
navigation.tell_keys(key="counter", label=_("Counter"), capability=Can.EDIT, order=12, keys=(
    ("C", _("Call the next")), ("R", _("Call again")), ("S", _("Start")), ("X", _("Did not come")), ("F", _("Result")), ("K", _("Park")),
    ("T", _("Transfer")), ("B", _("Put back")), ("O", _("Open the counter")), ("P", _("Pause the counter"))))
navigation.offer_act(key="plan-visit", label=_("Plan a visit"), page="new_appointment", capability=Can.EDIT, icon="plus", order=3,
                        words="appointment yuyue 预约 預約")
