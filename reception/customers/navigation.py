"""Entries of the side column."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from reception.customers.permissions import Can

register(key="customers", chapter="reception", label=_("Customers"), page="customers", capability=Can.READ, order=30, words="kehu gukehu kh 客户 客戶 顾客")
register(key="duplicates", chapter="reception", label=_("Duplicates"), page="duplicates", capability=Can.EDIT, order=35, words="chongfu cf 重复 重複 合并")

offer_act(key="new-customer", label=_("New customer"), page="register_customer", capability=Can.EDIT, icon="user-plus", order=3,
          words="kehu 客户 登记客户 register")
