"""What the archive tells the rooms above it, inside the transaction and with ids alone."""
from django.dispatch import Signal

items_missing = Signal()  # stocktaking_id, item_ids, actor, now: what a closed stocktaking did not find
