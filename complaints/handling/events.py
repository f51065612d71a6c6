"""What complaints tell the rooms that listen, inside the transaction of the act."""
from django.dispatch import Signal

complaint_changed = Signal()  # verb, complaint, actor, now: after every verb, with the complaint as it stands now
customer_spoke = Signal()  # complaint, entry, now: the customer's word came, by whatever channel
