"""How the customer likes to be reached, what they consented to, and what was told to others because of it (REC-26, REC-27)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.accounts.access import may
from reception.customers import queries, services
from reception.customers.consent_models import Consent, Disclosure
from reception.customers.consent_texts import consent_texts
from reception.customers.models import Customer
from reception.customers.permissions import Can
from reception.customers.subject_forms import ConsentForm, DisclosureForm, WishesForm, WithdrawForm
from reception.customers.views.files import FilePage
from reception.customers.views.found import CustomerFormPage


class Consents(FilePage):
    """What the customer wishes and allows, and who was told what."""

    capability, tab, template = Can.CONSENTS, "consents", "reception/customers/consents.html"

    def context(self, customer):
        family = queries.family_of(customer)
        newest = Consent.objects.filter(customer__in=family).select_related("recorded_by").order_by("-given_at", "-pk")
        consents = sorted(newest, key=lambda row: not row.stands)
        disclosures = Disclosure.objects.filter(customer__in=family).select_related("by").order_by("-at", "-pk")
        return {"consents": consents, "disclosures": list(disclosures),
                "edits": may(self.request.user, Can.CHOICE) and queries.edits(self.request.user, customer)}


class SetWishes(CustomerFormPage):
    """How the customer likes to be reached."""

    form = WishesForm
    done = gettext_lazy("Kept. It stands on the card and above the call.")
    heading = gettext_lazy("How to reach the customer")

    def initial(self, target):
        return {name: getattr(target, name) for name in (*services.WISHES, "version")}

    def act(self, target, answers):
        return services.set_wishes(self.actor, target, now=timezone.now(), **answers)


class ConsentPage(CustomerFormPage, abstract=True):
    """A form about a consent: back to the consents after it."""

    capability = edit_capability = Can.CHOICE

    def next_address(self, target, result):
        return reverse("customer_consents", args=[self.customer_of(target).pk])

    def context(self, target, form):
        return super().context(target, form) | {"cancel_url": self.next_address(target, None)}


class GiveConsent(ConsentPage):
    """A consent, with the text that is read to the customer."""

    form = ConsentForm
    once = True
    done = gettext_lazy("Consent written down.")
    heading = gettext_lazy("Write down a consent")
    template = "reception/customers/consent_form.html"

    def initial(self, target):
        return {"given_at": timezone.localtime(), "channel": Consent.Channel.SPOKEN}

    def act(self, target, answers):
        known = consent_texts()
        return services.give_consent(self.actor, target, version=known["version"], text=known["texts"][answers["purpose"]][get_language()],
                                     now=timezone.now(), **answers)

    def context(self, target, form):
        known = consent_texts()
        labels = dict(Consent.Purpose.choices)
        texts = [{"label": labels[purpose], "text": said[get_language()]} for purpose, said in known["texts"].items()]
        return super().context(target, form) | {"texts": texts, "version": known["version"]}


class WithdrawConsent(ConsentPage):
    """A consent is taken back, as easily as it was given."""

    form = WithdrawForm
    done = gettext_lazy("The consent is withdrawn.")
    heading = gettext_lazy("Withdraw a consent")
    submit_label = gettext_lazy("Withdraw")

    def target(self, pk):
        consent = get_object_or_404(Consent.objects.select_related("customer__merged_into"), pk=pk)
        kept = consent.customer.merged_into_id or consent.customer_id
        self.customer = get_object_or_404(Customer.objects.visible_to(self.request.user, Can.CHOICE), pk=kept)
        return consent

    def customer_of(self, target):
        return self.customer

    def initial(self, target):
        return {"channel": Consent.Channel.SPOKEN}

    def act(self, target, answers):
        return services.withdraw(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        what = target.get_purpose_display() + (f" · {target.third_party}" if target.third_party else "")
        return super().context(target, form) | {"sub_text": f"{self.customer} · {what}"}


class Disclose(ConsentPage):
    """Something was told to a third party, by the customer's consent."""

    form = DisclosureForm
    once = True
    done = gettext_lazy("Written down.")
    heading = gettext_lazy("Write down a disclosure")

    def initial(self, target):
        given = Consent.objects.filter(customer__in=queries.family_of(target), purpose=Consent.Purpose.DISCLOSURE, withdrawn_at=None)
        consent = given.order_by("-given_at").first()
        return {"at": timezone.localtime(), "to_whom": consent.third_party if consent else ""}

    def act(self, target, answers):
        return services.disclose(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        return super().context(target, form) | {"go_hint": _("Without a consent that names the party this is refused.")}
