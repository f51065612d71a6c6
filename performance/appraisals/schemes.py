"""The delivered schemes and indicators out of their data files, and what a scheme weighs on a day (PRF-05, PRF-06)."""
from functools import lru_cache
from pathlib import Path

import yaml

from config.web.texts import Text
from performance.appraisals.scoring import shares
from staff.regulation import values

FOLDER = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def indicators():
    """{key: {"name", "source", "levels"}}; `levels` are five anchor texts, none for what is scored in points."""
    rows = yaml.safe_load((FOLDER / "indicators.yaml").read_text(encoding="utf-8"))
    return {row["key"]: {"name": Text(row["name"]), "source": row["source"], "levels": [Text(level) for level in row["levels"]]} for row in rows}


@lru_cache(maxsize=1)
def schemes():
    """{key: {"name", "source", "positions", "groups"}}."""
    rows = yaml.safe_load((FOLDER / "schemes.yaml").read_text(encoding="utf-8"))
    return {row["key"]: row | {"name": Text(row["name"]), "groups": [group | {"name": Text(group["name"])} for group in row["groups"]]} for row in rows}


def scheme_of(position_code):
    """The key of the scheme by which a position is appraised, or None."""
    return next((key for key, one in schemes().items() if position_code in one["positions"]), None)


def weights(key, day, hall, position):
    """[(group key, indicator key, weight in percent)] of a scheme as the regulation weighs it on `day`; they add up to 100."""
    groups, found = schemes()[key]["groups"], []
    for group, whole in zip(groups, group_weights(groups, day, hall, position), strict=True):
        parts = values.value(group["split"], day, hall, position) if group["split"] else [1] * len(group["items"])
        found += [(group["key"], item, share) for item, share in zip(group["items"], shares(whole, parts), strict=True)]
    return found


def group_weights(groups, day, hall, position):
    """The percent of each group; groups without a parameter share alike what there is."""
    if not groups[0]["weight"]:
        return shares(100, [1] * len(groups))
    found = []
    for group in groups:
        value = values.value(group["weight"], day, hall, position)
        found.append(value if group["place"] is None else value[group["place"]])
    return found
