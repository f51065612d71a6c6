"""Verbs of the archive. Rooms above file through `file` when a case of theirs is closed."""
from staff.archive.services.files import Kept, copied, kept_text
from staff.archive.services.items import ask_destruction, destroy, file, keeper_of, name_keeper, put_away

__all__ = ["Kept", "ask_destruction", "copied", "destroy", "file", "keeper_of", "kept_text", "name_keeper", "put_away"]
