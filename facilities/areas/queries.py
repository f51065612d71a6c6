"""Reads over areas."""
from config.accounts.access import reach
from facilities.areas.models import Area
from facilities.areas.permissions import Can
from staff.organisation.models import Hall


def halls_kept(user):
    """The halls whose areas this person keeps."""
    far = reach(user, Can.EDIT)
    return Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls)


def areas_kept(user):
    """The areas this person keeps."""
    return Area.objects.filter(hall__in=halls_kept(user))


def areas_for_visitors(hall):
    """The areas of a hall to which visitors are guided."""
    return Area.objects.filter(hall=hall, is_active=True, kind__in=Area.FOR_VISITORS)
