"""The house's own entries of the side column."""
from django.utils.translation import gettext_lazy as _

from config.accounts.access import SIGNED_IN
from config.contributions.navigation import register

register(key="my_day", chapter="home", label=_("My day"), page="home", capability=SIGNED_IN, order=1, words="start,today,home")
register(key="jobs", chapter="home", label=_("Long work"), page="jobs", capability=SIGNED_IN, order=70, words="jobs,import,export,progress")
register(key="my_settings", chapter="home", label=_("My settings"), page="my_settings", capability=SIGNED_IN, order=80,
         words="language,theme,dark,keys,password")
register(key="help", chapter="home", label=_("Help"), page="help", capability=SIGNED_IN, order=90, words="keys,definitions,manual")
register(key="team_locked", chapter="staff", label=_("Locked log-ins of my people"), page="team_locked_names", capability="attendance.approve",
         order=90, words="release,password")
register(key="locked", chapter="house", label=_("Locked log-ins"), page="locked_names", capability="accounts.edit", order=10,
         words="release,password")
register(key="access_log", chapter="house", label=_("Access log"), page="access_log", capability="accounts.read", order=20, words="audit,who,viewed")
register(key="outbox", chapter="house", label=_("Outbox"), page="outbox", capability="accounts.edit", order=30, words="mail,sms,messages")
register(key="registries", chapter="house", label=_("What the rooms bring"), page="registries", capability="accounts.read", order=40,
         words="registries,schedules,timetable,personal data")
