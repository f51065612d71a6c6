"""The entry of competences."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from staff.training.permissions import Can

register(key="competences", chapter="staff", group="people", label=_("Competences"), page="competences", capability=Can.READ, order=70,
         words="能力 资格 資格 nengli zige skills qualification")
