"""The areas of a hall (FAC-01): where visitors are guided, what is cleaned, where equipment stands."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from facilities.areas.permissions import Can


class AreaQuerySet(models.QuerySet):
    """Areas by viewer."""

    def visible_to(self, user):
        """The areas of the halls in reach."""
        far = reach(user, Can.READ)
        return self if far.everything else self.filter(hall_id__in=far.halls | far.own_halls)


class Area(Versioned):
    """One area of a hall; `capacity` is the number of visiting parties it takes at once."""

    class Kind(models.TextChoices):
        """The kinds of FAC-01."""

        RECEPTION = "reception", _("Reception area")
        NEGOTIATION = "negotiation", _("Negotiation area")
        DESIGN = "design", _("Design area")
        MATERIAL = "material", _("Material display area")
        WAITING = "waiting", _("Waiting area")
        OFFICE = "office", _("Office")
        DISPLAY = "display", _("Display zone")
        STORE_ROOM = "store_room", _("Store room")

    FOR_VISITORS = (Kind.RECEPTION, Kind.NEGOTIATION, Kind.DESIGN, Kind.MATERIAL, Kind.WAITING, Kind.DISPLAY)

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="areas", verbose_name=_("hall"))
    name = TranslatedText(pgettext_lazy("thing", "name"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    floor = models.CharField(_("floor"), max_length=10, blank=True)
    capacity = models.PositiveSmallIntegerField(_("capacity"), default=1)
    responsible = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="areas",
                                    verbose_name=_("responsible person"))
    is_active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(name="area_takes_somebody", condition=models.Q(capacity__gte=1))]

    def __str__(self):
        return str(self.name)
