"""Signals of the duties room, sent inside the transaction."""
from django.dispatch import Signal

duties_missed = Signal()  # schedule, kind, record_ids, now: what nobody did in time; the room of the record says so there too
