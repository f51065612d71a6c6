"""What the promises carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from reception.promises.permissions import Can

register(key="promises", label=_("Promises to customers, followed until they are kept"), page="promises", capability=Can.READ, kind="promise",
         rows=("REC-29",))
