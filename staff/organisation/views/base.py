"""What the pages of this room share: how one record is found, and where a saved form leads."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from config.web.pages import FormPage, VerbPage
from staff.organisation import queries
from staff.organisation.permissions import Can


class PersonVerb(VerbPage, abstract=True):
    """A verb on one person, found among those whom `capability` reaches; it leads back to the person's page."""

    capability = Can.EDIT
    heading = ""
    submit = ""
    hint = ""
    danger = False
    template = "staff/organisation/verb.html"

    def target(self, pk):
        """The person, or a 404."""
        return get_object_or_404(self.people().select_related("user"), pk=pk)

    def people(self):
        """Whom this person may do it to."""
        return queries.people_within(self.request.user, self.capability)

    def next_address(self, target, result):
        """The person's page."""
        return reverse("person", args=[target.pk])

    def context(self, target, form):
        """Heading, button and the way back."""
        return {"heading": self.heading % {"name": target.name}, "submit_label": self.submit, "danger": self.danger, "sub_text": self.hint,
                "cancel_url": reverse("person", args=[target.pk]), "person": target}


class RecordPage(FormPage, abstract=True):
    """Makes or changes one record of the frame (department, team, position …) through one `save` service."""

    capability = Can.EDIT
    model = None
    fields = ()
    back = ""
    back_name = ""
    creating = ""
    changing = ""
    template = "staff/organisation/record.html"

    def target(self, pk=None):
        """The record, or None where one is made."""
        return None if pk is None else get_object_or_404(self.model, pk=pk)

    def initial(self, target):
        """What the record holds."""
        return {} if target is None else {"version": target.version} | {name: getattr(target, name) for name in self.fields}

    def save(self, actor, record, **answers):
        """The service."""
        raise NotImplementedError

    def act(self, target, answers):
        """Save it."""
        return self.save(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list the record stands in."""
        return reverse(self.back)

    def context(self, target, form):
        """Heading, way back, and the history of a known record."""
        return {"heading": self.changing % {"name": target} if target else self.creating, "cancel_url": reverse(self.back), "above": self.back_name,
                "record": target}

    @property
    def once(self):
        """Making a record twice is prevented by a one-off key; changing one by its version."""
        return "pk" not in self.kwargs
