"""Pages of bringing a register in: the list, upload, matching the columns, the trial, progress and result, refused rows, undo."""
import io

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.errors import Refused
from config.privacy import log
from config.web.context import current_hall
from config.web.lists import Column, ListPage
from config.web.long_work import problem_of, remaining
from config.web.pages import FormPage, Page, VerbPage
from reception.visits import import_files, import_told, importing
from reception.visits.import_columns import look_at
from reception.visits.import_forms import ColumnsForm, UndoForm, UploadForm
from reception.visits.models import RegisterImport
from reception.visits.permissions import Can
from reception.visits.register.columns import Mapping
from reception.visits.register.problems import RegisterRefused

State = RegisterImport.State


def registers_of(user):
    """The registers in reach."""
    return RegisterImport.objects.visible_to(user).select_related("hall", "job", "created_by")


def visits_of(register):
    """How many visits the register brought, or would bring by its trial; nothing once it is undone."""
    return "" if register.state == State.UNDONE else register.summary.get("imported", register.summary).get("visits", "")


class Registers(ListPage):
    """Every register that was brought to the halls in reach."""

    capability, kind, title, default_sort = Can.EDIT, "register", _("Registers"), "-created_at"
    empty = _("No register was brought in yet. Upload the Excel or CSV file that the hall keeps.")
    columns = (
        Column("file", pgettext_lazy("paper", "Register"), lambda r: r.file_name, cell="reception/visits/cells/register.html"),
        Column("hall", _("Hall"), lambda r: str(r.hall), several_halls=True),
        Column("state", _("State"), lambda r: r.get_state_display(), sort="state", cell="reception/visits/cells/register_state.html"),
        Column("visits", _("Visits"), visits_of, css="r num"),
        Column("refused", _("Refused"), lambda r: r.summary.get("refused", ""), css="r num"),
        Column("by", _("Brought by"), lambda r: str(r.created_by), css="name"),
        Column("created_at", _("Uploaded"), lambda r: r.created_at, sort="created_at", cell="house/_created.html"),
    )

    def rows(self):
        """Newest first."""
        return registers_of(self.request.user)

    def context(self):
        """The way to bring one in, for who may."""
        may_bring = importing.halls_for(self.request.user).exists()
        if not may_bring:
            return {"empty": gettext("The reception and the managers of a hall bring registers in. None of your halls has one.")}
        return {"add_url": reverse("register_upload"), "add_label": gettext("Bring a register in")}


class RegisterUpload(FormPage):
    """Step 1: the hall and the file."""

    capability, form, once = Can.EDIT, UploadForm, True
    template = "reception/visits/import_upload.html"

    def form_kwargs(self, target):
        """The halls into which this person brings registers."""
        return {"halls": importing.halls_for(self.request.user)}

    def initial(self, target):
        """The hall chosen in the switcher."""
        chosen = current_hall(self.request)
        return {"hall": chosen["id"]} if chosen else {}

    def act(self, target, answers):
        """Keep the file."""
        return importing.upload(self.actor, hall=answers["hall"], file=answers["file"], name=answers["file"].name, now=timezone.now())

    def next_address(self, target, result):
        """A layout known from last time is tried at once; else its columns are matched first."""
        return reverse("register_check" if result.job_id else "register_columns", args=[result.pk])

    def context(self, target, form):
        """Whether there is a hall at all."""
        return {"steps": import_told.steps("upload"), "nowhere": not form.fields["hall"].queryset.exists()}


