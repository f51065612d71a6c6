"""Long work as other rooms point at it."""
from django.utils.translation import gettext_lazy as _

from config.contributions import records

records.register(key="job", model="config.Job", label=_("Long work"), title=lambda job: job.shown_title, page="job", confidentiality="confidential")
