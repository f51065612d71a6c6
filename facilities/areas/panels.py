"""The areas of a hall on its page."""
from config.contributions.panels import register
from facilities.areas.models import Area


def of_hall(hall, user):
    """The areas of a hall, as far as this viewer sees them."""
    areas = list(Area.objects.visible_to(user).filter(hall=hall, is_active=True).select_related("responsible"))
    return {"areas": areas} if areas else None


register(key="areas", place="hall", template="facilities/areas/_of_hall.html", context=of_hall, order=10)
