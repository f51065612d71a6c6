"""What the floors are made of: bare views over hand-written statements, and the one plain template that shows what they read."""
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

from config.contributions import bench

PROCESSORS = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
              "django.contrib.messages.context_processors.messages"]


@cache
def addresses():
    """The addresses of every bare view, `/<act>/` and below."""
    return tuple(path(f"{act.key}/{rest}", login_required(view)) for act in bench.acts() for rest, view in act.views)


def own_addresses(get_response):
    """Middleware: this request is for the bare views."""
    def lead(request):
        request.urlconf = addresses()
        return get_response(request)
    return lead


def read(statement, *values):
    """The rows of a hand-written statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def write(statement, *values):
    """The first value that a hand-written statement returns, or None where it returns no row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return (cursor.fetchone() or (None,))[0] if cursor.description else None


@cache
def engine():
    """A template engine as a new project has it, for the template of the floors alone."""
    return DjangoTemplates({"NAME": "bare", "DIRS": [settings.BASE_DIR / "templates" / "bench"], "APP_DIRS": False,
                            "OPTIONS": {"context_processors": PROCESSORS}})


def show(request, *tables, choices=()):
    """A page of tables of rows, with a form of choices where some are given."""
    return HttpResponse(engine().get_template("bare.html").render({"tables": tables, "choices": choices}, request))
