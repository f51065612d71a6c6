"""What a daily round ticks in an area, out of its data file; read once a process."""
from functools import lru_cache
from pathlib import Path

import yaml

from config.web.texts import Text

FILE = Path(__file__).parent / "data" / "surfaces.yaml"


@lru_cache(maxsize=1)
def surfaces():
    """{code: {"name", "standard", "source"}} in the order in which one cleans."""
    return {row["code"]: {"name": Text(row["name"]), "standard": Text(row["standard"]), "source": row["source"]}
            for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))}
