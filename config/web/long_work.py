"""Long work as pages: the list of one's jobs, progress while one runs, stopping it, fetching its files (UX 32)."""
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.accounts.access import SIGNED_IN, reach
from config.jobs import services
from config.jobs.models import Job, JobFile
from config.jobs.works import WORKS
from config.privacy import log
from config.web.lists import Column, ListPage
from config.web.pages import Page
from config.web.templatetags.hk import seconds


def visible_jobs(user):
    """The person's own jobs; all of them for who keeps accounts and jobs of the whole company."""
    return Job.objects.all() if reach(user, "accounts.edit").everything else Job.objects.filter(user=user)


def remaining(job, now):
    """How long the rest will take at the pace so far, in words; '' while nobody can tell."""
    if not job.is_open or not job.done or job.done >= job.total:
        return ""
    seconds = (now - job.created_at).total_seconds() / job.done * (job.total - job.done)
    if seconds < 60:
        return _("less than a minute left")
    return ngettext("about %(count)d minute left", "about %(count)d minutes left", round(seconds / 60)) % {"count": round(seconds / 60)}


def took(job):
    """How long a finished job worked, in words; '' while it runs."""
    return seconds((job.finished_at - job.created_at).total_seconds()) if job.finished_at else ""


def problem_of(job):
    """Why a failed job stopped, in a sentence."""
    if job.problem == "internal":
        return _("The work stopped because of a fault in the software. The administrator finds it in the log; start the work again later.")
    return job.problem


class JobList(ListPage):
    """The long work of this person."""

    capability = SIGNED_IN
    title = gettext_lazy("Long work")
    default_sort = "-created_at"
    kind = "job"
    empty = gettext_lazy("No long work yet. Imports and large exports appear here.")
    columns = (
        Column("title", gettext_lazy("Work"), lambda job: job.shown_title, cell="house/_job_title.html"),
        Column("state", gettext_lazy("State"), lambda job: job.get_state_display(), cell="house/_job_state.html"),
        Column("done", gettext_lazy("Done"), lambda job: f"{job.done} / {job.total}" if job.total else "", css="num"),
        Column("user", gettext_lazy("Started by"), lambda job: str(job.user or ""), css="name"),
        Column("created_at", gettext_lazy("Started"), lambda job: job.created_at, sort="created_at", cell="house/_created.html"),
        Column("took", gettext_lazy("Took"), took, css="num"),
    )

    def rows(self):
        """Newest first."""
        return visible_jobs(self.request.user).select_related("user")


class JobDetail(Page):
    """One job: how far it is, what it left. The part that moves refreshes by itself and survives leaving the page."""

    capability = SIGNED_IN

    def get(self, request, pk):
        """The page, or the moving part alone for a script."""
        job = get_object_or_404(visible_jobs(request.user), pk=pk)
        context = {"job": self.facts(job), "record": job, "took": took(job), "live_url": request.path if job.is_open else "",
                   "files": job.files.exclude(role="input").defer("content").order_by("pk") if job.user_id == request.user.pk else []}
        partial = "HX-Request" in request.headers
        return self.show("house/_job.html" if partial else "house/job.html", context)

    def facts(self, job):
        """What the part about a job shows."""
        own = job.user_id == self.request.user.pk
        return {"title": job.shown_title, "heading": _("Progress"), "done": job.done, "total": job.total,
                "state": job.state, "state_label": job.get_state_display(),
                "remaining": remaining(job, timezone.now()), "sentence": problem_of(job),
                "cancel_url": reverse("cancel_job", args=[job.pk]) if own and job.is_open and not job.cancel_asked else "",
                "result_url": self.result_url(job) if own else ""}

    @staticmethod
    def result_url(job):
        """Where the finished work led: the page its kind names, of the record it is about."""
        work = WORKS.get(job.work)
        if job.state != Job.State.DONE or work is None or not work.page:
            return ""
        return reverse(work.page, args=[job.record_id] if job.record_id else [])


class CancelJob(Page):
    """Ask one's own job to stop; it does before its next step."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Ask, and go back to the job."""
        job = get_object_or_404(Job, pk=pk, user=request.user)
        services.ask_to_cancel(self.actor, job)
        return HttpResponseRedirect(reverse("job", args=[job.pk]))


class JobDownload(Page):
    """A file of a job, for its owner only; anybody else's is a 404."""

    capability = SIGNED_IN

    def get(self, request, pk, file):
        """The bytes, always as a download."""
        found = JobFile.objects.filter(Q(job_id=pk, pk=file) & Q(job__user=request.user)).first()
        if found is None:
            raise Http404
        log.note(request, "download", kind="job", record_id=pk, fields=[found.role])
        response = HttpResponse(bytes(found.content), content_type=found.content_type)
        response.headers["Content-Disposition"] = content_disposition_header(True, found.name)
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
