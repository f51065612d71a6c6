"""What the pages say about a register: the steps, the figures, the problems in words, what was kept."""
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reception.customers.phones import mask
from reception.visits import import_staging as staging
from reception.visits.models import RegisterImport
from reception.visits.register.problems import REASONS, SENTENCES

State = RegisterImport.State
ACTS_SHOWN = 30


def steps(now, register=None):
    """The four steps with where this page stands among them."""
    order = ["upload", "columns", "check", "result"]
    labels = {"upload": _("Upload"), "columns": _("Columns"), "check": _("Trial"), "result": pgettext("step", "Bring in")}
    urls = {"columns": "register_columns", "check": "register_check"}
    reached = order.index(now)
    free = register is not None and register.state in {State.UPLOADED, State.CHECKED, State.FAILED, State.UNDONE}
    return [{"label": labels[step], "state": "done" if place < reached else "now" if place == reached else "todo",
             "url": reverse(urls[step], args=[register.pk]) if free and place < reached and step in urls else ""} for place, step in enumerate(order)]


@dataclass
class Told:
    """Figures as tiles, problems with their sentences, the reasons of rows left aside, the first rows."""

    tiles: list = field(default_factory=list)
    to_undo: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    more_problems: int = 0
    reasons: list = field(default_factory=list)
    preview: list = field(default_factory=list)
    stopped: str = ""
    kept: list = field(default_factory=list)
    goes_in: int = 0
    has_refused: bool = False


def told(register):
    """Everything the trial and the result show, from the register's own summary."""
    summary = register.summary
    shown = staging.get(summary.get("check_job"), staging.SHOWN, {"problems": [], "preview": []})
    made = Told(problems=[said(problem) for problem in shown["problems"]],
                preview=[shown_row(row) for row in shown["preview"]] if register.state == State.CHECKED else [],
                stopped=stopped_sentence(summary.get("stopped")) if register.state in {State.FAILED, State.UPLOADED, State.DONE} else "",
                goes_in=summary.get("visits", 0) - summary.get("already", 0),
                has_refused="check_job" in summary and bool(summary.get("refused")) and register.state != State.UNDONE)
    made.more_problems = summary.get("problem_count", 0) - len(made.problems)
    reasons = sorted(summary.get("reasons", {}).items(), key=lambda item: -item[1])
    made.reasons = [{"label": _(REASONS[reason]), "value": count, "kind": "num"} for reason, count in reasons]
    tiles = {State.DONE: result_tiles, State.UNDOING: result_tiles, State.UNDONE: undone_tiles}.get(register.state, trial_tiles)
    made.tiles = tiles(summary)
    made.to_undo = result_tiles(summary)[:2]
    made.kept = kept_records(summary.get("undone", {}))
    return made


def trial_tiles(summary):
    """What would happen."""
    if "visits" not in summary:
        return []
    return [
        {"label": _("Go in"), "value": summary["visits"] - summary["already"], "tone": "ok", "note": _("not here yet")},
        {"label": _("Here already"), "value": summary["already"], "note": _("came in before")},
        {"label": _("Refused"), "value": summary["refused"], "tone": "late" if summary["refused"] else "", "note": _("stay out")},
        {"label": _("Reported"), "value": summary["reported"], "tone": "soon" if summary["reported"] else "", "note": _("go in with a remark")},
        {"label": _("No visits"), "value": summary["skipped"], "note": _("titles, subtotals")},
    ]


def result_tiles(summary):
    """What happened."""
    done = summary.get("imported", {})
    return [
        {"label": _("Visits"), "value": done.get("visits", 0), "tone": "ok", "note": _("brought in")},
        {"label": _("New customers"), "value": done.get("customers_new", 0), "note": _("files opened")},
        {"label": _("Known customers"), "value": done.get("customers_known", 0), "note": _("came again")},
        {"label": _("Here already"), "value": done.get("already", 0), "note": _("came in before")},
        {"label": _("Refused"), "value": summary.get("refused", 0), "tone": "late" if summary.get("refused") else "",
         "note": _("stay out")},
    ]


def undone_tiles(summary):
    """What was taken back."""
    done = summary.get("undone", {})
    return [
        {"label": _("Visits taken back"), "value": done.get("visits", 0), "tone": "ok"},
        {"label": _("Customer files taken back"), "value": done.get("customers", 0), "tone": "ok"},
        {"label": _("Visits that stay"), "value": done.get("kept_visit_count", 0), "tone": "soon" if done.get("kept_visit_count") else ""},
        {"label": _("Customer files that stay"), "value": done.get("kept_customer_count", 0), "tone": "soon" if done.get("kept_customer_count") else ""},
    ]


def said(problem):
    """A kept problem with its sentence in the reader's language."""
    sentence = _(SENTENCES[problem["code"]]) % problem["values"]
    return {"sheet": problem["sheet"], "row": problem["row"], "column": problem["column"], "heading": problem["heading"],
            "sentence": sentence, "refused": problem["refused"]}


def shown_row(row):
    """A row that goes in, as the preview shows it; numbers are masked like everywhere."""
    return {"sheet": row["sheet"], "row": row["row"], "date": row["date"], "time": row["arrived"][:5], "name": row["name"], "party": row["party"],
            "phones": ", ".join(mask(value) for _kind, value, _extension in row["phones"]), "purpose": row["purpose"], "host": row["host"],
            "note": row["note"]}


def stopped_sentence(stopped):
    """Why the last job ended before its time, and that nothing is half done."""
    if not stopped:
        return ""
    if stopped["cancelled"]:
        return _("It was stopped. Nothing was changed.")
    if stopped["sentence"] == "internal":
        return _("It stopped because of a fault in the software. Nothing was changed. The administrator finds it in the log.")
    return stopped["sentence"]


def acts(register):
    """What was done with the register, the newest first: when, by whom, what."""
    words = {"uploaded": _("uploaded"), "columns matched": _("columns matched, trial begun"), "tried": _("trial finished"),
             "sent in": _("sent in"), "brought in": _("brought in"), "stopped": _("stopped, nothing changed"), "undo asked for": _("undo begun"),
             "undone": _("undone")}
    rows = register.history.order_by("-history_date", "-history_id").select_related("history_user")[:ACTS_SHOWN]
    return [{"at": row.history_date, "who": str(row.history_user or _("the system")), "act": words.get(row.history_change_reason, _("changed"))}
            for row in rows]


def kept_records(undone):
    """What an undo left where it was, named, and why."""
    lines = []
    for numbers, count, words in (
            (undone.get("kept_visits", []), undone.get("kept_visit_count", 0),
             ngettext("%(n)s visit was changed or continued since and stays.", "%(n)s visits were changed or continued since and stay.",
                      undone.get("kept_visit_count", 0))),
            (undone.get("kept_customers", []), undone.get("kept_customer_count", 0),
             ngettext("%(n)s customer file was used or changed since and stays.", "%(n)s customer files were used or changed since and stay.",
                      undone.get("kept_customer_count", 0)))):
        if count:
            lines.append({"sentence": words % {"n": count}, "numbers": numbers})
    return lines
