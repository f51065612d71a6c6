"""The entries of promises."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from reception.promises.permissions import Can

register(key="promises", chapter="reception", group="customers", label=_("Promises"), page="promises", capability=Can.READ, order=32,
         words="promise promises kept broken 承诺 承諾 chengnuo cn")
