"""The text of the confidentiality agreement in its languages, as delivered."""
from functools import cache
from pathlib import Path

import yaml

from config.web.texts import CODES, Text

DATA = Path(__file__).parents[1] / "data" / "agreement.yaml"


@cache
def delivered():
    """The file, read once a process."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def edition():
    """The number of the text that is signed now."""
    return delivered()["edition"]


def paragraphs(language):
    """Its paragraphs in one language."""
    return [Text({code: one[code] for code in CODES}).in_language(language) for one in delivered()["paragraphs"]]


def whole(language):
    """The text as it is signed, a paragraph a line."""
    return "\n".join(paragraphs(language))
