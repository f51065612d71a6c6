"""Pages of complete files: the list of incomplete ones, the templates, marking a field and confirming it (REC-22)."""
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.templatetags import hk
from config.web.texts import listed
from reception.customers import cells, completeness, completeness_forms
from reception.customers.completeness_models import Confirmation, FileTemplate
from reception.customers.permissions import Can
from reception.customers.queries import completeness as queries
from reception.customers.queries import hall_words, reaches
from reception.customers.services import completeness as services
from reception.customers.views.found import CustomerFormPage, found_customer
from staff.organisation.queries import employee_of


def lacks(row):
    """What the file lacks, in words."""
    return listed(completeness.words_of(row.check_of.missing))


def marked(row):
    """What is to be confirmed, in words."""
    return listed(completeness.words_of(row.marked))


class IncompleteFiles(ListPage):
    """The files in reach that lack a field, the emptiest first."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, "customer", gettext_lazy("Incomplete files")
    filters, default_sort, template = completeness_forms.IncompleteFilters, "check_of__percent", "reception/customers/incomplete.html"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Mine"), "mine=on"), (gettext_lazy("Without telephone"), "missing=phone"),
                   (gettext_lazy("To confirm"), "marked=on"))
    empty = gettext_lazy("Every file has what its template asks for.")
    columns = (
        Column("name", gettext_lazy("Name"), str, draw=cells.name),
        Column("percent", gettext_lazy("Complete"), lambda row: f"{row.check_of.percent} %", sort="check_of__percent", css="num r"),
        Column("missing", gettext_lazy("Missing"), lacks),
        Column("marked", gettext_lazy("To confirm"), marked),
        Column("owner", gettext_lazy("Owner"), lambda row: str(row.owner or ""), css="name"),
        Column("halls", gettext_lazy("Halls"), hall_words, several_halls=True),
        Column("last_seen", gettext_lazy("Last seen"), lambda row: row.last_seen_at, draw=cells.last_seen),
    )

    def rows(self):
        """In reach."""
        return queries.incomplete(self.request.user)

    @staticmethod
    def joined(rows):
        """With what the columns show."""
        return queries.with_lacks(rows)


class FileTemplates(Page):
    """Which fields the files of each kind must have."""

    capability = Can.RULES

    def get(self, request):
        """The two templates in words, and how far the judging of the files by them is."""
        rows, judging = [(row, completeness.words_of(row.required)) for row in FileTemplate.objects.all()], services.judging.last()
        return self.show("reception/customers/file_templates.html", {
            "rows": rows, "may_edit": may(request.user, Can.TEMPLATES), "may_list": may(request.user, Can.READ), "job": judging,
            "own": bool(judging and judging.user_id == request.user.pk), "live_url": request.path if judging and judging.is_open else "",
            "stopped": bool(judging and judging.state in (judging.State.FAILED, judging.State.CANCELLED))})


class EditTemplate(VerbPage):
    """Change which fields must be filled."""

    capability, form, done = Can.TEMPLATES, completeness_forms.TemplateForm, gettext_lazy("Saved. Every file is being judged by it.")

    def target(self, kind):
        """The template."""
        return get_object_or_404(FileTemplate, kind=kind)

    def initial(self, target):
        """As it stands."""
        return {"required": target.required, "version": target.version}

    def act(self, target, answers):
        """Save it."""
        return services.set_template(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Both templates."""
        return reverse("file_templates")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": str(target), "back_label": _("What a file must have"), "submit_label": _("Save"), "cancel_url": reverse("file_templates")}


class Completeness(Page):
    """How complete a file is, as a part for its page: what is missing, what looks wrong, what is to be confirmed."""

    capability = Can.READ

    def get(self, request, pk):
        """The part; only for who may open the file."""
        customer = found_customer(request.user, pk)
        check = queries.check_of(customer)
        return self.show("reception/customers/_completeness.html", {
            "customer": customer, "check": check, "missing": listed(completeness.words_of(check.missing)) if check else "",
            "doubts": completeness.doubts(customer.contacts.all()), "marks": queries.marks_of(customer),
            "edits": reaches(request.user, customer, Can.EDIT)})


class MarkField(CustomerFormPage):
    """Mark a field as to be confirmed with the customer."""

    form, once, done = completeness_forms.MarkForm, True, gettext_lazy("Marked. It stands on My day of who asks.")
    heading, submit_label = gettext_lazy("To confirm with the customer"), gettext_lazy("Mark")

    def form_kwargs(self, target):
        """Who may ask."""
        return {"askers": queries.askers(target, timezone.localdate(), self.request.user)}

    def initial(self, target):
        """What looks wrong first; the owner asks, else oneself."""
        doubts = completeness.doubts(target.contacts.all())
        return {"field": doubts[0][0] if doubts else "phone", "note": doubts[0][1][:200] if doubts else "",
                "owner": target.owner or employee_of(self.request.user)}

    def act(self, target, answers):
        """Mark it."""
        return services.mark(self.actor, target, now=timezone.now(), **answers)


class ConfirmField(VerbPage):
    """The customer was asked."""

    capability, form, done = Can.EDIT, completeness_forms.ConfirmForm, gettext_lazy("Confirmed with the customer.")

    def get(self, request, pk):
        """The form; one that is asked already leads to the file."""
        mark = self.target(pk)
        return HttpResponseRedirect(reverse("customer", args=[mark.customer_id])) if mark.asked_at else super().get(request, pk=pk)

    def target(self, pk):
        """A mark of a file in reach."""
        rows = Confirmation.objects.visible_to(self.request.user, self.capability)
        return get_object_or_404(rows.select_related("customer", "owner", "marked_by"), pk=pk)

    def act(self, target, answers):
        """Clear it."""
        return services.confirm(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The file."""
        return reverse("customer", args=[target.customer_id])

    def context(self, target, form):
        """What stands, masked where it is a number, and who marked it why."""
        said = f"{target.get_field_display()}: {standing(target.customer, target.field)}"
        told = _("marked by %(who)s %(when)s") % {"who": target.marked_by, "when": hk.moment(target.marked_at)}
        return {"heading": _("Confirm with the customer"), "back_label": str(target.customer), "submit_label": _("Confirmed"),
                "sub_text": " · ".join(str(part) for part in (said, told, target.note) if part), "cancel_url": self.next_address(target, None)}


def standing(customer, field):
    """What stands in a field of a file, a number or address masked."""
    if field in ("name", "company"):
        return getattr(customer, field) or "—"
    contact = services.contact_of(customer, field)
    return contact.masked if contact else "—"
