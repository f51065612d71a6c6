"""What becomes of a mail: a new complaint, a customer's word on the complaint that it answers, nothing, or something for a person to look at
(FIELD 2.1 row 8). Each mail once, by its Message-ID; one that breaks anything is parked and keeps none of the others waiting."""
import hashlib
import logging
import re
import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.handling.models import Channel, Complaint, Kind
from complaints.handling.services import registering, timing
from complaints.handling.services.common import KIND, employee_of
from complaints.intake import letters, mailbox
from complaints.intake.models import MAIL, ComplaintChannel, IncomingMail
from config.accounts import trace
from config.accounts.actor import Actor
from config.errors import Refused
from config.outbox.models import Message
from config.web import uploads
from config.web.models import Attachment
from staff.organisation.models import Hall

log = logging.getLogger(__name__)
State = IncomingMail.State
STATUS, LONGEST = "complaint-mailbox", 45  # the cache key of how the last reading went; seconds of one reading, the next comes after 300
MOST_A_DAY = 20  # complaints of one sender by mail; what comes beyond is looked at by a person
OURS = re.compile(r"<(.{1,120})@hallkeeper>")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = 2000  # characters of a line of the story


def read_mailbox(where, *, now):
    """Read what is new in the mailbox; returns how many mails. How it went stands on the page of mails."""
    count, until, problem = 0, time.monotonic() + LONGEST, ""
    try:
        with mailbox.opened(where) as connection:
            for found in mailbox.new(connection, known=known, now=now):
                count += keep(found, where=where, now=now)
                mailbox.mark_read(connection, found.uid)
                if time.monotonic() > until:
                    break
    except mailbox.NotRead as said:
        problem = str(said)
        log.warning("the complaint mailbox could not be read: %s", problem)
    cache.set(STATUS, {"at": now, "problem": problem}, None)
    return count


def known(keys):
    """Of these keys of mails, those that were read before."""
    return set(IncomingMail.objects.filter(message_id__in=keys).values_list("message_id", flat=True))


def keep(found, *, where, now):
    """Take one mail in; what goes wrong with it parks it. Returns whether it was new."""
    try:
        return bool(receive(found, where=where, now=now))
    except IntegrityError:  # another process reads the same mailbox and was first
        if known([found.key]):
            return False
        problem = "IntegrityError"
    except Refused as said:
        park(found, problem=str(said), now=now)
        return True
    except Exception as wrong:  # one mail may not stop the others; what it was stands in the log
        log.exception("a mail could not be taken in")
        problem = type(wrong).__name__
    park(found, problem=_("Taking it in failed: %(problem)s") % {"problem": problem}, now=now)
    return True


def park(found, *, problem, now, letter=None, complaint=None, hall=None):
    """Leave it to a person, with its files; returns the row."""
    row = IncomingMail(
        message_id=found.key, hall=hall or hall_for([]), received_at=min(found.arrived_at or now, now), read_at=now, state=State.PARKED, problem=problem[:300],
        sender=letter.sender if letter else "", sender_name=letter.name if letter else "", subject=letter.subject if letter else "",
        text=letter.text if letter else "", complaint=complaint)
    actor = Actor.system(STATUS)
    trace.save(actor, row, act="parked")
    if letter:
        lost = keep_files(actor, letter, kind=MAIL, record_id=row.pk, hall_id=row.hall_id, now=now)
        if lost:
            row.problem = f"{row.problem} {not_kept(lost)}"[:300]
            row.save(update_fields=["problem"])
    return row


@transaction.atomic
def receive(found, *, where, now):
    """Decide over one mail; returns its row."""
    if found.too_large:
        return park(found, problem=_("The mail is too large to be read. Open it in the mailbox."), letter=safely(found.raw), now=now)
    try:
        letter = letters.read(found.raw)
    except letters.Unreadable as problem:
        return park(found, problem=_("The mail cannot be read (%(problem)s). Open it in the mailbox.") % {"problem": problem}, now=now)
    hall = hall_for(letter.to)
    if letter.machine or letter.sender in own_addresses(where):
        return written(found, letter, hall, State.IGNORED, problem=_("Sent by a machine: %(sign)s") % {"sign": letter.machine or _("our own address")}, now=now)
    complaint, sure = meant(letter)
    if complaint and sure:
        return thread(found, letter, complaint, now=now)
    if complaint:
        return park(found, letter=letter, complaint=complaint, hall=complaint.hall, now=now,
                    problem=_("Somebody else answers to complaint %(number)s.") % {"number": complaint.number})
    if why := not_by_itself(letter, now):
        return park(found, letter=letter, hall=hall, problem=why, now=now)
    return take_new(found, letter, hall, now=now)


