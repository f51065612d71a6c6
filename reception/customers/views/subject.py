"""The desk for people's own data: who asks, what is stored, a copy, a legal hold, erasing with a proof (PIPL 44-50, GEN-23)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.accounts.access import may
from config.privacy import erasing, holds, log
from config.privacy.models import LegalHold
from config.privacy.people import People, members
from config.web import own_data
from config.web.pages import Page
from reception.customers import queries, services
from reception.customers.models import Customer
from reception.customers.permissions import Can
from reception.customers.phones import digits, read_phones
from reception.customers.services import retention
from reception.customers.subject_forms import EraseForm, FindForm, HoldForm
from reception.customers.views.files import FilePage
from reception.customers.views.found import CustomerFormPage, found_customer

SHOWN = 25  # lines of a table of this desk


def labels():
    """{model: what its rows are called}."""
    return {member.key: member.label for member in members()}


def in_lines(counts):
    """What a trial or a proof counts, line by line: (label, rows, fields, history)."""
    named = labels()
    return [{"label": named.get(key, key), **row} for key, row in counts.items()]


class DataRequests(Page):
    """Somebody asks what we have of them: found by the number they name, a POST so that it stands in no address."""

    capability = Can.EXPORT

    def get(self, request):
        """The form, the holds that stand, the newest proofs."""
        return self.page(FindForm())

    def post(self, request):
        """The files with this number, and the proofs of files that had it."""
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        number = form.cleaned_data["phone"]
        values = [phone.e164 or number for phone in read_phones(number)] or [number]
        files = list(Customer.objects.visible_to(request.user, Can.EXPORT).filter(contacts__value__in=values).distinct().order_by("-last_seen_at")[:SHOWN])
        gone = list(queries.proofs_for(request.user).filter(digests__contains=[erasing.digest(digits(values[0]))])[:SHOWN])
        log.note(request, "search", kind=services.KIND, fields=["phone"])
        return self.page(form, files=files, gone=gone, asked=True)

    def page(self, form, status=200, **more):
        """The whole page."""
        user = self.request.user
        held = LegalHold.objects.filter(kind=services.KIND, released_at=None).select_related("set_by").order_by("-set_at")
        held = list(held.filter(record_id__in=Customer.objects.visible_to(user, Can.EXPORT).values("pk"))[:SHOWN])
        files = Customer.objects.in_bulk([hold.record_id for hold in held])
        return self.show("reception/customers/data_requests.html", {
            "form": form, "holds": [{"hold": hold, "file": files[hold.record_id]} for hold in held], "proofs": list(queries.proofs_for(user)[:SHOWN]),
            **more}, status=status)


class CustomerData(FilePage):
    """What may be done with all that is stored of one customer."""

    capability, tab, template = Can.EXPORT, "data", "reception/customers/data.html"

    def context(self, customer):
        user = self.request.user
        hold = holds.standing(services.KIND, queries.family_of(customer))
        releases = may(user, Can.RELEASE)
        return {"hold": hold, "stored": [member.label for member in members()], "may_release": hold and releases and hold.set_by_id != user.pk,
                "may_hold": not hold and not releases}


class ExportData(Page):
    """Start the copy of one customer's data."""

    capability = Can.EXPORT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Leave the work, on record, and lead to it."""
        customer = found_customer(request.user, pk, Can.EXPORT)
        log.note(request, "export", kind=services.KIND, record_id=customer.pk, fields=["data"])
        job = own_data.export_subject(self.actor, services.KIND, customer.pk, title=customer.number, now=timezone.now())
        return HttpResponseRedirect(reverse("job", args=[job.pk]))


class TryErasing(Page):
    """What erasing would do, table by table, and what stands against it. A POST, since it reads every table and file; it changes nothing."""

    capability = Can.EXPORT
    http_method_names = ["post"]

    def post(self, request, pk):
        """The page."""
        customer = found_customer(request.user, pk, Can.EXPORT)
        people = People(services.KIND, [customer.pk])
        log.note(request, "view", kind=services.KIND, record_id=customer.pk, fields=["data"])
        return self.show("reception/customers/erasing_trial.html", {
            "customer": customer, "lines": in_lines(erasing.trial(people)), "against": erasing.objections(people)})


class EraseCustomer(CustomerFormPage):
    """Erase the customer for good."""

    capability = Can.EXPORT
    form = EraseForm
    keeps = False  # a kept reason would outlive the file
    heading = gettext_lazy("Erase the customer's data")
    submit_label = gettext_lazy("Erase for good")
    done = gettext_lazy("Erased. The proof stands in this list.")

    def act(self, target, answers):
        return services.erase_customer(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        return reverse("data_requests")

    def context(self, target, form):
        return super().context(target, form) | {
            "danger": True, "back_label": target.number, "cancel_url": reverse("customer_data", args=[target.pk]),
            "sub_text": _("%(number)s: name, numbers and words go from every table, history and file. Visits and figures stay, of nobody.")
            % {"number": target.number}}


class SetHold(CustomerFormPage):
    """All that is stored of the customer stays until another person releases it."""

    capability = Can.EXPORT
    form = HoldForm
    heading = gettext_lazy("Set a legal hold")
    done = gettext_lazy("The file is held.")

    def act(self, target, answers):
        return services.set_hold(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        return reverse("customer_data", args=[target.pk])


class ReleaseHold(SetHold):
    """End a legal hold."""

    capability = Can.RELEASE
    heading = gettext_lazy("Release the legal hold")
    done = gettext_lazy("The hold is released.")

    def act(self, target, answers):
        return services.release_hold(self.actor, target, now=timezone.now(), **answers)


class Retention(Page):
    """What tonight's run would erase, before it does; by POST table by table."""

    capability = Can.EXPORT

    def get(self, request):
        """The files in reach whose time of keeping is over, and those that a hold keeps."""
        return self.page()

    def post(self, request):
        """The same with the trial of the first batch."""
        ids = list(self.mine(retention.due(timezone.localdate())).order_by("pk").values_list("pk", flat=True)[:retention.BATCH])
        if not ids:
            messages.info(request, _("Nothing would be erased tonight."))
            return HttpResponseRedirect(reverse("retention"))
        people = People(services.KIND, ids)
        stopped = len(retention.stopped(people) & set(ids))
        sentence = ngettext("Of these, %(count)s file stays while something is open.", "Of these, %(count)s files stay while something is open.",
                            stopped) % {"count": stopped} if stopped else ""
        return self.page(lines=in_lines(erasing.trial(people)), tried=len(ids), sentence=sentence)

    def mine(self, rows):
        """The rows in reach."""
        return rows.filter(pk__in=Customer.objects.visible_to(self.request.user, Can.EXPORT).values("pk"))

    def page(self, **more):
        """The whole page."""
        today = timezone.localdate()
        due, held = self.mine(retention.due(today)), self.mine(retention.held(retention.over(today)))
        return self.show("reception/customers/retention.html", {
            "limits": retention.limits_in_words(self.request.user, today), "total": due.count(), "due": list(due.order_by("last_seen_at")[:SHOWN]),
            "held": list(held.order_by("last_seen_at")[:SHOWN]), **more})
