"""What follow-ups tell the rooms above, inside the transaction of the act."""
from django.dispatch import Signal

follow_up_recorded = Signal()  # follow_up, problems (texts), actor, now: what the customer said is kept
follow_up_tried = Signal()  # follow_up, method, note, actor, now: the customer was tried in vain
