"""What a person holds in the archive: the archives and items they keep. Handed over when they leave."""
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from staff.archive import states
from staff.archive.models import ArchiveItem, HallArchive
from staff.archive.permissions import Can
from staff.organisation.holdings import give

register(key="archives_kept", label=_("Archives kept"), owned=lambda employee: HallArchive.objects.filter(keeper=employee), hand_over=give("keeper"),
         capability=Can.DECIDE)
register(key="archive_items_kept", label=_("Archive items kept"),
         owned=lambda employee: ArchiveItem.objects.filter(~Q(state=states.DESTROYED), keeper=employee), hand_over=give("keeper"), capability=Can.DECIDE)
