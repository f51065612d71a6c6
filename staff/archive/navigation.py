"""The entries of the archive."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from staff.archive.permissions import Can

register(key="archive", chapter="staff", group="papers", label=_("Archive"),
         page="archive", capability=Can.READ, order=84, words="archive papers files 档案 檔案 dangan")
register(key="archive-requests", chapter="staff", group="papers", label=_("Access requests"), page="archive_requests", capability=Can.READ, order=85,
         words="archive access requests reading 资料查阅 資料查閱 ziliao chayue")
register(key="stocktakings", chapter="staff", group="papers", label=_("Archive stocktakings"), page="stocktakings", capability=Can.READ, order=86,
         words="archive stocktaking inventory 盘点 盤點 pandian")
