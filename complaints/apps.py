"""The chapter complaints/: the complaint lifecycle."""
from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """complaints/ as a Django app."""

    name = "complaints"
    default_auto_field = "django.db.models.BigAutoField"
