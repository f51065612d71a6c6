"""What a person holds in the improvement room: items they are responsible for or re-check, suggestions they answer. Handed over when they leave."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts import trace
from config.contributions.holdings import register
from staff.duties import services as duties
from staff.improvement import queries, services, states
from staff.improvement.models import Action
from staff.improvement.permissions import Can
from staff.improvement.suggestions import services as suggestions
from staff.improvement.suggestions.models import Suggestion
from staff.improvement.suggestions.states import TO_ANSWER

BEFORE = (*states.TO_AGREE, *states.TO_DO)  # the owner has something to do


def pass_on(actor, row, whose, now):
    """Ask the same of another person."""
    duties.withdraw(actor, services.KIND, row.pk, reason="", now=now, employee=whose)
    services.ask(row)


def hand_over(field, other):
    """A hand-over that puts the successor into `field`; who is named in `other` already cannot be both and is asked no more there."""
    def give(actor, records, to, now, reason=""):
        for row in records.select_for_update(of=("self",)).select_related(*services.JOINS):
            was, names = getattr(row, field), [field]
            setattr(row, field, to)
            if getattr(row, f"{other}_id") == to.pk:
                names.append("checker")
                row.checker = queries.judges([row], timezone.localtime(now).date())[row.pk]
            trace.save(actor, row, *names, act="handed over", reason=reason)
            pass_on(actor, row, was, now)
    return give


register(key="actions_owned", label=_("Improvement items"), owned=lambda employee: Action.objects.filter(owner=employee, state__in=BEFORE),
         hand_over=hand_over("owner", "checker"), capability=Can.EDIT)
register(key="actions_to_check", label=_("Re-checks of improvements"),
         owned=lambda employee: Action.objects.filter(checker=employee, rechecked_at=None, state__in=(*BEFORE, states.DONE)),
         hand_over=hand_over("checker", "owner"), capability=Can.EDIT)
register(key="suggestions_to_answer", label=_("Suggestions to answer"),
         owned=lambda employee: Suggestion.objects.filter(assigned_to=employee, state__in=TO_ANSWER), hand_over=suggestions.hand_over,
         capability=Can.EDIT)
