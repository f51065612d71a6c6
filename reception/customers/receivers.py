"""What the customers room does when two of its files become one."""
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.actor import Actor
from reception.customers.completeness_models import Confirmation
from reception.customers.events import files_merged
from reception.customers.services.completeness import MARK
from staff.duties import services as duties


@receiver(files_merged, dispatch_uid="marks of merged files")
def let_marks_go(sender, kept_id, merged_id, **more):
    """A field that was to be confirmed in both files is asked once: the duty of the mark that stays behind ends."""
    for pk in Confirmation.objects.filter(customer=merged_id, asked_at=None).values_list("pk", flat=True):
        duties.withdraw(Actor.system(MARK), MARK, pk, reason=_("asked in the file that was kept"), now=timezone.now())
