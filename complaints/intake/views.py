"""Pages of taking in: the desk form, what it tells while one types, the receipt (CMP-03 to CMP-05, FRM-33)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Channel, Complaint, Kind, Level
from complaints.handling.permissions import Can
from complaints.intake import forms, queries, services
from complaints.intake.models import BoxCheck
from config.privacy import log
from config.web.pages import FormPage, Page
from reception.customers.models import Customer
from reception.customers.phones import read_phones
from reception.followups.models import FollowUp
from reception.visits.models import Visit
from staff.organisation.access import halls_within
from staff.organisation.queries import employee_of, hall_of
from staff.regulation import values

FROM = {"visit": Visit, "follow_up": FollowUp, "box_check": BoxCheck}  # records that a complaint is taken from, as the address names them
JOINS = {"visit": ("customer",), "follow_up": ("customer",), "box_check": ("channel",)}


def number_in(text):
    """The id in an address, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


class NewComplaint(FormPage):
    """Write down a complaint while the customer speaks."""

    capability, form, once, template = Can.REGISTER, forms.ComplaintForm, True, "complaints/intake/new.html"

    @cached_property
    def source(self):
        """(kind, record) that it is taken from, of what this person may see; ('', None) for none."""
        for name, model in FROM.items():
            pk = number_in(self.request.GET.get(name))
            row = model.objects.visible_to(self.request.user).select_related("hall", *JOINS[name]).filter(pk=pk).first() if pk else None
            if row:
                return name, row
        return "", None

    @cached_property
    def customer(self):
        """The customer that the address or the record names, in reach."""
        name, row = self.source
        pk = getattr(row, "customer_id", None) if name else number_in(self.request.GET.get("customer"))
        return Customer.objects.visible_to(self.request.user).filter(pk=pk).first() if pk else None

    def form_kwargs(self, target):
        """Halls, people and customers in reach."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall one works in, or that of the record; who it is about."""
        name, row = self.source
        hall = row.hall if name else hall_of(self.request)
        channel = row.channel.kind if name == "box_check" else {"follow_up": Channel.FOLLOW_UP}.get(name, Channel.COUNTER)
        return {"hall": hall, "channel": channel, "customer": self.customer, "who": str(self.customer) if self.customer else ""}

    def act(self, target, answers):
        """Register it."""
        now, (name, row) = timezone.now(), self.source
        answers["contact_name"], answers["contact_phone"], answers["contact_email"] = (answers.pop(key) for key in ("name", "phone", "email"))
        answers["received_at"] = answers["received_at"] or now
        blamed = answers["kind"] == Kind.COMPLAINT  # praise and suggestions blame nobody
        answers["people"] = [(person, blamed) for person in answers["people"]]
        answers["told_by"] = answers["told_by"] or (services.TELLS.get(answers["channel"], "") if answers["promised"] else "")
        return services.take(self.actor, source=(name, row.pk if row else None), now=now, **answers)

    def next_address(self, target, result):
        """The receipt, with the code to read aloud."""
        return reverse("complaint_taken", args=[result.pk])

    def context(self, target, form):
        """The words around the form, and what is promised usually."""
        hall = hall_of(self.request) or form.fields["hall"].queryset.first()
        seen = queries.outlook(viewer=self.request.user, hall=hall, impact=Level.LOW, urgency=Level.LOW, customer=self.customer, now=timezone.now()) \
            if hall else {}
        return {"heading": _("Take a complaint"), "submit_label": _("Register"), "cancel_url": reverse("desk"), "back_label": _("Desk"), **seen}


class PromiseOutlook(Page):
    """Severity, usual promise and earlier complaints for what is typed so far. A POST so that nothing typed stands in an address; changes nothing."""

    capability = Can.REGISTER

    def post(self, request):
        """The part beside the form."""
        sent, now = request.POST, timezone.now()
        halls = halls_within(request.user, Can.REGISTER, timezone.localdate())
        hall = next((one for one in halls if str(one.pk) == sent.get("hall")), None) or next(iter(halls), None)
        if hall is None:
            return self.show("complaints/intake/_promise.html", {})
        pk = number_in(sent.get("customer"))
        customer = Customer.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
        phone = next((one.e164 for one in read_phones(sent.get("phone", "")[:60]) if one.e164), "")
        levels = {name: sent.get(name) if sent.get(name) in Level.values else Level.LOW for name in ("impact", "urgency")}
        return self.show("complaints/intake/_promise.html", queries.outlook(viewer=request.user, hall=hall, customer=customer, phone=phone, now=now, **levels))


def taken(user, pk):
    """A complaint in reach for its receipt."""
    return get_object_or_404(Complaint.objects.visible_to(user).select_related("hall", "customer", "registered_by", "repeats"), pk=pk)


class Taken(Page):
    """Registered: the code in big type to read aloud, and what to print."""

    capability, record_kind = Can.READ, "complaint"

    def get(self, request, pk):
        """The page; it is on record, since it names who complained."""
        row = taken(request.user, pk)
        log.note(request, "view", kind="complaint", record_id=row.pk, hall_id=row.hall_id)
        return self.show("complaints/intake/taken.html", {"row": row, "late": queries.minutes_late(row), "code": " ".join(row.public_code)})


def sheet(request, row, now):
    """Head and foot of what is printed of a complaint."""
    return {"company": values.value("organization_name", timezone.localtime(now).date(), row.hall), "hall_name": str(row.hall), "number": row.number,
            "author": str(employee_of(request.user) or request.user), "printed_at": now, "back_url": reverse("complaint_taken", args=[row.pk]),
            "form_number": "FRM-33", "row": row}


class Form33(Page):
    """The registration of a complaint on A4 (FRM-33), with contacts in full; printing it is on record."""

    capability, record_kind = Can.READ, "complaint"

    def get(self, request, pk):
        """The sheet."""
        row = taken(request.user, pk)
        log.note(request, "print", kind="complaint", record_id=row.pk, fields=["name", "phone", "matter"], hall_id=row.hall_id)
        return self.show("complaints/intake/form33.html", {
            **sheet(request, row, timezone.now()), "late": queries.minutes_late(row), "people": [str(one) for one in row.people.select_related("employee")]})


class Receipt(Page):
    """The slip that the customer takes along: number, code, promise; no name."""

    capability, record_kind = Can.READ, "complaint"

    def get(self, request, pk):
        """The slip."""
        row = taken(request.user, pk)
        log.note(request, "print", kind="complaint", record_id=row.pk, fields=["code"], hall_id=row.hall_id)
        return self.show("complaints/intake/slip.html", sheet(request, row, timezone.now()))
