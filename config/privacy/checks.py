"""A system check: every field of a model that holds a person stands in the register of personal data, and those of people who may ask
to be erased say what erasing does to them."""
from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldError

from config.contributions.personal import DELETE, EMPTY, FIELDS, KEEP, NEUTRAL

ANSWERS = (EMPTY, NEUTRAL, KEEP)
CUSTOMERS = "customer_data_retention_years"  # the class of those who may ask


@checks.register()
def personal_fields_are_registered(**_):
    """One error for each field that is neither registered with a purpose nor named impersonal, or that has no answer to erasing."""
    problems = []
    for member in FIELDS.all():
        model = apps.get_model(member.key)
        names = {field.name for field in model._meta.get_fields() if field.concrete}
        known = set(member.fields) | set(member.impersonal)
        problems += [checks.Error(f"{member.key}.{name} is not in the register of personal data.", id="privacy.E001") for name in sorted(names - known)]
        problems += [checks.Error(f"{member.key}.{name} is registered but is no field.", id="privacy.E002") for name in sorted(known - names)]
        problems += answers_of(member, names)
        problems += ways_of(member, model)
    return problems


def answers_of(member, names):
    """What erasing does to each personal field of people who may ask."""
    if member.erasing == DELETE or not (member.is_about_people_who_ask or member.retention == CUSTOMERS):
        return []
    answered = {name for name, effect in member.erasing.items() if effect in ANSWERS or callable(effect)}
    return [checks.Error(f"{member.key}.{name} does not say what erasing does to it.", id="privacy.E003") for name in sorted(set(member.fields) - answered)] + [
        checks.Error(f"{member.key}.{name} is erased but is no field.", id="privacy.E004") for name in sorted(set(member.erasing) - names)]


def ways_of(member, model):
    """How rows of customers' data belong to somebody."""
    problems = []
    touches = member.erasing == DELETE or any(effect != KEEP for effect in member.erasing.values())
    if touches and not member.is_about_people_who_ask:
        problems.append(checks.Error(f"{member.key} does not say how its rows belong to a person.", id="privacy.E005"))
    for path in member.subject:
        try:
            model._base_manager.filter(**{f"{path}__in": []})
        except FieldError:
            problems.append(checks.Error(f"{member.key} has no way {path}.", id="privacy.E006"))
    return problems
