"""The figures listen to the register: whatever saves a complaint is counted in the same transaction."""
from django.db.models.signals import post_save
from django.dispatch import receiver

from complaints.analysis import rollup
from complaints.handling.models import Complaint


@receiver(post_save, sender=Complaint, dispatch_uid="complaint-figures")
def counted(instance, raw=False, **_facts):
    """Count it as it stands now."""
    if not raw:
        rollup.keep(instance)
