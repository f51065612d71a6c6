"""Rows of config's own tables that tell of people without pointing at them: found by what stands in them.

A file is dropped whole: a register or a list of many people cannot be redacted without writing it anew, and each row that came of it
is in the database already.
"""
import json
from urllib.parse import unquote_plus

from django.apps import apps
from django.db.models import Q

from config.contributions.personal import SIGN
from config.contributions.records import KINDS
from config.privacy.contents import file_tells_of, tells_of


def messages(people):
    """What went to their addresses, whatever it was about."""
    return Q(address__in=people.known.addresses)


def job_files(people):
    """Files of long work, read or made, that tell of them."""
    return Q(pk__in=people.once("job files", lambda: files_of(rows_of("config.JobFile"), people)))


def files_of(rows, people, field="content"):
    """The ids of the rows whose file tells of them; one file in memory at a time."""
    found = rows.order_by("pk").values_list("pk", field).iterator(chunk_size=1)
    return [pk for pk, content in found if content and file_tells_of(content, people.known)]


def drafts(people):
    """What somebody typed about them, or on a page of one of their records."""
    places = tuple(kind.address(kind.model_class(pk=pk)) for kind in KINDS.all() if kind.page for pk in people.records.get(kind.key, ()))
    return Q(pk__in=[draft.pk for draft in rows_of("config.Draft")
                     if draft.path.startswith(places) or tells_of(text_of(draft.typed) + "\n" + draft.title, people.known)])


def runs(people):
    """Acts on many rows whose account names them."""
    return Q(pk__in=[run.pk for run in rows_of("config.BulkRun") if tells_of(text_of([run.results, run.answers]), people.known)])


def results_without(results, people):
    """The account of an act on many rows without their names."""
    return [[pk, *(SIGN if tells_of(str(text), people.known) else text for text in texts)] for pk, *texts in results]


def answers_without(answers, people):
    """What an act on many rows was answered with, unless it tells of them."""
    return {} if tells_of(text_of(answers), people.known) else answers


def views(people):
    """Lists narrowed to them by name."""
    return Q(pk__in=[view.pk for view in rows_of("config.SavedView") if tells_of(f"{view.name}\n{unquote_plus(view.query)}", people.known)])


def rows_of(label):
    """The rows of a model."""
    return apps.get_model(label)._base_manager.all()


def text_of(value):
    """Plain data as one text, its characters as they are."""
    return json.dumps(value, ensure_ascii=False)
