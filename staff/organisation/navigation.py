"""Entries of the chapter Staff."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from staff.organisation.permissions import Can

register(key="people", chapter="staff", group="people", label=_("People"), page="people", capability=Can.READ, order=10,
         words="人员 人員 员工 員工 renyuan yuangong staff employees", also=("/staff/roles/",))
register(key="organisation", chapter="staff", group="people", label=_("Organisation"), page="organisation", capability=Can.READ, order=20,
         words="组织 組織 zuzhi departments teams tree", also=("/staff/departments/", "/staff/teams/"))
register(key="halls", chapter="staff", group="people", label=_("Halls"),
         page="halls", capability=Can.READ, order=30, words="大厅 大廳 dating windows opening hours",
         also=("/staff/posts/",))
register(key="positions", chapter="staff", group="people", label=_("Positions"), page="positions", capability=Can.READ, order=40, words="岗位 崗位 gangwei")
register(key="deputies", chapter="staff", group="duty", label=_("Deputies"), page="deputies", capability=Can.READ, order=62,
         words="代理 代理人 daili deputy stand in")
register(key="services", chapter="staff", group="people", label=_("Services"), page="services", capability=Can.READ, order=50, words="服务 服務 fuwu tickets")
register(key="rights", chapter="staff", group="people", label=_("Rights"),
         page="rights", capability=Can.READ, order=90, words="权限 權限 quanxian roles matrix")

offer_act(key="new-person", label=_("New person"), page="new_person", capability=Can.EDIT, icon="user-plus", order=30, words="员工 員工 yuangong hire")
