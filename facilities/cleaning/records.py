"""Cleaning rounds as other rooms point at them."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import register
from config.web.templatetags.hk import day
from facilities.cleaning.services import KIND


def title(rnd):
    """What a link shows."""
    return _("Cleaning round of %(day)s") % {"day": day(rnd.day)}


register(key=KIND, model="facilities.CleaningRound", label=gettext_lazy("Cleaning round"), title=title, page="round", confidentiality="internal")
