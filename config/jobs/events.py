"""What long work tells the rooms above, inside the transaction that ends it."""
from django.dispatch import Signal

job_ended = Signal()  # job_id, now: done, failed or cancelled
