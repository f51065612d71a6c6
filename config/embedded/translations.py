"""Compiles the catalogues of translations with polib, since a plain machine has no msgfmt."""
import os
from pathlib import Path

from config.embedded.places import CHECKOUT


def compile_catalogues(folder=CHECKOUT / "config" / "locale"):
    """Write each .mo that is older than its .po; returns the ones that were written. A half-written file is never left."""
    written = []
    for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib

        making = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(making))
        making.replace(target)
        written.append(target)
    return written
