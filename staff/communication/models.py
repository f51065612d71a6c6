"""Snippets: sentences that are written again and again, kept by each hall (UX 19)."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from staff.communication.permissions import Can


class SnippetQuerySet(models.QuerySet):
    """Snippets by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls in which the person works with this capability, or which it reaches."""
        far = reach(user, capability)
        return self if far.everything else self.filter(hall_id__in=far.halls | far.own_halls)


class Snippet(Versioned):
    """One sentence of a hall in up to three languages. `code` is what one types after a semicolon; {name}, {hall}, {time}, {date} and {me}
    in the text are filled in when it is used."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="snippets", verbose_name=_("hall"))
    code = models.CharField(_("initials"), max_length=12)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    text = TranslatedText(_("text"))
    history = HistoricalRecords()

    objects = SnippetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "code"], name="snippet_code_once_a_hall")]

    def __str__(self):
        return str(self.name)
