"""What a customer does without an account; each is a verb of the handling with the customer as its actor (CMP-03, CMP-13, CMP-15, CMP-16)."""
from datetime import timedelta
from zlib import crc32

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints.handling import states
from complaints.handling.facts import Evidence
from complaints.handling.models import Channel, Complaint, Method
from complaints.handling.services import following, investigating, registering, solving, timing
from complaints.portal import queries
from config.accounts.actor import Actor
from config.errors import Refused

SAME_WITHIN = timedelta(minutes=10)
TELLING = 20  # characters: so long words without a contact are surely the same person's


def by(row):
    """The customer of a complaint, as who acts."""
    return Actor.customer(row.number)


@transaction.atomic
def complain(*, kind, hall, matter, demand, phone, email, name, reported_by, photos, language, now):
    """Register what a customer wrote on the public page. The same words with the same contact within some minutes are the same complaint, whichever
    form they came from."""
    with connection.cursor() as cursor:  # the twin of another form waits here
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x434F4D50, crc32(f"{phone}|{email}|{matter}".encode()) - 2**31])
    if twin := twin_of(kind, hall, matter, phone, email, now):
        return twin
    row = registering.register(
        Actor.customer("public page"), kind=kind, hall=hall, channel=Channel.WEB, received_at=now, matter=matter, demand=demand, contact_name=name,
        contact_phone=phone, contact_email=email, reported_by=reported_by, language=language, assessed=False, now=now)
    for photo in photos:
        attach(row, photo, now)
    return row


def twin_of(kind, hall, matter, phone, email, now):
    """The complaint that says the same, sent a moment ago; short words of nobody known may be anybody's."""
    if not (phone or email) and len(matter) < TELLING:
        return None
    return Complaint.objects.filter(kind=kind, hall=hall, channel=Channel.WEB, matter=matter, contact_phone=phone, contact_email=email,
                                    registered_at__gt=now - SAME_WITHIN).order_by("pk").first()


def attach(row, photo, now):
    """Keep a file that the customer sent."""
    photo.seek(0)  # it is read again where the complaint drew a code that was taken
    with_words = _("Sent by the customer")
    try:
        return investigating.add_evidence(by(row), row, kind=Evidence.Kind.FILE, text=with_words, shows_on=row.hall.day_of(now), upload=photo, now=now)
    except Refused as refusal:
        raise Refused(str(refusal), field="photos") from refusal


@transaction.atomic
def answer(own, *, text, photos, now):
    """What the customer says on the page, with what they add."""
    if not text and not photos:
        raise Refused(_("Write a few words, or choose a photo."), field="text")
    for photo in photos:
        attach(queries.target_of(own), photo, now)
    timing.customer_word(by(own), own, text=text or _("Sent %(n)s photos.") % {"n": len(photos)}, channel=Channel.WEB, now=now)


def decide(own, *, accepted, text, now):
    """Say yes or no to the offer; a yes on the page is the consent."""
    row = queries.target_of(own)
    solving.answer_round(by(own), row, answer="accepted" if accepted else "refused", opinion=text, consent_by=Method.PAGE if accepted else "", now=now)


def rate(own, *, stars, text, now):
    """Say how satisfied they are, once a turn."""
    following.rate(by(own), queries.target_of(own), stars=stars, comment=text, method=Method.PAGE, now=now)


def again(own, *, text, now):
    """Say that it is not solved: it is handled again, or opened again within the days that the regulation gives."""
    row = queries.target_of(own)
    act = following.handle_again if row.state == states.IMPLEMENTED else following.reopen
    with transaction.atomic():
        row = act(by(own), row, reason=text, now=now)
        timing.customer_word(by(own), row, text=text, channel=Channel.WEB, now=now)


@transaction.atomic
def urge(own, *, text, now):
    """Ask for speed; once a day is kept."""
    row = Complaint.objects.select_for_update(of=("self",), no_key=True).get(pk=queries.target_of(own).pk)
    if queries.urged(row, now):
        raise Refused(_("We have heard you. You can urge again tomorrow."))
    with override("zh-hans"):
        usual = _("The customer asks for speed.")
    timing.urge(by(own), row, text=text or usual, now=now)


def withdraw(own, *, text, now):
    """Take it back."""
    with override("zh-hans"):
        usual = _("The customer has taken it back on the tracking page.")
    following.withdraw(by(own), queries.target_of(own), reason=text or usual, method=Method.PAGE, now=now)
