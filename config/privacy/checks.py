"""A system check: every field of a model that holds a person stands in the register of personal data."""
from django.apps import apps
from django.core import checks

from config.contributions.personal import FIELDS


@checks.register()
def personal_fields_are_registered(**_):
    """One error for each field that is neither registered with a purpose nor named impersonal."""
    problems = []
    for member in FIELDS.all():
        model = apps.get_model(member.key)
        names = {field.name for field in model._meta.get_fields() if field.concrete}
        known = set(member.fields) | set(member.impersonal)
        problems += [checks.Error(f"{member.key}.{name} is not in the register of personal data.", id="privacy.E001") for name in sorted(names - known)]
        problems += [checks.Error(f"{member.key}.{name} is registered but is no field.", id="privacy.E002") for name in sorted(known - names)]
    return problems
