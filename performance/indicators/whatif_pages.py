"""The page that judges the same records by other values of parameters (FIELD 2.7 row 11), and the records whose verdict changes. All that is
chosen stands in the address; nothing is kept."""
from urllib.parse import parse_qsl

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from config.contributions.figures import WHAT_IF
from config.privacy import log
from config.web.exports import csv_response
from config.web.forms import HallkeeperForm
from config.web.lists import Column, ListPage
from config.web.templatetags import hk
from performance.indicators import cells, queries, whatif
from performance.indicators.views import Figures, hall_of, query_of
from staff.regulation import values
from staff.regulation.parameters import kinds, words
from staff.regulation.parameters.fields import compose, fields_of
from staff.regulation.parameters.proposing import may_ask


def not_there():
    """Answer as for what does not exist."""
    raise Http404


class SupposeForm(HallkeeperForm):
    """Another value for each parameter that figures judge by; an empty one stays as it is. `held` are the values that hold now."""

    quiet_optional = True

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = list(held)
        for key, value in held.items():
            for name, field in fields_of(key).items():
                field.required = False
                field.help_text = " · ".join(filter(None, (_("now %(value)s") % {"value": words.shown(key, value)}, words.limits(key))))
                self.fields[name] = field

    def clean(self):
        """The values supposed, as they are counted with, under `asked`."""
        cleaned = super().clean()
        asked = {key: compose(key, cleaned) for key in self.keys if cleaned.get(key) is not None}
        for key, value in asked.items():
            if sentence := kinds.problem(key, value):
                self.add_error(key, sentence)
        return cleaned | {"asked": asked}

    @property
    def asked(self):
        """{key: value}, nothing where something cannot be read."""
        return self.cleaned_data["asked"] if self.is_bound and self.is_valid() else {}


class Supposing(Figures, abstract=True):
    """What the two pages share: the figures in reach that can be judged anew, the bar, the values supposed."""

    @cached_property
    def indicators(self):
        """The figures of the page."""
        return whatif.in_reach(self.request.user)

    @property
    def kept(self):
        """The parameters, whose values stay when another period is chosen."""
        return whatif.parameters_for(self.request.user)

    def supposed(self, bar):
        """(what holds, the form with what stands in the address, that as it was typed)."""
        keys = whatif.parameters_for(self.request.user)
        held = values.several(keys, bar.now.last, bar.hall_id) if keys else {}
        given = {key: self.request.GET[key] for key in held if self.request.GET.get(key, "").strip()}
        return held, SupposeForm(given or None, held=held), given


class WhatIf(Supposing):
    """Other values, and every figure before and after: of all, of each hall, of each person."""

    def get(self, request):
        """The page, or its numbers as a file."""
        halls, user = self.halls(), request.user
        bar, who = self.asked(halls)
        held, form, given = self.supposed(bar)
        asked, query = form.asked, query_of(bar, **given)
        touched = [one for one in self.indicators if set(one.read) & asked.keys()]
        counts = {(one.sort, one.key): whatif.counted(one, user, bar, who, asked) for one in touched}
        lines = [line(one, whatif.compared(counts[one.sort, one.key]), query, query_of(bar)) for one in touched]
        found, same = whatif.of_rows(counts, user, touched, halls, bar, who)
        rows = [{"row": row, "cells": [figure(one, of[one.sort, one.key], narrower(bar, row, given)) if (one.sort, one.key) in of else None
                                       for one in touched]} for row, of in found]
        if "csv" in request.GET and asked:
            log.note(request, "export", kind="indicator", fields=[one.key for one in touched], hall_id=bar.hall_id)
            return as_file(lines, rows, touched)
        return self.show("performance/indicators/what_if.html", {
            "bar": bar, "who": who, "hall": hall_of(halls, bar), "form": form, "chosen": query_of(bar), "query": query, "asked": asked,
            "supposed": [told(key, held[key], value, bar, may_ask(user, bar.hall_id)) for key, value in asked.items()],
            "examples": [] if given else [example(key, held[key], value, bar) for key, value in whatif.examples(held)],
            "lines": lines, "rows": rows, "touched": touched, "same": same, "limits": whatif.limits(user, bar, who, asked) if asked else [],
            "not_anew": whatif.not_anew(user), "carried": carried(bar), "own": own_values(asked, bar, halls)})


def carried(bar):
    """[(name, value)] of the bar, which the form of values sends along."""
    return parse_qsl(query_of(bar), keep_blank_values=True)


def told(key, held, value, bar, may_propose):
    """A value supposed in words, and the form that asks for it."""
    address = f"{reverse('change_parameter', args=[key])}?hall={bar.hall_id or ''}&{key}={value}"
    return {"key": key, "meaning": words.meaning(key), "before": words.shown(key, held), "after": words.shown(key, value),
            "same": held == value, "propose": address if may_propose else ""}


def example(key, held, value, bar):
    """An example as a link."""
    return told(key, held, value, bar, False) | {"url": f"{reverse(WHAT_IF)}?{query_of(bar, **{key: value})}"}


