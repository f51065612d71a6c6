"""What the organisation tells the rooms above it, inside the transaction and with ids alone."""
from django.dispatch import Signal

person_left = Signal()  # employee_id, day (the first day away), actor, now
