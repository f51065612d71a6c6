"""The record of an incident as text, as the archive keeps it."""
from django.utils.translation import gettext as _

from config.web.templatetags.hk import long_day, moment


def text_of(row):
    """All that is known of an incident, line by line, in the language of who files it."""
    lines = [f"{row.number} {row.get_kind_display()}", f"{row.hall} · {row.place}", f"{_('Happened')}: {moment(row.happened_at)}",
             f"{_('Reported at')}: {moment(row.reported_at)} {row.reported_by or ''}", row.description, f"{_('Verdict')}: {row.verdict} ({row.confirmed_by})"]
    lines += [f"{moment(entry.at)} {entry.by}: {entry.get_what_display()} · {entry.text}" for entry in row.entries.select_related("by")]
    lines += [f"{_('Loss')}: {row.loss or '—'}", f"{_('Cause')}: {row.cause}", f"{_('Lessons')}: {row.lessons}"]
    lines += [f"{_('Measure')}: {one.what} · {one.owner} · {long_day(one.due_on)}" for one in row.measures.select_related("owner")]
    return "\n".join(lines) + "\n"
