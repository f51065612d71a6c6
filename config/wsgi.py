"""The web application, as gunicorn loads it."""
import os

from config import env
from config.stack import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with env.one_sentence():
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    from config.embedded.demo_mark import refuse_demo_data

    application = roomy(get_wsgi_application())
    _ = get_resolver().url_patterns  # an address that cannot be loaded shows at start, not at the first visit
    refuse_demo_data()
