"""What snippets bring to every page: the address that a text field asks, for who may use them."""
from django.urls import reverse

from config.accounts.access import may
from config.contributions.panels import register
from staff.communication.permissions import Can


def of_shell(_record, user):
    """Where to ask; None for who has no hall with snippets."""
    return {"address": reverse("find_snippets")} if may(user, Can.READ) else None


register(key="snippets", place="shell", template="staff/communication/_shell.html", context=of_shell)
