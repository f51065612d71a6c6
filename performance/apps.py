"""The chapter performance/: the appraisal of people and of the hall."""
from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """performance/ as a Django app."""

    name = "performance"
    default_auto_field = "django.db.models.BigAutoField"
