"""The entry of shifts."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from staff.shifts.permissions import Can

register(key="shifts", chapter="staff", group="duty", label=_("Shifts"),
         page="shifts", capability=Can.READ, order=60, words="排班 班次 paiban banci roster duty")

offer_act(key="new-shift", label=_("New shift"), page="new_shift", capability=Can.EDIT, icon="calendar-plus", order=31, words="排班 paiban roster")
