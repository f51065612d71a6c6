"""What the demo's people say again and again, and what they tell each other."""
from pathlib import Path

import yaml
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.web.texts import CODES, Text
from staff.communication.agreements import demo as agreements
from staff.communication.board import demo as board
from staff.communication.models import Snippet
from staff.communication.notices import demo as notices
from staff.communication.sheets import demo as sheets

DATA = Path(__file__).with_name("data") / "snippets.yaml"


def load(world):
    """Every hall that is alive has the same dozen; the telephone desk keeps those that are said on the telephone."""
    said = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    rows = [Snippet(hall=hall, code=code, name=Text(zip(CODES, names, strict=True)), text=Text(zip(CODES, texts, strict=True)))
            for hall in world.halls.values() for code, (names, texts) in said.items()]
    bulk_create_with_history(rows, Snippet, default_change_reason="demo data")


register(key="snippets", order=26, load=load)
register(key="notices", order=31, load=notices.load, append=notices.append)
register(key="board", order=32, load=board.load)
register(key="duty-sheets", order=33, load=sheets.load, append=sheets.append)
register(key="agreements", order=11, load=agreements.load, append=agreements.append)
