"""What the portal hears of the handling: a complaint with an e-mail address came in, a line is told by e-mail."""
from django.db.models.signals import post_save
from django.dispatch import receiver

from complaints.handling.events import complaint_changed
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Method
from complaints.portal import letters

SENT = (ComplaintEntry.Kind.TOLD, ComplaintEntry.Kind.ASKED)


@receiver(complaint_changed, dispatch_uid="complaint-receipt")
def registered(sender, verb, complaint, actor, now, **more):
    """A receipt goes to the address that was given."""
    if verb == "register" and complaint.contact_email:
        letters.receipt(complaint, now=now)


@receiver(post_save, sender=ComplaintEntry, dispatch_uid="complaint-letter")
def written(sender, instance, created, raw=False, **more):
    """What is told by e-mail leaves as one, in the transaction of the act."""
    if created and not raw and instance.kind in SENT and instance.method == Method.EMAIL and instance.complaint.contact_email:
        letters.letter(instance)
