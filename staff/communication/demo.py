"""The sentences that the demo's halls keep."""
from pathlib import Path

import yaml
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.web.texts import CODES, Text
from staff.communication.models import Snippet

DATA = Path(__file__).with_name("data") / "snippets.yaml"


def load(world):
    """Every hall that is alive has the same dozen; the telephone desk keeps those that are said on the telephone."""
    said = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    rows = [Snippet(hall=hall, code=code, name=Text(zip(CODES, names, strict=True)), text=Text(zip(CODES, texts, strict=True)))
            for hall in world.halls.values() for code, (names, texts) in said.items()]
    bulk_create_with_history(rows, Snippet, default_change_reason="demo data")


register(key="snippets", order=26, load=load)
