"""What customers consented to, and what was told to others because of it (REC-27)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reception.customers.models import Customer


class Consent(models.Model):
    """One consent: to what, by which text, when, by which channel; withdrawn as easily as given. `text` is what was read, word for word."""

    class Purpose(models.TextChoices):
        """What is consented to."""

        STORING = "storing", _("keeping my data")
        PROMOTION = "promotion", _("being told of offers")
        DISCLOSURE = "disclosure", _("passing my data on")

    class Channel(models.TextChoices):
        """How it was said."""

        PAPER = "paper", _("signed on paper")
        SPOKEN = "spoken", _("said at the desk")
        PHONE = "phone", _("said on the telephone")
        ONLINE = "online", _("ticked on a screen")
        WECHAT = "wechat", _("written by WeChat")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    third_party = models.CharField(_("to whom"), max_length=120, blank=True)
    version = models.CharField(_("version of the text"), max_length=20)
    text = models.TextField(_("text"), max_length=1000)
    channel = models.CharField(_("how"), max_length=8, choices=Channel.choices)
    given_at = models.DateTimeField(_("given"))
    recorded_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_channel = models.CharField(_("withdrawn how"), max_length=8, choices=Channel.choices, blank=True)
    withdrawn_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "purpose", "third_party"], condition=Q(withdrawn_at__isnull=True), name="one_consent_stands"),
            models.CheckConstraint(name="disclosure_names_a_party", condition=~Q(purpose="disclosure") | Q(third_party__gt="")),
            models.CheckConstraint(name="consent_withdrawn_after_given", condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at"))),
        ]

    @property
    def stands(self):
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


class Disclosure(models.Model):
    """Something of a customer was told to a third party: what, to whom, why, by which consent. Never changed."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="disclosures")
    to_whom = models.CharField(_("to whom"), max_length=120)
    what = models.CharField(_("what"), max_length=300)
    why = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        indexes = [models.Index(fields=["customer", "-at"], name="disclosure_by_customer")]
