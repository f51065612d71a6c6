"""The chapter facilities/: the place."""
from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    """facilities/ as a Django app."""

    name = "facilities"
    default_auto_field = "django.db.models.BigAutoField"
