"""Entries of the side column."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from reception.customers.permissions import Can

register(key="customers", chapter="reception", group="customers", label=_("Customers"),
         page="customers", capability=Can.READ, order=30, words="kehu gukehu kh 客户 客戶 顾客")
register(key="duplicates", chapter="reception", group="customers", label=_("Duplicates"),
         page="duplicates", capability=Can.EDIT, order=35, words="chongfu cf 重复 重複 合并")
register(key="incomplete-files", chapter="reception", group="customers", label=_("Incomplete files"), page="incomplete_files", capability=Can.READ, order=33,
         words="incomplete missing confirm 完整 資料 不完整 待确认 wanzheng wz")
register(key="file-templates", chapter="reception", group="setup", label=_("What a file must have"), page="file_templates", capability=Can.TEMPLATES, order=34,
         words="template mandatory fields 必填 dangan bitian")
register(key="data-requests", chapter="reception", group="customers", label=_("Personal data"), page="data_requests", capability=Can.EXPORT, order=37,
         words="geren xinxi grxx 个人信息 個人資料 erase export gdpr pipl")

offer_act(key="new-customer", label=_("New customer"), page="register_customer", capability=Can.EDIT, icon="user-plus", order=3,
          words="kehu 客户 登记客户 register")