def own_values(asked, bar, halls):
    """[(meaning, names)] of the halls shown that keep a value of their own, where one is supposed for the company; a statement a parameter."""
    if bar.hall_id or not asked:
        return []
    found = []
    for key in asked:
        rows = values.ParameterValue.objects.filter(key=key, position=None, hall__in=halls, valid_from__lte=bar.now.last)
        having = set(rows.exclude(valid_until__lt=bar.now.first).values_list("hall_id", flat=True))
        if having:
            found.append((words.meaning(key), ", ".join(str(hall) for hall in halls if hall.pk in having)))
    return found


def narrower(bar, row, given):
    """The address's query of one person, or of one hall of those for which something is supposed."""
    return query_of(bar, row, **given) if row.kind == "person" else query_of(bar, of=row.pk, **given)


def line(judged, compared, query, own):
    """A figure before and after, with the page of it."""
    return figure(judged, compared, query) | {"judged": judged, "url": f"{reverse(judged.sort, args=[judged.key])}?{own}"}


def figure(judged, compared, query):
    """A Compared in words, with the list of the records whose verdict changes."""
    return {"label": judged.member.label, "before": per_cent(compared.before), "after": per_cent(compared.after),
            "difference": signed(compared.difference), "changed": compared.changed,
            "few": 0 < max(compared.before.whole, compared.after.whole) < queries.FEW,
            "records": f"{reverse('what_if_records', args=[judged.sort, judged.key])}?{query}"}


def per_cent(figure):
    """A share in words, as the page of its figure writes it."""
    return "—" if figure.value is None else f"{figure.value:g} %"


def signed(number):
    """A difference in points with its sign; a dash for none."""
    if number is None:
        return "—"
    return "0" if not number else f"{'+' if number > 0 else '−'}{abs(number):g}"


def as_file(lines, rows, touched):
    """The numbers as CSV: of all, then of each hall and person."""
    whole = [(str(one["judged"].member.label), "", one) for one in lines]
    parts = [(str(judged.member.label), line["row"].name, cell) for line in rows for judged, cell in zip(touched, line["cells"], strict=True) if cell]
    names = (("before", pgettext("what-if", "Before")), ("after", pgettext("what-if", "After")), ("difference", _("Difference, points")),
             ("changed", _("Records judged otherwise")))
    columns = [Column("figure", _("Figure"), lambda row: row[0]), Column("whose", _("Whose"), lambda row: row[1]),
               *(Column(name, label, lambda row, name=name: row[2][name]) for name, label in names)]
    return csv_response("what-if", columns, [*whole, *parts])


class WhatIfRecords(Supposing, ListPage):
    """The records of a figure whose verdict changes, of all, of a hall or of a person, with what is said of each before and after."""

    template = "performance/indicators/what_if_records.html"
    empty = gettext_lazy("No record is judged otherwise by this.")

    @property
    def kept(self):
        """The hall to which it is narrowed stays too."""
        return [*super().kept, "of"]

    @cached_property
    def one(self):
        """The figure of the address; one that is not the person's to see does not exist."""
        found = next((one for one in self.indicators if (one.sort, one.key) == (self.kwargs["sort"], self.kwargs["key"])), None)
        return found or not_there()

    def get(self, request, sort, key):
        """The list, under the bar."""
        self.title = str(self.one.member.label)
        self.bar, self.who = self.asked(self.halls())
        self.held, self.form, self.given = self.supposed(self.bar)
        return super().get(request)

    @property
    def columns(self):
        """The record, its moment, what is said of it before and after."""
        record, moment, *_more = cells.columns(self.one.member)
        return [record, moment, Column("before", pgettext_lazy("what-if", "Before"), lambda row: row.told[0], draw=lambda row: drawn(row.before, row.told[0])),
                Column("after", pgettext_lazy("what-if", "After"), lambda row: row.told[1], draw=lambda row: drawn(row.after, row.told[1]))]

    def chosen_sort(self):
        """By their moment, the newest first."""
        moment = self.one.member.moment
        return moment, self.request.GET.get("sort", "") != moment

    @cached_property
    def of(self):
        """The hall to which the list is narrowed, or None; one that is not the person's to see does not exist."""
        asked = self.request.GET.get("of", "")
        return (next((hall for hall in self.halls() if str(hall.pk) == asked), None) or not_there()) if asked else None

    def rows(self):
        """Exactly those that the page counts."""
        found = whatif.verdicts(self.one, self.request.user, self.bar, self.who, self.form.asked)
        if self.of:
            found = found.filter(hall=self.of)
        return whatif.changed(found)

    def read(self, rows):
        """These rows, each with whether this person may open it and what is said of it."""
        found = cells.with_rights(self.one.member.kind, rows, self.request.user)
        said = whatif.told_of(self.one, self.request.user, self.bar, self.who, self.form.asked, [row.pk for row in found])
        for row in found:
            row.told = [side.get(row.pk, "") for side in said]
        return found

    def context(self):
        """The bar, the figure, the values."""
        return {"bar": self.bar, "who": self.who, "hall": self.of or hall_of(self.halls(), self.bar), "member": self.one.member,
                "query": query_of(self.bar, **self.given),
                "supposed": [told(key, self.held[key], value, self.bar, False) for key, value in self.form.asked.items()]}


def drawn(verdict, text):
    """What is said of a record, with the sign of its verdict."""
    return hk.status({whatif.KEPT: "ok", whatif.BROKEN: "late"}.get(verdict, "none"), text or _("not counted"))
