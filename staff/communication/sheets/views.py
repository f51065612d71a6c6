"""Pages of duty sheets: who has read theirs, one sheet on screen and on paper, and HR's hand on the lines (STF-03)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.forms import HallkeeperForm, VersionedForm
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.communication.permissions import Sheet
from staff.communication.sheets import cells, forms, queries, services
from staff.communication.sheets.models import DutyLine, DutySheet, SheetReading
from staff.organisation.queries import employee_of, posting_of
from staff.regulation import values


class SheetList(ListPage):
    """The sheet of each person in reach with the date of the confirmation."""

    capability, export_capability, kind, title = Sheet.READ, Sheet.READ, services.KIND, gettext_lazy("Duty sheets")
    filters, default_sort = forms.SheetFilters, "employee__sort_key"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Not confirmed"), "reading=unread"), (gettext_lazy("Overdue"), "reading=overdue"))
    empty = gettext_lazy("Nobody was asked to read a duty sheet yet. The clock asks whoever holds a position with one.")
    columns = (
        Column("person", gettext_lazy("Person"), lambda r: r.employee.name, sort="employee__sort_key", draw=cells.person),
        Column("position", gettext_lazy("Position"), lambda r: str(r.sheet.position)),
        Column("edition", gettext_lazy("Edition"), lambda r: r.edition, css="num r"),
        Column("reading", gettext_lazy("Reading"), lambda r: r.confirmed_at, draw=cells.reading, css="bare"),
        Column("due", gettext_lazy("To be read by"), lambda r: r.due_at, sort="due_at", draw=cells.due, css="num"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)


def reading_of(user, pk):
    """The sheet of a person in reach."""
    return get_object_or_404(SheetReading.objects.visible_to(user).select_related("sheet__position", "employee"), pk=pk)


class SheetPage(Page):
    """The sheet of one person: numbered duties and rights, each with its clause and the page that carries it out, and the confirmation."""

    capability = Sheet.READ

    def get(self, request, pk):
        """The page."""
        row = reading_of(request.user, pk)
        tone, word = cells.tone(row)
        mine = row.employee.user_id == request.user.pk
        return self.show("staff/communication/sheets/sheet.html", {
            "row": row, "lines": queries.lines_of(row.sheet, request.user), "tone": tone, "word": word, "posting": posting_of(row.employee),
            "replaced": row.edition != row.sheet.edition, "may_confirm": mine and not row.confirmed_at and row.edition == row.sheet.edition})


class SheetPaper(Page):
    """The same on A4 with a line for the signature."""

    capability, record_kind = Sheet.READ, services.KIND

    def get(self, request, pk):
        """The paper."""
        row, now = reading_of(request.user, pk), timezone.now()
        posting = posting_of(row.employee)
        return self.show("staff/communication/sheets/paper.html", {
            "company": values.value("organization_name", timezone.localtime(now).date()), "printed_at": now,
            "hall_name": str(posting.hall or posting.department) if posting else "", "number": row.employee.number,
            "author": str(employee_of(request.user) or request.user), "back_url": reverse("duty_sheet", args=[pk]), "row": row,
            "lines": queries.lines_of(row.sheet, request.user)})


class Confirm(Page):
    """The person has read their sheet."""

    capability = Sheet.READ
    http_method_names = ["post"]

    def post(self, request, pk):
        """Note it, or say why not."""
        row = reading_of(request.user, pk)
        try:
            services.confirm(self.actor, row, now=timezone.now())
            messages.success(request, _("Noted that you have read it."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("duty_sheet", args=[pk]))


class PositionSheet(Page):
    """The sheet of a position; HR changes its lines here and issues it anew."""

    capability = Sheet.TEXT

    def get(self, request, pk):
        """The page."""
        sheet = get_object_or_404(DutySheet.objects.select_related("position"), pk=pk)
        edits = may(request.user, Sheet.EDIT)
        return self.show("staff/communication/sheets/position.html", {
            "sheet": sheet, "lines": queries.lines_of(sheet, request.user), "may_edit": edits, "history": in_words(sheet, limit=20) if edits else ()})


class SheetForm(FormPage, abstract=True):
    """What the pages that change a sheet share."""

    capability, heading, submit, danger = Sheet.EDIT, "", gettext_lazy("Save"), False

    def sheet(self, target):
        """The sheet that the form is about."""
        return target if isinstance(target, DutySheet) else target.sheet

    def next_address(self, target, result):
        """The sheet of the position."""
        return reverse("position_sheet", args=[self.sheet(target).pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": str(self.sheet(target).position), "submit_label": self.submit, "danger": self.danger,
                "sub_text": str(target.text) if isinstance(target, DutyLine) and self.danger else "", "cancel_url": self.next_address(target, None)}


class NewLine(SheetForm):
    """A further duty or right."""

    form, once, done, heading = forms.LineForm, True, gettext_lazy("The line is saved. Issue the sheet when it is right."), gettext_lazy("New line")

    def target(self, pk):
        """The sheet."""
        return get_object_or_404(DutySheet.objects.select_related("position"), pk=pk)

    def act(self, target, answers):
        """Add it."""
        answers.pop("version")
        return services.save_line(self.actor, target, now=timezone.now(), **answers)


class LineForm(SheetForm, VerbPage, abstract=True):
    """A verb on one line."""

    def target(self, pk):
        """The line."""
        return get_object_or_404(DutyLine.objects.select_related("sheet__position"), pk=pk)


class ChangeLine(LineForm):
    """Other words for a line."""

    form, done, heading = forms.LineForm, gettext_lazy("The line is saved. Issue the sheet when it is right."), gettext_lazy("Change the line")
    template = "staff/communication/sheets/line.html"

    def initial(self, target):
        """As it is."""
        return {"kind": target.kind, "text": target.text, "clause": target.clause, "page": target.page, "version": target.version}

    def act(self, target, answers):
        """Change it."""
        return services.save_line(self.actor, target.sheet, target, now=timezone.now(), **answers)


class RemoveLine(LineForm):
    """A line goes."""

    form, done, heading, submit, danger = HallkeeperForm, gettext_lazy("The line is gone."), gettext_lazy("Remove the line"), gettext_lazy("Remove"), True

    def act(self, target, answers):
        """Remove it."""
        services.remove_line(self.actor, target, now=timezone.now())


class IssueSheet(SheetForm, VerbPage):
    """A new edition that everybody reads again."""

    form, done = VersionedForm, gettext_lazy("The new edition is issued. Everybody who holds the position is asked to read it.")
    heading, submit = gettext_lazy("Issue a new edition"), gettext_lazy("Issue it")

    def target(self, pk):
        """The sheet."""
        return get_object_or_404(DutySheet.objects.select_related("position"), pk=pk)

    def initial(self, target):
        """The version that was looked at."""
        return {"version": target.version}

    def act(self, target, answers):
        """Issue it."""
        return services.issue(self.actor, target, now=timezone.now(), **answers)