def safely(raw):
    """The Letter of a head alone, or None."""
    try:
        return letters.read(raw)
    except letters.Unreadable:
        return None


def not_by_itself(letter, now):
    """Why a new complaint is not made of it by itself, in words; '' where it is."""
    if not letter.sender:
        return _("It has no sender who could be answered.")
    if not letter.text and not letter.subject:
        return _("It has no words.")
    lately = IncomingMail.objects.filter(sender=letter.sender, state=State.TAKEN, read_at__gt=now - timedelta(days=1)).count()
    return _("This sender wrote %(n)s complaints within a day.") % {"n": lately} if lately >= MOST_A_DAY else ""


def meant(letter):
    """(the complaint that a mail belongs to or None, whether its sender is surely the customer): by the code in the subject, or by a mail that it
    answers. Numbers of our own mails can be guessed, so a foreign sender is never taken for the customer."""
    found = Complaint.objects.select_related("hall").filter(public_code__in=letter.codes).order_by("pk").first() or answered(letter.answers)
    if found is None:
        return None, False
    wrote = IncomingMail.objects.filter(complaint=found, state__in=[State.TAKEN, State.THREADED]).values_list("sender", flat=True)
    return found, bool(letter.sender) and letter.sender in {found.contact_email.lower(), *wrote}


def answered(ids):
    """The complaint of the mails with these Message-IDs: what we sent of it, or what came of it before."""
    ours = [match[1] for one in ids if (match := OURS.fullmatch(one))]
    sent = Message.objects.filter(key__in=ours, kind=KIND).order_by("-pk").values_list("record_id", flat=True).first()
    if sent is None:
        sent = IncomingMail.objects.filter(message_id__in=ids, complaint__isnull=False).order_by("-pk").values_list("complaint_id", flat=True).first()
    return Complaint.objects.select_related("hall").filter(pk=sent).first() if sent else None


def thread(found, letter, complaint, *, now):
    """The customer's answer lands on the complaint and ends a pause, with its files."""
    actor = Actor.customer(complaint.number)
    text = letter.text or letter.subject or _("A mail without words.")
    lost = keep_files(actor, letter, kind=KIND, record_id=complaint.pk, hall_id=complaint.hall_id, now=now)
    if lost:
        text = f"{text[:WORD - 200]}\n{not_kept(lost)}"
    timing.customer_word(actor, complaint, text=text[:WORD], channel=Channel.EMAIL, now=now, key=entry_key(found.key))
    return written(found, letter, complaint.hall, State.THREADED, complaint=complaint, now=now)


def take_new(found, letter, hall, *, now):
    """A new complaint, not yet judged by one of us."""
    actor = Actor.system(STATUS)
    row = registering.register(
        actor, kind=Kind.COMPLAINT, hall=hall, channel=Channel.EMAIL, received_at=min(found.arrived_at or now, now), matter=matter_of(letter),
        contact_name=letter.name, contact_email=letter.sender, language=language_of(letter), assessed=False, now=now)
    lost = keep_files(actor, letter, kind=KIND, record_id=row.pk, hall_id=hall.pk, now=now)
    if lost:
        timing.note(actor, row, text=not_kept(lost), now=now)
    return written(found, letter, hall, State.TAKEN, complaint=row, now=now)


def matter_of(letter):
    """The subject and what was written."""
    return "\n".join(one for one in (letter.subject, letter.text) if one)[:letters.MOST_TEXT]


def language_of(letter):
    """The language of the answers: Chinese where any of it is written so."""
    return "zh-hans" if CHINESE.search(letter.subject + letter.text) else "en"


