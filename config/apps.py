"""The plumbing app; at start it lets every room of every chapter bring its contributions."""
from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """config as a Django app: accounts, numbers, outbox, jobs, privacy and the shared pages."""

    name = "config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from config import celery  # noqa: F401 - tasks that web calls belong to our application, not to a nameless one
        from config.contributions import gather

        gather()
