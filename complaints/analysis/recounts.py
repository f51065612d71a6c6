"""What `manage.py verify` counts anew of complaints: each complaint as it is counted, and the sums by hall and day."""
from django.utils.translation import gettext_lazy

from complaints.analysis import rollup
from config.contributions import recounts

recounts.register(key="complaint-facts", label=gettext_lazy("each complaint as it is counted"), differences=rollup.facts_apart)
recounts.register(key="complaint-sums", label=gettext_lazy("complaints by hall and day"), differences=rollup.sums_apart)
