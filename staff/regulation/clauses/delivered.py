"""The five regulations as they are delivered: read from their files, and brought into a company by a migration."""
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "data" / "regulations"
OFFICE = {"en": "Human resources department", "zh-hans": "人力资源部", "zh-hant": "人力資源部"}
FIRST = {"en": "First version.", "zh-hans": "首个版本。", "zh-hant": "首個版本。"}
ORDER = ("sales-hall", "service-adviser", "sales-service", "decoration-window", "telephone-sales")
LISTS = ("rows", "parameters", "schedules", "checklists", "indicators")


def texts():
    """The regulations, in their order, as their files have them."""
    return [yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8")) for key in ORDER]


def load(get_model, day):
    """Bring each regulation that the company does not have yet, as its first version, in force from `day`; what is there stays as it is.

    `get_model(app, name)` gives the models as the caller knows them. Returns how many clauses were written.
    """
    regulation, version, clause = (get_model("staff", name) for name in ("Regulation", "RegulationVersion", "Clause"))
    written = 0
    for order, told in enumerate(texts(), start=1):
        record, _made = regulation.objects.get_or_create(key=told["key"], defaults={"sources": told["source"], "order": order})
        if version.objects.filter(regulation=record).exists():
            continue
        edition = version.objects.create(
            regulation=record, number=1, state="published", title=told["title"], office=OFFICE, change_log=FIRST, cut_off=told["cut_off"],
            hall_kinds=told["halls"], positions=told["positions"], effective_on=day)
        rows = [clause(edition=edition, order=place, **facts(row)) for place, row in enumerate(told["clauses"], start=1)]
        written += len(clause.objects.bulk_create(rows))
    return written


def facts(row):
    """The columns of a clause from its lines in the file."""
    return {"source": row["source"], "number": row["number"], "kind": row["kind"], "parent": row.get("parent") or "", "title": row["title"],
            "text": row.get("text", {}), "evidence": row.get("evidence", {}), "cut_off": row.get("cut_off", False),
            **{name: row.get(name, []) for name in LISTS}}
