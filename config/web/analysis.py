"""The base of every page of figures: all of them stand under the same bar (GEN-17)."""
from django.utils import timezone

from config.web import period_bar
from config.web.context import current_hall
from config.web.pages import Page


class AnalysisPage(Page, abstract=True):
    """A page of figures: `asked` reads the bar, and the template shows it with `parts/period_bar.html`.

    `halls()` are those in reach, `whose(period, halls)` the teams and people of a period as [(kind, id, name)]. `kept` names what else of
    the address stays when something is chosen in the bar.
    """

    kept = ()

    def halls(self):
        """The halls whose figures this person may see."""
        raise NotImplementedError

    def whose(self, period, halls):
        """The teams and people whose figures this person may ask for."""
        raise NotImplementedError

    def asked(self, halls):
        """(the PeriodBar of this request, the team or person chosen as (kind, id, name) or None)."""
        chosen, now, known = current_hall(self.request), timezone.now(), []

        def people_of(period):
            known.extend(self.whose(period, halls))
            return period_bar.choices_of(known)

        today = max((hall.day_of(now) for hall in halls), default=timezone.localdate())
        bar = period_bar.read(self.request, halls=[(hall.pk, str(hall)) for hall in halls], hall_id=chosen and chosen["id"], today=today, who=people_of)
        bar.kept = [(name, self.request.GET[name]) for name in self.kept if name in self.request.GET]
        return bar, next((one for one in known if period_bar.key_of(one) == bar.who), None)
