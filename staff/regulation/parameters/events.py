"""Signals of the parameters, sent inside the transaction; rooms above tell people of them."""
from django.dispatch import Signal

change_asked = Signal()  # change_id, actor, now: HR is asked to confirm another value
change_decided = Signal()  # change_id, actor, now: it was confirmed or declined; the actor knows whom they represent
change_withdrawn = Signal()  # change_id, actor, reason, now: what waited, or had not begun, was taken back
