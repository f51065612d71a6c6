"""What customers consent to, and what may be told to others because of it (REC-27); how they like to be reached (REC-26)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from reception.customers.consent_models import Consent, Disclosure
from reception.customers.queries import family_of
from reception.customers.services.files import locked

WISHES = ("prefers_channel", "prefers_time", "prefers_language", "prefers_manner")
Purpose = Consent.Purpose


@transaction.atomic
def set_wishes(actor, customer, *, now, version=None, **wishes):
    """Keep how the customer likes to be reached: channel, time, language, manner; an empty one is no wish."""
    customer = locked(customer)
    claim_version(customer, version)
    for name in WISHES:
        setattr(customer, name, wishes.get(name, "").strip())
    return trace.save(actor, customer, *WISHES, "version", act="wishes")


@transaction.atomic
def give_consent(actor, customer, *, purpose, channel, version, text, given_at, now, third_party=""):
    """Write down a consent: what was read to the customer, in which version, when and how they said yes.

    Raises Refused for a disclosure that names nobody, for a time to come, and where the same consent stands already.
    """
    customer, third_party = locked(customer), third_party.strip()
    if purpose == Purpose.DISCLOSURE and not third_party:
        raise Refused(_("Name who may be told. A consent to tell anybody is none."), field="third_party")
    if given_at > now:
        raise Refused(_("This time is still to come. Enter when the customer said yes."), field="given_at")
    third_party = third_party if purpose == Purpose.DISCLOSURE else ""
    if standing(customer, purpose, third_party):
        raise Refused(_("This consent stands already. Withdraw it first where its text has changed."), field="purpose")
    consent = Consent(customer=customer, purpose=purpose, third_party=third_party, version=version, text=text, channel=channel, given_at=given_at,
                      recorded_by=actor.user)
    return trace.save(actor, consent, act="given")


def standing(customer, purpose, third_party=""):
    """The consent of a customer to this that was not withdrawn, or None."""
    return Consent.objects.filter(customer__in=family_of(customer), purpose=purpose, third_party__iexact=third_party, withdrawn_at=None).first()


@transaction.atomic
def withdraw(actor, consent, *, channel, now):
    """The customer takes a consent back; what it allowed ends at once. What was done before stays on record."""
    locked(consent.customer)
    consent = Consent.objects.select_for_update(of=("self",)).select_related("customer").get(pk=consent.pk)
    if consent.withdrawn_at:
        raise Refused(_("This consent was withdrawn already."))
    consent.withdrawn_at, consent.withdrawn_channel, consent.withdrawn_by = max(now, consent.given_at), channel, actor.user
    return trace.save(actor, consent, "withdrawn_at", "withdrawn_channel", "withdrawn_by", act="withdrawn")


@transaction.atomic
def disclose(actor, customer, *, to_whom, what, why, at, now):
    """Write down that something of the customer was told to a third party. Refused without a consent that names them and stood then."""
    customer = locked(customer)
    consent = standing(customer, Purpose.DISCLOSURE, to_whom.strip())
    if consent is None:
        raise Refused(_("The customer has not consented that %(party)s is told anything. Ask the customer first and write the consent down.")
                      % {"party": to_whom.strip()}, field="to_whom")
    if at > now:
        raise Refused(_("This time is still to come. Enter when it was told."), field="at")
    if at < consent.given_at:
        raise Refused(_("The customer consented later than that. Enter when it was told."), field="at")
    return Disclosure.objects.create(customer=customer, consent=consent, to_whom=consent.third_party, what=what, why=why, at=at, by=actor.user)
