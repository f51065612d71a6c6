"""The cells of the records behind a figure; drawn without a template."""
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import KINDS
from config.web.lists import Column
from config.web.templatetags import hk


def with_rights(kind, rows, user):
    """The records of this kind, each with `may_open`; who may not read one learns that it was counted, not whose it is."""
    kind = KINDS.get(kind)
    found = list(rows.select_related(*kind.joins))
    seen = set(kind.visible_to(user).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True)) if found else set()
    for row in found:
        row.may_open = row.pk in seen
    return found


def title(kind, row):
    """The record in words."""
    return str(kind.title(row)) if row.may_open else _("%(kind)s, not yours to open") % {"kind": kind.label}


def columns(member, *, left_out=None):
    """The columns of an indicator's or a control's records; `left_out` are the reasons where they were left out."""
    kind = KINDS.get(member.kind)

    def record(row):
        if not row.may_open:
            return format_html('<span class="dim">{}</span>', title(kind, row))
        return format_html('<a href="{}">{}</a>', kind.address(row), title(kind, row))

    found = [Column("record", gettext_lazy("Record"), lambda row: title(kind, row), draw=record),
             Column("moment", gettext_lazy("When"), lambda row: getattr(row, member.moment), sort=member.moment,
                    draw=lambda row: hk.when(getattr(row, member.moment)), css="num bare")]
    if left_out is not None:
        found.append(Column("why", gettext_lazy("Left out because"), lambda row: str(left_out[row.why])))
    elif member.tells:
        found.append(Column("tells", gettext_lazy("What it adds"), member.tells))
    return found
