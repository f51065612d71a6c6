"""The chapter staff/: people and the rules they work under."""
from django.apps import AppConfig


class StaffConfig(AppConfig):
    """staff/ as a Django app."""

    name = "staff"
    default_auto_field = "django.db.models.BigAutoField"
