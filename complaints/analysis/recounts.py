"""What `manage.py verify` counts anew of complaints: each complaint as it is counted, and the sums by hall and day."""
from complaints.analysis import rollup
from config.contributions import recounts

recounts.register(key="complaint-facts", label="each complaint as it is counted", differences=rollup.facts_apart)
recounts.register(key="complaint-sums", label="complaints by hall and day", differences=rollup.sums_apart)
