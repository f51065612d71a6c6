"""What this room tells the rooms above, inside the transaction."""
from django.dispatch import Signal

choice_made = Signal()  # customer_id, choice, reason: "declined" and "do_not_contact" end sales attempts (REC-28)
files_merged = Signal()  # kept_id, merged_id
