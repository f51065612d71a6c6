"""The chapter reception/: the customer at the desk."""
from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """reception/ as a Django app."""

    name = "reception"
    default_auto_field = "django.db.models.BigAutoField"