def entry_key(key):
    """The key of a line of the story for a mail."""
    return f"mail:{hashlib.sha256(key.encode()).hexdigest()}"


def keep_files(actor, letter, *, kind, record_id, hall_id, now):
    """Keep the files of a mail that may be kept; returns the names of the others."""
    lost = []
    for name, data in letter.files:
        try:
            with transaction.atomic():
                uploads.attach(actor, kind=kind, record_id=record_id, hall_id=hall_id, upload=letters.as_upload(name, data), now=now)
        except Refused:
            lost.append(uploads.shown_name(name))
    return lost + ["…"] * bool(letter.more_files)


def not_kept(names):
    """The word about files that were not kept."""
    return _("Files not kept: %(names)s") % {"names": ", ".join(names)[:150]}


def written(found, letter, hall, state, *, now, problem="", complaint=None):
    """The row of a mail that was decided over."""
    row = IncomingMail(message_id=found.key, hall=hall, received_at=min(found.arrived_at or now, now), read_at=now, sender=letter.sender,
                       sender_name=letter.name, subject=letter.subject, text=letter.text, state=state, problem=problem, complaint=complaint)
    return trace.save(Actor.system(STATUS), row, act="received")


def hall_for(addresses):
    """Whose mail it is: the hall with one of these addresses as its channel, else the first with a mail channel, else the first hall."""
    channels = list(ComplaintChannel.objects.filter(kind=Channel.EMAIL, is_active=True).select_related("hall").order_by("hall_id", "pk"))
    found = next((one for one in channels if one.value.lower() in addresses), None) or next(iter(channels), None)
    return found.hall if found else Hall.objects.order_by("pk").first()


def own_addresses(where):
    """The addresses of the house itself: what comes from them is no customer's."""
    return {where["user"].lower(), letters.known_address(settings.DEFAULT_FROM_EMAIL)}


def locked(mail):
    """The mail, locked, while it waits or was ignored. Raises Refused once somebody has decided."""
    row = IncomingMail.objects.select_for_update(of=("self",)).select_related("hall").get(pk=mail.pk)
    if row.state not in (State.PARKED, State.IGNORED):
        raise Refused(_("This mail is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


@transaction.atomic
def take(actor, mail, *, kind, matter, impact, urgency, safety, now):
    """Somebody makes a complaint of it, and has judged it."""
    row = locked(mail)
    complaint = registering.register(
        actor, kind=kind, hall=row.hall, channel=Channel.EMAIL, received_at=row.received_at, matter=matter, contact_name=row.sender_name,
        contact_email=row.sender, impact=impact, urgency=urgency, safety=safety, language="zh-hans" if CHINESE.search(matter) else "en", now=now)
    return decided(actor, row, State.TAKEN, complaint, now=now)


@transaction.atomic
def join(actor, mail, *, complaint, now):
    """Somebody sees that it is the customer's word on this complaint."""
    row = locked(mail)
    timing.customer_word(Actor.customer(complaint.number), complaint, text=matter_of_row(row)[:WORD], channel=Channel.EMAIL, now=now,
                         key=entry_key(row.message_id))
    return decided(actor, row, State.THREADED, complaint, now=now)


def matter_of_row(row):
    """What a kept mail says."""
    return "\n".join(one for one in (row.subject, row.text) if one) or _("A mail without words.")


@transaction.atomic
def ignore(actor, mail, *, reason, now):
    """It is no complaint: nothing comes of it, and why."""
    row = locked(mail)
    row.problem = reason
    return decided(actor, row, State.IGNORED, row.complaint, now=now)


def decided(actor, row, state, complaint, *, now):
    """A person decided over a mail; its files go with it."""
    row.state, row.complaint, row.decided_by, row.decided_at = state, complaint, employee_of(actor), now
    trace.save(actor, row, "state", "complaint", "problem", "decided_by", "decided_at", act="decided")
    if complaint is not None and state != State.IGNORED:
        Attachment.objects.filter(kind=MAIL, record_id=row.pk).update(kind=KIND, record_id=complaint.pk, hall_id=complaint.hall_id)
    return row
