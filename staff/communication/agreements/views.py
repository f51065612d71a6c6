"""Pages of confidentiality agreements: reading and signing one's own, who has signed, one agreement on screen and on paper (STF-52)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN, may
from config.privacy import log
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from staff.communication.agreements import cells, forms, queries, rules, services, texts
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.communication.permissions import Agreement
from staff.organisation.queries import employee_of, posting_of
from staff.regulation import values


class Sign(FormPage):
    """The agreement in the reader's language, and the line to sign it on. Everybody who works here has this page."""

    capability, form, template = SIGNED_IN, forms.SignForm, "staff/communication/agreements/sign.html"
    done = gettext_lazy("The agreement is signed. The customer pages are open.")
    keeps = False

    def target(self):
        """The person; an account without one has nothing to sign."""
        person = employee_of(self.request.user)
        if person is None:
            raise Http404
        return person

    def form_kwargs(self, target):
        """Whether there is anything to sign."""
        return {"due": rules.is_due(target.bound_until, timezone.localdate())}

    def act(self, target, answers):
        """Sign it."""
        return services.sign(self.actor, now=timezone.now(), signature=answers.get("signature", ""))

    def next_address(self, target, result):
        """My day."""
        return reverse("home")

    def context(self, target, form):
        """The text, how it stands, what was signed before."""
        tone, word = cells.standing(target.bound_until)
        return {"heading": _("Confidentiality agreement"), "paragraphs": texts.paragraphs((get_language() or "en").lower()), "edition": texts.edition(),
                "tone": tone, "word": word, "due": rules.is_due(target.bound_until, timezone.localdate()), "person": target,
                "months": values.value("confidentiality_renewal_months", timezone.localdate()), "signed": queries.of_person(target)[:5],
                "may_see_others": may(self.request.user, Agreement.READ), "submit_label": _("Sign"), "cancel_url": reverse("home")}


class AgreementList(ListPage):
    """Who has signed until when: those without an agreement first."""

    capability, export_capability, kind, title = Agreement.READ, Agreement.EXPORT, services.KIND, gettext_lazy("Confidentiality agreements")
    filters, default_sort = forms.AgreementFilters, "until"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Missing or expired"), "state=missing"), (gettext_lazy("End soon"), "state=ending"))
    empty = gettext_lazy("Nobody whom you may see works here today.")
    columns = (
        Column("person", gettext_lazy("Person"), lambda r: r.name, sort="sort_key", draw=cells.person),
        Column("place", gettext_lazy("Position"), cells.place),
        Column("state", gettext_lazy("State"), lambda r: cells.words(r.bound_until), draw=cells.state, css="bare"),
        Column("until", gettext_lazy("Holds until"), lambda r: r.bound_until, sort="until", draw=cells.until, css="num"),
        Column("signed", gettext_lazy("Signed"), lambda r: r.signed_at, draw=cells.signed, css="num"),
    )

    def rows(self):
        """In reach."""
        return queries.signers(self.request.user)

    def context(self):
        """How many have none, and the way to one's own."""
        found = queries.counts(self.request.user)
        return {"sub_text": _("%(missing)s of %(all)s without an agreement that holds, %(ending)s end soon") % found,
                "add_url": reverse("sign_agreement"), "add_label": _("My agreement")}


def agreement_of(user, pk):
    """One that this person may see."""
    return get_object_or_404(ConfidentialityAgreement.objects.visible_to(user).select_related("employee"), pk=pk)


class AgreementPage(Page):
    """What one person signed."""

    capability = SIGNED_IN

    def get(self, request, pk):
        """The page."""
        row = agreement_of(request.user, pk)
        log.note(request, "view", kind=services.KIND, record_id=row.pk)
        return self.show("staff/communication/agreements/agreement.html", {
            "row": row, "paragraphs": row.text.splitlines(), "posting": posting_of(row.employee), "signed": queries.of_person(row.employee)[:12],
            "holds": row.ends_on >= timezone.localdate(), "may_list": may(request.user, Agreement.READ)})


class AgreementPaper(Page):
    """The same on A4 (FRM-49)."""

    capability, record_kind = SIGNED_IN, services.KIND

    def get(self, request, pk):
        """The paper."""
        row, now = agreement_of(request.user, pk), timezone.now()
        log.note(request, "print", kind=services.KIND, record_id=row.pk)
        posting = posting_of(row.employee)
        return self.show("staff/communication/agreements/paper.html", {
            "company": values.value("organization_name", timezone.localtime(now).date()), "printed_at": now, "form_number": "FRM-49",
            "hall_name": str(posting.hall or posting.department) if posting else "", "number": row.employee.number, "row": row,
            "author": str(employee_of(request.user) or request.user), "back_url": reverse("agreement", args=[pk]),
            "paragraphs": row.text.splitlines()})
