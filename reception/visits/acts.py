"""Pages that do one thing to a visit: greet, assign, serve, hand over, close … Each finds the visit through the viewer's own scope."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.errors import Refused
from config.web import uploads
from config.web.pages import Page, Undoable, VerbPage
from config.web.redirects import safe_next
from reception.customers import services as customers
from reception.visits import forms, queue, services
from reception.visits.models import Handover, Visit
from reception.visits.permissions import Can
from staff.organisation.queries import employee_of


class Press(Undoable, Page, abstract=True):
    """A button: it asks nothing, acts, and goes back. A refusal is told on the page one came from."""

    capability = Can.EDIT
    http_method_names = ["post"]
    done = ""

    def target(self, pk):
        """The visit, if this person may change it."""
        return get_object_or_404(Visit.objects.visible_to(self.request.user, Can.EDIT), pk=pk)

    def act(self, target):
        """Call the service; may raise Refused."""
        raise NotImplementedError

    def address(self, target):
        """Where to go when the link named nothing."""
        return reverse("visit", args=[target.pk])

    def post(self, request, pk):
        """Do it and go back."""
        target = self.target(pk)
        try:
            with self.recorded(target):
                self.act(target)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done, extra_tags=self.undo_tag)
        return HttpResponseRedirect(safe_next(request, self.address(target)))


class VisitVerb(VerbPage, abstract=True):
    """A verb on a visit that has to ask something first."""

    capability = Can.EDIT
    heading = submit = ""
    danger = False

    def target(self, pk):
        """The visit, if this person may change it."""
        return get_object_or_404(Visit.objects.visible_to(self.request.user, self.capability).select_related(
            "hall", "customer", "adviser", "area", "template_version"), pk=pk)

    def undo_of(self, visit):
        """The visit: its acts can be undone."""
        return "visit", visit.pk

    def next_address(self, visit, result):
        """Back to the visit, or to the page the link named."""
        return safe_next(self.request, reverse("visit", args=[visit.pk]))

    def context(self, visit, form):
        """The words around the form."""
        return {"heading": self.heading, "submit_label": self.submit or self.heading, "cancel_url": self.next_address(visit, None),
                "sub_text": visit.shown_name or _("unnamed visitor"), "danger": self.danger, "about": visit.shown_name,
                "back_label": visit.number, "back_url": reverse("visit", args=[visit.pk])}


class VisitPress(Press, abstract=True):
    """A button on a visit; what it did can be undone."""

    def undo_of(self, visit):
        """The visit."""
        return "visit", visit.pk


class Greet(VisitPress):
    """The visitor was met (REC-03)."""

    done = _("Greeted.")

    def act(self, visit):
        """With the steps that were ticked, if any."""
        services.greet(self.actor, visit, steps=self.request.POST.getlist("steps"), now=timezone.now())


class TickSteps(VisitPress):
    """The reception steps done so far, as one-tap ticks (REC-03)."""

    done = _("Reception steps noted.")

    def act(self, visit):
        """The button says which way, so that pressing it twice is pressing it once."""
        sent = self.request.POST
        services.tick_steps(self.actor, visit, done=sent.getlist("tick"), undone=sent.getlist("untick"), now=timezone.now())


class Guide(VisitVerb):
    """Lead the visitors to an area, or free it (REC-05)."""

    heading, submit, form, done = _("Lead to an area"), _("Lead there"), forms.AreaForm, _("Area noted.")

    def form_kwargs(self, visit):
        """The areas of the visit's hall."""
        return {"visit": visit}

    def initial(self, visit):
        """Where they are."""
        return {"area": visit.area_id}

    def act(self, visit, answers):
        """Lead or free."""
        return services.guide(self.actor, visit, answers["area"], now=timezone.now())


class Assign(VisitVerb):
    """Give a waiting visit to somebody on shift (REC-06)."""

    heading, submit, form, done = _("Give to an adviser"), _("Give"), forms.AdviserForm, _("Given to the adviser.")

    def form_kwargs(self, visit):
        """People on shift now."""
        return {"visit": visit, "now": timezone.now()}

    def initial(self, visit):
        """The adviser it waits for."""
        return {"adviser": visit.adviser_id}

    def act(self, visit, answers):
        """A free adviser begins at once, a busy one is waited for."""
        return services.assign(self.actor, visit, answers["adviser"], now=timezone.now())


class Serve(Assign):
    """Service begins: by the person at the keyboard, unless they serve nobody; then by whom they name."""

    heading, submit, done = _("Begin to serve"), _("Begin"), _("Service began.")

    def initial(self, visit):
        """The adviser it waits for, else oneself."""
        employee = employee_of(self.request.user)
        return {"adviser": visit.adviser_id or (employee and employee.pk)}

    def act(self, visit, answers):
        """Now."""
        return services.serve(self.actor, visit, answers["adviser"], now=timezone.now())


