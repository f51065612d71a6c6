"""The entry of snippets in the side column."""
from django.utils.translation import gettext_lazy as _

from config.contributions import navigation
from staff.communication.permissions import Can

navigation.register(key="snippets", chapter="staff", label=_("Snippets"), page="snippets", capability=Can.READ, order=65,
                    words="snippets sentences duanyu 短语 常用语")
navigation.offer_act(key="new-snippet", label=_("New snippet"), page="new_snippet", capability=Can.EDIT, order=40, words="duanyu 短语")
navigation.tell_keys(key="snippets", label=_("In any text"), capability=Can.READ, order=5, keys=((";", _("A snippet: then its initials, then Enter")),))
