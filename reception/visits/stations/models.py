"""Stations of a hall, what its kiosk asks and its display says, and the notice of purpose in its versions."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from reception.visits.permissions import Can


class StationQuerySet(models.QuerySet):
    """Stations by viewer."""

    def visible_to(self, user, capability=Can.STATIONS):
        """The stations of the halls in reach."""
        far = reach(user, capability)
        return self if far.everything else self.filter(hall_id__in=far.halls)


class Station(Versioned):
    """A kiosk or a wall display. Whoever holds its key sees its screen and nothing else; only the key's hash is kept."""

    class Kind(models.TextChoices):
        """What it is."""

        KIOSK = "kiosk", _("Kiosk")
        DISPLAY = "display", _("Wall display")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="stations", verbose_name=_("hall"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"))
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(_("last sign of life"), null=True)
    revoked_at = models.DateTimeField(_("taken out of use"), null=True)
    history = HistoricalRecords(excluded_fields=["key_hash", "seen_at"])

    objects = StationQuerySet.as_manager()

    class Meta:
        ordering = ["hall", "pk"]

    def __str__(self):
        return self.name


class HallKiosk(Versioned):
    """What the kiosk of a hall asks beside the service, and how its display looks and speaks. A hall without a row asks nothing more."""

    class Ask(models.TextChoices):
        """How much a question is asked."""

        OFF = "off", pgettext_lazy("question", "not asked")
        OPTIONAL = "optional", _("may be answered")
        REQUIRED = "required", _("must be answered")

    class Spoken(models.TextChoices):
        """What is heard at a call."""

        BOTH = "zh_en", _("Chinese, then English")
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")
        CHIME = "chime", _("a chime alone")

    class Theme(models.TextChoices):
        """Light and dark."""

        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    hall = models.OneToOneField("staff.Hall", on_delete=models.CASCADE, related_name="kiosk")
    phone = models.CharField(_("telephone"), max_length=8, choices=Ask.choices, default=Ask.OFF)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=8, choices=Ask.choices, default=Ask.OFF)
    company = models.CharField(_("company"), max_length=8, choices=Ask.choices, default=Ask.OFF)
    party_size = models.CharField(_("number of people"), max_length=8, choices=Ask.choices, default=Ask.OFF)
    language = models.CharField(_("language"), max_length=8, default="zh-hans")
    theme = models.CharField(_("light and dark"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    spoken = models.CharField(_("spoken calls"), max_length=5, choices=Spoken.choices, default=Spoken.BOTH)
    repeats = models.PositiveSmallIntegerField(_("repeats"), default=2)
    volume = models.PositiveSmallIntegerField(_("volume"), default=80)
    mute_from = models.TimeField(_("silent from"), null=True, blank=True)
    mute_until = models.TimeField(_("silent until"), null=True, blank=True)
    night_from = models.TimeField(_("dimmed from"), null=True, blank=True)
    night_until = models.TimeField(_("dimmed until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(name="calls_are_repeated_some_times", condition=models.Q(repeats__gte=1, repeats__lte=5)),
            models.CheckConstraint(name="volume_is_a_percentage", condition=models.Q(volume__lte=100)),
        ]

    QUESTIONS = ("phone", "name", "company", "party_size")

    @property
    def asked(self):
        """The questions that are asked at all, in their order."""
        return [question for question in self.QUESTIONS if getattr(self, question) != self.Ask.OFF]


class KioskNotice(models.Model):
    """One version of what a hall tells visitors before it asks them anything (PIPL 17); an empty text stands for the house's own.

    Each visit from a kiosk names the number it was shown.
    """

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="kiosk_notices")
    number = models.PositiveSmallIntegerField()
    text = TranslatedText(_("notice of purpose"), blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="notice_number_once")]