class HandOver(VisitVerb):
    """Offer a visit in service to a colleague on shift, with a note (REC-06)."""

    heading, submit, form = _("Hand over to a colleague"), _("Offer"), forms.HandoverForm
    done = _("Offered. The visit stays yours until the colleague accepts.")

    def form_kwargs(self, visit):
        """Everybody on shift but the one who serves."""
        return {"visit": visit, "now": timezone.now(), "but": visit.adviser_id}

    def act(self, visit, answers):
        """Leave the offer."""
        return services.offer_handover(self.actor, visit, answers["adviser"], note=answers["note"], now=timezone.now())


class AnswerHandover(Press, abstract=True):
    """The colleague's answer; whoever may change the visit may take the offer back."""

    accept = False

    def target(self, pk):
        """An open offer to this person; to return it, also one on a visit they may change."""
        mine = Handover.objects.filter(taker=employee_of(self.request.user))
        reachable = mine if self.accept else mine | Handover.objects.filter(visit__in=Visit.objects.visible_to(self.request.user, Can.EDIT))
        return get_object_or_404(reachable.select_related("visit", "taker"), pk=pk)

    def act(self, handover):
        """Answer."""
        services.answer_handover(self.actor, handover, accept=self.accept, now=timezone.now())

    def address(self, handover):
        """The visit for who may see it now, else the counter."""
        seen = Visit.objects.visible_to(self.request.user).filter(pk=handover.visit_id).exists()
        return reverse("visit", args=[handover.visit_id]) if seen else reverse("counter")


class AcceptHandover(AnswerHandover):
    """The visit is mine from now on."""

    accept, done = True, _("The visit is yours now.")


class ReturnHandover(AnswerHandover):
    """The visit stays where it is."""

    done = _("Returned. The visit stays with the colleague.")


class Close(VisitVerb):
    """End a visit in service (REC-08)."""

    heading, submit, form, done = _("Close the visit"), _("Close the visit"), forms.CloseForm, _("Visit closed.")

    def form_kwargs(self, visit):
        """The times are checked against the visit's own."""
        return {"visit": visit}

    def initial(self, visit):
        """The version the form was opened on, and the next step if one is known."""
        return {"version": visit.version, "next_step": visit.next_step}

    def act(self, visit, answers):
        """Close it."""
        return services.close(self.actor, visit, outcome=answers["outcome"], next_step=answers["next_step"], left_at=answers["left_at"],
                              version=answers["version"], now=timezone.now())


class Leave(Close):
    """The visitor left before being served."""

    heading, submit, form, done = _("Left without service"), _("Note it"), forms.LeaveForm, _("Noted that the visitor left.")

    def initial(self, visit):
        """Nothing is known yet."""
        return {}

    def act(self, visit, answers):
        """With the reason, if it is known."""
        return services.leave(self.actor, visit, reason=answers["reason"], left_at=answers["left_at"], now=timezone.now())


class Settle(Close):
    """What really became of a visit that the day's end closed (REC-08)."""

    heading, submit, form, done = _("Say what became of it"), _("Settle"), forms.SettleForm, _("Settled. The visit counts in the averages from now on.")

    def initial(self, visit):
        """Nothing but the closing time is known."""
        return {"left_at": visit.left_at and timezone.localtime(visit.left_at)}

    def act(self, visit, answers):
        """Settle it."""
        return services.settle(self.actor, visit, outcome=answers["outcome"], next_step=answers["next_step"], left_at=answers["left_at"], now=timezone.now())


class Reopen(VisitVerb):
    """A superior opens an ended visit again, with the reason."""

    capability = Can.REOPEN
    heading, submit, form, done = _("Open the visit again"), _("Open again"), forms.ReasonForm, _("The visit is open again.")

    def act(self, visit, answers):
        """Open it."""
        return services.reopen(self.actor, visit, reason=answers["reason"], now=timezone.now())


class AddService(VisitVerb):
    """Another service in the same visit, with a ticket of its own."""

    once = True
    heading, submit, form, done = _("Add a service"), _("Add"), forms.ServiceForm, _("Added; the ticket waits in the queue.")

    def form_kwargs(self, visit):
        """What the hall offers."""
        return {"visit": visit}

    def act(self, visit, answers):
        """Queue it."""
        return queue.add_service(self.actor, visit, answers["service"], now=timezone.now())


class Confirm(Press):
    """What the registration form says was checked with the customer (REC-07)."""

    done = _("Noted that the customer checked it.")

    def act(self, visit):
        """On the customer's file, with time and person."""
        if not visit.customer_id:
            raise Refused(_("This visitor has no file yet. Choose or register the customer first, then confirm."))
        customers.confirm_with_customer(self.actor, visit.customer, now=timezone.now())


class Attach(VisitVerb):
    """A photo or a PDF beside the visit (GEN-13)."""

    once = True
    heading, submit, form, done = _("Add a file"), _("Add"), forms.AttachmentForm, _("File added.")

    def undo_of(self, visit):
        """A file is no act on the visit."""
        return None

    def act(self, visit, answers):
        """Keep it."""
        return uploads.attach(self.actor, kind="visit", record_id=visit.pk, hall_id=visit.hall_id, upload=answers["file"], now=timezone.now())
