"""Lists whose rows are ticked and done together, and the page that tells what became of each (UX 17)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.accounts.access import SIGNED_IN, may
from config.contributions.records import KINDS
from config.errors import Refused
from config.jobs.models import Job
from config.privacy import classes
from config.web import bulk, oneoff
from config.web.lists import ListPage
from config.web.models import BulkRun
from config.web.pages import Page

EXPORT = "export"


class BulkListPage(ListPage, abstract=True):
    """A list with ticks. Subclasses give `bulk`, the acts, and `readable(user)`, the rows whose names this person may read; ticked rows are
    exported by who may export the list."""

    bulk = ()

    @staticmethod
    def readable(user):
        """The rows that this person may read."""
        raise NotImplementedError

    def views(self, rows=None):
        """What the bar under the ticked rows offers stands beside the views."""
        return super().views(rows) | self.bar()

    def bar(self):
        """The acts for this person; nothing for who may do none of them."""
        acts = bulk.offered(self, self.request.user)
        if self.export_capability and may(self.request.user, self.export_capability) and classes.exports(self.request.user, self.kind):
            acts.append({"label": _("Export"), "name": "bulk", "value": EXPORT, "icon": "download"})
        return {"bulk": acts, "bulk_key": oneoff.new_key() if acts else "", "bulk_address": self.here()}

    def here(self):
        """The address of the list as it is narrowed."""
        return f"{self.request.path}?{self.request.GET.urlencode()}"

    def chosen_rows(self):
        """The rows that are ticked, or all that the filters show."""
        rows = self.narrowed(self.rows(), self.request.GET.urlencode())
        if self.request.POST.get("all") == "on":
            return rows
        return self.rows().filter(pk__in=[int(text) for text in self.request.POST.getlist("pk") if text.isdecimal() and len(text) < 18])

    def post(self, request):
        """Ask what the act needs to know, then do it to every chosen row."""
        rows, key = self.chosen_rows(), request.POST.get("bulk", "")
        if key == EXPORT:
            return self.export(rows.order_by(*self.order(*self.chosen_sort())))
        act = next((act for act in self.bulk if act.key == key and may(request.user, act.capability)), None)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[: bulk.MOST + 1]) if act else []
        if act is None or not ids:
            messages.error(request, _("No row is ticked. Tick the rows, then choose what to do with them."))
            return HttpResponseRedirect(self.here())
        if act.form is None:
            return self.do(act, ids, {})
        sent = "confirmed" in request.POST
        form = act.form(request.POST if sent else None, viewer=request.user)
        if sent and form.is_valid():
            return self.do(act, ids, {name: request.POST.get(name, "") for name in form.fields})
        return self.ask(act, ids, form, 422 if sent else 200)

    def ask(self, act, ids, form, status):
        """The questions of the act, with the chosen rows."""
        asked = self.request.POST
        count = ngettext("%(count)s row", "%(count)s rows", len(ids)) % {"count": len(ids)}
        key = asked.get("one_off_key", "")
        return self.show("parts/bulk_form.html", {
            "form": form, "act": act, "ids": [] if asked.get("all") == "on" else ids, "whole": asked.get("all") == "on",
            "one_off_key": key if oneoff.readable(key) else oneoff.new_key(), "heading": str(act.label), "sub_text": f"{self.title} · {count}",
            "submit_label": str(act.label), "cancel_url": self.here(), "back_label": str(self.title)}, status=status)

    def do(self, act, ids, answers):
        """Start the run once, do what can be done now, and tell."""
        key = oneoff.readable(self.request.POST.get("one_off_key", ""))
        if key is None:
            messages.error(self.request, _("This form was opened in an unknown way. Open the page again and send it from there."))
            return HttpResponseRedirect(self.here())
        page = self.request.resolver_match.url_name

        def begin():
            run = bulk.start(self.actor, page=page, act=act.key, ids=ids, answers=answers, back=self.here(), title=str(act.label), now=timezone.now())
            return reverse("bulk_run", args=[run.pk])

        try:
            address, fresh = oneoff.once(key, self.request.user, begin)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.here())
        return told(self.request, address) if fresh else HttpResponseRedirect(address)


def told(request, address):
    """Work on a fresh run; once every row is done, back to the list with a message, else to the page of the run."""
    run = BulkRun.objects.get(pk=address.strip("/").split("/")[-1])
    bulk.work_on(run)
    run.refresh_from_db()
    if len(run.results) < len(run.ids) or any(why for _pk, _name, why in run.results):
        return HttpResponseRedirect(address)
    done = ngettext("Done to %(count)s row.", "Done to %(count)s rows.", len(run.results)) % {"count": len(run.results)}
    messages.success(request, done, extra_tags=f"undo:{reverse('undo_run', args=[run.pk])}" if bulk.undoable(run, now=timezone.now()) else "")
    return HttpResponseRedirect(run.back or address)


class BulkRunPage(Page):
    """What became of each row of one's own run; refreshes while a worker still does the rest."""

    capability = SIGNED_IN
    title = gettext_lazy("Many rows at once")

    def get(self, request, pk):
        """The page, or the part that refreshes."""
        run = get_object_or_404(BulkRun.objects.select_related("job"), pk=pk, user=request.user)
        act = None if run.act == bulk.TAKE_BACK else bulk.act_of(run)
        kind = KINDS.get(act.kind) if act else None
        rows = [{"name": name, "why": why, "url": reverse(kind.page, args=[row]) if kind and name else ""} for row, name, why in run.results]
        is_open = bool(run.job and run.job.is_open)
        return self.show("parts/_bulk_run.html" if request.GET.get("part") else "parts/bulk_run.html", {
            "run": run, "heading": str(act.label) if act else _("Undo"), "refused": [row for row in rows if row["why"]],
            "done": [row for row in rows if not row["why"]], "total": len(run.ids), "is_open": is_open,
            "stopped": bool(run.job and run.job.state in {Job.State.CANCELLED, Job.State.FAILED}),
            "live_url": f"{request.path}?part=1" if is_open else "",
            "may_undo": bool(act and not is_open and bulk.undoable(run, now=timezone.now()))})


class UndoRun(Page):
    """Take back what a run of one's own did, row by row."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Start the undoing, and tell what became of it."""
        run = get_object_or_404(BulkRun, pk=pk, user=request.user)
        now = timezone.now()
        try:
            ids = bulk.undoable(run, now=now)
            if not ids:
                raise Refused(_("Nothing of this can be undone any more. Open the rows and correct them there."))
            taken = bulk.start(self.actor, page=run.page, act=bulk.TAKE_BACK, ids=ids, answers={}, back=run.back, title=_("Undo"), now=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("bulk_run", args=[run.pk]))
        return told(request, reverse("bulk_run", args=[taken.pk]))
