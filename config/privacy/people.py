"""All that is stored of some people, found through the register of personal data: this module knows no chapter."""
from functools import cached_property

from django.apps import apps
from django.db.models import Q

from config.contributions.personal import FIELDS, SUBJECTS
from config.contributions.records import KINDS


def members():
    """The models of the register whose rows belong to people who may ask, in the order of registration."""
    return [member for member in FIELDS.all() if member.is_about_people_who_ask]


def model_of(member):
    """The Django model of a member."""
    return apps.get_model(member.key)


class People:
    """One person or many, by the ids of their main records; what is stored of them is looked up once."""

    def __init__(self, kind, ids):
        self.subject = SUBJECTS.get(kind)
        self.ids = sorted(self.subject.family(ids))
        self._found = {}

    @cached_property
    def known(self):
        """By what they are known."""
        return self.subject.known_by(self.ids)

    @cached_property
    def records(self):
        """{kind of record: ids} of the records that belong to them and that others may point at."""
        by_model = {member.key: member for member in members() if member.subject}
        return {kind.key: ids for kind in KINDS.all() if kind.model in by_model and (ids := self.ids_of(by_model[kind.model]))}

    def once(self, name, make):
        """What `make()` gives, worked out once for these people."""
        if name not in self._found:
            self._found[name] = make()
        return self._found[name]

    def ids_of(self, member):
        """The ids of the rows of one model that belong to them."""
        rows = model_of(member)._base_manager
        return self.once(member.key, lambda: list(dict.fromkeys(rows.filter(self._condition(member)).order_by("pk").values_list("pk", flat=True))))

    def _condition(self, member):
        wanted = Q(pk__in=[])
        for path in member.subject:
            wanted |= Q(**{f"{path}__in": self.ids})
        if member.record is not None:
            for kind, ids in self.records.items():
                wanted |= Q(**{f"{member.record}kind": kind, f"{member.record}record_id__in": ids})
        return wanted | member.found(self) if member.found else wanted

    def rows(self, member):
        """The rows of one model that belong to them."""
        return model_of(member)._base_manager.filter(pk__in=self.ids_of(member))

    def history(self, member):
        """The rows of that model's history: of what belongs to them now, and of what did once; None where no history is kept."""
        model = model_of(member)
        if not hasattr(model, "history"):
            return None
        wanted = Q(**{f"{model._meta.pk.attname}__in": self.ids_of(member)})
        for path in member.subject:
            first, _rest, further = path.partition("__")
            if first != "pk":
                field = model._meta.get_field(first)
                above = self.ids_of(FIELDS.get(field.related_model._meta.label)) if further else self.ids
                wanted |= Q(**{f"{field.attname}__in": above})
        return model.history.model._base_manager.filter(wanted)
