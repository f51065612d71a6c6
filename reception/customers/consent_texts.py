"""What is read to a customer before they consent."""
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "consents.yaml"


@lru_cache(maxsize=1)
def consent_texts():
    """{"version", "texts": {purpose: {language: text}}} as they are read to customers now."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