class RegisterColumns(FormPage):
    """Step 2: which column is what. `?headings=3` looks for the headings in row 3."""

    capability, form = Can.EDIT, ColumnsForm
    template = "reception/visits/import_columns.html"

    def target(self, pk):
        """A register in reach, with its file."""
        return get_object_or_404(RegisterImport.objects.visible_to(self.request.user).select_related("hall", "job"), pk=pk)

    def heading_row(self):
        """The row of the headings that the address names, or 0."""
        text = self.request.GET.get("headings", "")
        return int(text) if text.isdecimal() and len(text) < 6 else 0

    def form_kwargs(self, target):
        """The columns of the file with the matching that is proposed, remembered, or was chosen before."""
        encoding = target.mapping.get("encoding", "")
        self.look = look_at(io.BytesIO(bytes(target.content)), filename=target.file_name, encoding=encoding, heading_row=self.heading_row())
        chosen = Mapping.from_json(target.mapping) if target.mapping else importing.remembered_mapping(target.hall, self.look.layout)
        return {"look": self.look, "chosen": chosen or Mapping(), "is_workbook": bytes(target.content[:2]) == b"PK"}

    def dispatch(self, request, *args, **kwargs):
        """A file that cannot be read with the characters chosen is told where it was chosen."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except RegisterRefused as refusal:
            messages.error(request, refusal.said(gettext))
            return HttpResponseRedirect(reverse("registers"))

    def act(self, target, answers):
        """Start the dry run."""
        return importing.choose_columns(self.actor, target, answers["mapping"], now=timezone.now())

    def perform(self, target, form):
        """The form's answers as one matching."""
        form.cleaned_data["mapping"] = form.mapping
        return super().perform(target, form)

    def next_address(self, target, result):
        """On to the trial."""
        return reverse("register_check", args=[target.pk])

    def context(self, target, form):
        """The steps, and the row that was taken for the headings."""
        return {"register": target, "steps": import_told.steps("columns", target), "heading_row": self.look.heading_row,
                "rows_to_choose": range(1, 11)}


class RegisterPage(Page, abstract=True):
    """What the trial and the result share: the register, its job, and the part that refreshes by itself while a job runs."""

    capability = Can.EDIT
    step = ""

    def get(self, request, pk):
        """The page; while a job runs, a script asks for it again and swaps its moving part."""
        return self.tell(get_object_or_404(registers_of(request.user), pk=pk))

    def tell(self, register, refusal="", status=200):
        """What there is to say of the register now."""
        job = register.job
        running = bool(job and job.is_open)
        context = {"register": register, "told": import_told.told(register), "steps": import_told.steps(self.step, register), "refusal": refusal,
                   "job": self.facts(job) if running else None, "watch_url": self.request.path if running else "", "state": register.state,
                   "history": import_told.acts(register) if not running else []}
        return self.show(self.template, context, status=status)

    def facts(self, job):
        """What the part about a running job shows."""
        own = job.user_id == self.request.user.pk and not job.cancel_asked
        return {"title": job.shown_title, "done": job.done, "total": job.total, "state": job.state, "state_label": job.get_state_display(),
                "remaining": remaining(job, timezone.now()), "sentence": problem_of(job),
                "cancel_url": reverse("cancel_job", args=[job.pk]) if own else ""}


class RegisterCheck(RegisterPage):
    """Step 3: the trial. GET shows what would go in and what is wrong; POST brings in what is good."""

    template, step = "reception/visits/import_check.html", "check"

    def post(self, request, pk):
        """Bring in what is good, as a job."""
        register = get_object_or_404(registers_of(request.user), pk=pk)
        try:
            importing.bring_in(self.actor, register, now=timezone.now())
        except Refused as refusal:
            return self.tell(registers_of(request.user).get(pk=pk), refusal=str(refusal), status=422)
        return HttpResponseRedirect(reverse("register", args=[pk]))


class RegisterDetail(RegisterPage):
    """Step 4: progress, then the result with the refused rows and the way back."""

    template, step = "reception/visits/import_result.html", "result"


class UndoRegister(VerbPage):
    """Take an import back."""

    capability, form, template = Can.EDIT, UndoForm, "reception/visits/import_undo.html"
    done = _("The register is being taken back.")

    def target(self, pk):
        """A register in reach."""
        return get_object_or_404(registers_of(self.request.user), pk=pk)

    def act(self, target, answers):
        """Leave the job."""
        return importing.undo(self.actor, target, now=timezone.now())

    def next_address(self, target, result):
        """To its progress."""
        return reverse("register", args=[target.pk])

    def context(self, target, form):
        """What there is to take back."""
        return {"register": target, "told": import_told.told(target)}


class RefusedRows(Page):
    """The file of refused rows: Excel with every problem, or CSV with `?format=csv`. Written to the access log."""

    capability = Can.EDIT

    def get(self, request, pk):
        """The file, as a download."""
        register = get_object_or_404(registers_of(request.user), pk=pk)
        as_csv = request.GET.get("format") == "csv"
        content, content_type, ending = (import_files.as_csv if as_csv else import_files.as_workbook)(register)
        log.note(request, "export", kind="register", record_id=register.pk, hall_id=register.hall_id, fields=["refused_rows"])
        response = HttpResponse(content, content_type=content_type)
        stem = register.file_name.rsplit(".", 1)[0]
        response.headers["Content-Disposition"] = content_disposition_header(True, gettext("%(file)s, refused rows") % {"file": stem} + ending)
        return response
