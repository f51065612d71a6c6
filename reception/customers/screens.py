"""What the customer files carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from reception.customers.permissions import Can

register(key="customers", label=_("Customer files with all that was said"), page="customers", capability=Can.READ, kind="customer",
         rows=("REC-25", "REC-28", "REC-30"))
register(key="duplicates", label=_("Files that may be the same customer"), page="duplicates", capability=Can.EDIT, rows=("REC-23",))
register(key="incomplete-files", label=_("Files that lack a field, and fields to confirm with the customer"), page="incomplete_files", capability=Can.READ,
         rows=("REC-22",))
