"""What will hold, told while somebody types it: one sentence a parameter."""
from django.utils.translation import gettext as _

from config.web.templatetags import hk
from staff.regulation.parameters import kinds, queries, words
from staff.regulation.parameters.models import ParameterChange


def sentence(key, answers):
    """[text] of what ChangeForm's answers ask: from when, where, what instead of what; or what is wrong with them."""
    asked, hall, position, day = answers["asked"], answers["hall"], answers.get("position"), answers["valid_from"]
    if not answers["ends"]:
        wrong = next(filter(None, (kinds.problem(one, value) for one, value in asked.items())), "")
        if not wrong and (found := kinds.problem_together(asked)):
            wrong = found[1]
        if wrong:
            return [wrong]
    change = ParameterChange(subject=key, values=asked, hall=hall, position=position, valid_from=day)
    head = {"day": hk.long_day(day), "place": words.place(hall, position)}
    return [in_words(effect, head) for effect in queries.effects(change) if effect.before != effect.after] or [
        _("%(place)s: nothing changes by this on %(day)s.") % head]


def in_words(effect, head):
    """One effect as a sentence."""
    return _("From %(day)s on, %(place)s: %(what)s – %(after)s instead of %(before)s.") % {
        **head, "what": effect.meaning, "after": effect.after, "before": effect.before}
