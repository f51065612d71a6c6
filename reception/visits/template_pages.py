"""How halls receive: reception templates in their versions, the halls that use them, purposes and sources (REC-02 to REC-04)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.web.pages import FormPage, Page, VerbPage
from reception.visits import receiving, story
from reception.visits.models import HallReception, Purpose, ReceptionTemplate, Source
from reception.visits.permissions import Can
from reception.visits.template_forms import HallsForm, PurposeForm, SourceForm, TemplateVersionForm, lines_of


class Templates(Page):
    """All templates."""

    capability = Can.TEMPLATES

    def get(self, request):
        """Each with its halls and the version in force."""
        halls = {}
        for row in HallReception.objects.select_related("hall").order_by("hall"):
            halls.setdefault(row.template_id, []).append(str(row.hall))
        templates = list(ReceptionTemplate.objects.prefetch_related("versions").order_by("code"))
        for template in templates:
            template.hall_names = halls.get(template.pk, [])
            template.now = in_force(template, timezone.localdate())
        return self.show("reception/visits/templates.html", {"templates": templates})


def in_force(template, day):
    """The version of a template in force on `day`, or None."""
    running = [version for version in template.versions.all() if version.valid_from <= day]
    return max(running, key=lambda version: (version.valid_from, version.number), default=None)


class TemplateDetail(Page):
    """One template in all its versions, newest first."""

    capability = Can.TEMPLATES

    def get(self, request, pk):
        """What each version asks and ticks."""
        template = get_object_or_404(ReceptionTemplate.objects.prefetch_related("versions__created_by"), pk=pk)
        now = in_force(template, timezone.localdate())
        versions = sorted(template.versions.all(), key=lambda version: -version.number)
        for version in versions:
            version.is_now = version == now
            version.step_names = [story.text_of(step["label"]) for step in version.steps]
            version.field_names = [{"label": story.text_of(field["label"]), "unit": story.text_of(field.get("unit") or ""),
                                    "choices": [story.text_of(choice["label"]) for choice in field.get("choices", [])]} for field in version.fields]
        return self.show("reception/visits/template.html", {
            "template": template, "versions": versions, "halls": [row.hall for row in template.halls.select_related("hall").order_by("hall")],
            "may_edit": may(request.user, Can.TEMPLATES_EDIT)})


SAMPLES = (
    (_("A step"), "greeted | Greeted / 已问候 / 已問候"),
    (_("A field to be written in"), "brand | Brand / 品牌 / 品牌 | text"),
    (_("A figure with its unit"), "budget | Budget / 预算 / 預算 | number | CNY / 元 / 元"),
    (_("A choice"), "style | Style / 风格 / 風格 | choice | modern = Modern / 现代 / 現代; nordic = Nordic / 北欧 / 北歐"),
)


class NewVersion(VerbPage):
    """Write the next version, starting from the newest one."""

    capability, form, done = Can.TEMPLATES_EDIT, TemplateVersionForm, _("Version saved. Halls receive by it from its day on.")
    template = "reception/visits/template_version.html"

    def target(self, pk):
        """The template."""
        return get_object_or_404(ReceptionTemplate, pk=pk)

    def newest(self, template):
        """The version the form starts from."""
        return template.versions.order_by("-number").first()

    def initial(self, template):
        """The newest version's lines."""
        newest = self.newest(template)
        return {"steps": lines_of(newest.steps), "fields_text": lines_of(newest.fields), "opened_on": newest.number} if newest else {"opened_on": 0}

    def act(self, template, answers):
        """Save it."""
        return receiving.add_version(self.actor, template, steps=answers["steps"], fields=answers["fields_text"], valid_from=answers["valid_from"],
                                     today=timezone.localdate(), reason=answers["reason"], opened_on=answers["opened_on"])

    def next_address(self, template, result):
        """The template."""
        return reverse("reception_template", args=[template.pk])

    def context(self, template, form):
        """The words around the form."""
        return {"heading": _("New version"), "samples": SAMPLES, "cancel_url": self.next_address(template, None), "back_label": str(template)}


class UseInHalls(VerbPage):
    """Choose the halls that receive by a template."""

    capability, form, done = Can.TEMPLATES_EDIT, HallsForm, _("Saved. New visits in these halls are received by it.")

    def target(self, pk):
        """The template."""
        return get_object_or_404(ReceptionTemplate, pk=pk)

    def initial(self, template):
        """The halls that use it."""
        return {"halls": list(template.halls.values_list("hall", flat=True))}

    def act(self, template, answers):
        """Save it."""
        receiving.use_in_halls(self.actor, template, list(answers["halls"]))

    def next_address(self, template, result):
        """The template."""
        return reverse("reception_template", args=[template.pk])

    def context(self, template, form):
        """The words around the form."""
        return {"heading": _("Halls that receive by it"), "cancel_url": self.next_address(template, None), "back_label": str(template)}


class Choices(Page):
    """Purposes and sources as the desk offers them."""

    capability = Can.TEMPLATES

    def get(self, request):
        """Both lists, in the order of the desk."""
        return self.show("reception/visits/choices.html", {
            "purposes": list(Purpose.objects.select_related("service")), "sources": list(Source.objects.all()),
            "may_edit": may(request.user, Can.TEMPLATES_EDIT)})


class ChoicePage(FormPage, abstract=True):
    """Add or change one of them; `model` says which."""

    capability, done, once = Can.TEMPLATES_EDIT, _("Saved."), True
    model = None

    def target(self, pk=None):
        """The row, or a new one."""
        return get_object_or_404(self.model, pk=pk) if pk else self.model()

    def initial(self, choice):
        """What stands."""
        names = ("name", "order", "is_active", "service")
        return {name: getattr(choice, f"{name}_id" if name == "service" else name) for name in names if hasattr(choice, name)} if choice.pk else {}

    def act(self, choice, answers):
        """Save it."""
        return receiving.write_choice(self.actor, choice, **answers)

    def next_address(self, choice, result):
        """Both lists."""
        return reverse("visit_choices")

    def context(self, choice, form):
        """The words around the form."""
        return {"heading": str(choice) if choice.pk else self.heading, "cancel_url": self.next_address(choice, None),
                "back_label": gettext("Purposes and sources")}


class PurposePage(ChoicePage):
    """A purpose."""

    model, form, heading = Purpose, PurposeForm, _("New purpose")


class SourcePage(ChoicePage):
    """A source."""

    model, form, heading = Source, SourceForm, _("New answer to how they heard of us")
