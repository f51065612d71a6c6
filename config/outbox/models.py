"""What must leave the house: one row a message, written in the business transaction."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Message(models.Model):
    """One message to the outside. `key` makes it unique by text, record and moment; `uncertain` means nobody knows whether it went."""

    class State(models.TextChoices):
        """Where the message stands."""

        WAITING = "waiting", pgettext_lazy("message", "waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("uncertain")
        PARKED = "parked", pgettext_lazy("message", "parked")

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="outbox_waiting"),
                   models.Index(fields=["kind", "record_id"], name="outbox_by_record")]
