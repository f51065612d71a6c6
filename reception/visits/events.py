"""The signals the visits room sends, with ids, inside the transaction of the act."""
from django.dispatch import Signal

visit_logged = Signal()   # visit_id, hall_id
visit_closed = Signal()   # visit_id, hall_id, outcome, assumed
