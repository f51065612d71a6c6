"""The house's own entries of the side column."""
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.accounts.access import SIGNED_IN
from config.contributions.navigation import offer_act, register, tell_keys

register(key="my_day", chapter="home", label=_("My day"), page="home", capability=SIGNED_IN, order=1, words="start,today,home")
register(key="search", chapter="home", label=pgettext_lazy("page", "Search"), page="search", capability=SIGNED_IN, order=3,
         words="search,find,sousuo,chazhao,搜索,查找,搜尋")
register(key="jobs", chapter="home", label=_("Long work"), page="jobs", capability=SIGNED_IN, order=70, words="jobs,import,export,progress")
register(key="my_settings", chapter="home", label=_("My settings"), page="my_settings", capability=SIGNED_IN, order=80,
         words="language,theme,dark,large text,keys,password")
register(key="help", chapter="home", label=_("Help"), page="help", capability=SIGNED_IN, order=90, words="keys,definitions,manual")
register(key="team_locked", chapter="staff", group="duty", label=_("Locked log-ins of my people"), page="team_locked_names", capability="attendance.approve",
         order=90, words="release,password")
register(key="locked", chapter="house", label=_("Locked log-ins"), page="locked_names", capability="accounts.edit", order=10,
         words="release,password")
register(key="audit_log", chapter="house", label=_("Audit log"), page="audit_log", capability="accounts.read", order=20,
         words="access log,audit,who,viewed,changed,shenji,审计,審計")
register(key="access_log", chapter="house", label=_("Access log"), page="access_log", capability="accounts.read", order=22, words="audit,who,viewed")
register(key="evidence_log", chapter="house", label=_("Audit log, masked"), page="evidence_log", capability="evidence.read", order=21,
         words="access log,audit,who,viewed,changed,shenji,审计,審計")
register(key="classes", chapter="house", label=_("Confidentiality classes"), page="classes", capability="accounts.read", order=25,
         words="secret,confidential,export,watermark,baomi,密级")
register(key="outbox", chapter="house", label=_("Outbox"), page="outbox", capability="accounts.edit", order=30, words="mail,sms,messages")
register(key="registries", chapter="house", label=_("What the rooms bring"), page="registries", capability="accounts.read", order=40,
         words="registries,schedules,timetable,personal data")

offer_act(key="save-settings", label=_("Change language, theme or text size"), page="my_settings", capability=SIGNED_IN, icon="settings", order=80,
             words="language,theme,dark,light,large text")
offer_act(key="change-password", label=_("Change my password"), page="change_password", capability=SIGNED_IN, icon="key-round", order=81,
             words="password")

tell_keys(key="everywhere", label=_("Everywhere"), capability=SIGNED_IN, order=1, keys=(
    ("/", _("Command bar")), ("Ctrl K", _("Command bar")), ("?", _("This list")), ("Z", _("Undo what was just done")),
    ("Esc", _("Close the top layer")), ("G D", _("My day")), ("G L", _("Lock the screen"))))
tell_keys(key="forms", label=_("Forms"), capability=SIGNED_IN, order=2, keys=(
    ("Enter", _("Save")), ("Ctrl Enter", _("Save from a text area")), ("1 – 9", _("Choose in a row of answers")),
    ("Alt ↓", _("In a line for a day: its calendar"))))
tell_keys(key="type-ahead", label=_("While you look for somebody"), capability=SIGNED_IN, order=3, keys=(
    ("↑", _("Up")), ("↓", _("Down")), ("Enter", _("Use the marked line")), ("Esc", _("Close the lines"))))
tell_keys(key="records", label=_("Lists and records"), capability=SIGNED_IN, order=4, keys=(
    ("C", _("New entry")), ("E", _("Correct")), ("Shift", _("Tick a range: hold it and tick"))))
