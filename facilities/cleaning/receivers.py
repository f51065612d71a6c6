"""What the cleaning room hears of others."""
from django.dispatch import receiver

from config.accounts.actor import Actor
from facilities.cleaning import services
from staff.duties.events import duties_missed


@receiver(duties_missed, dispatch_uid="cleaning")
def rounds_missed(sender, schedule, kind, record_ids, now, **more):
    """A round that nobody did until the hall closed is missed."""
    if kind == services.KIND:
        services.miss(Actor.system(schedule), record_ids, now=now)
