"""The web application, as gunicorn loads it."""
import os

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with env.one_sentence():
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
