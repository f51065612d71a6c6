"""The models that tests of the whole house walk."""
from django.apps import apps
from django.conf import settings


def our_models():
    """Every model of the product, without the tables that simple-history keeps."""
    return [model for model in apps.get_models()
            if model._meta.app_label in ("config", *settings.CHAPTERS) and not hasattr(model, "instance_type")]
