"""The bytes of the archive: what comes in with its checksum, and whether what lies there is still the same."""
import hashlib
import secrets
from dataclasses import dataclass

from django.core.files.base import ContentFile

from config.web import uploads
from staff.archive.models import ArchiveFile

SAME, CHANGED, GONE = "same", "changed", "gone"
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "text/plain; charset=utf-8": "txt"}


@dataclass(frozen=True)
class Kept:
    """What is to be kept: the name that people see, the bytes, and their type."""

    name: str
    data: bytes
    content_type: str


def kept_text(name, text):
    """A text as a file of the archive."""
    return Kept(name, text.encode(), "text/plain; charset=utf-8")


def handed_in(upload):
    """An upload as a file of the archive, checked as every upload is; raises Refused."""
    data, content_type, _ending = uploads.read(upload)
    return Kept(uploads.shown_name(upload.name), data, content_type)


def copied(attachment):
    """A file that lies beside a record, as a file of the archive."""
    with attachment.file.open("rb") as content:
        return Kept(attachment.name, content.read(), attachment.content_type)


def row_of(item, kept):
    """The row of a file with its bytes, not yet saved."""
    name = f"{secrets.token_hex(16)}.{ENDINGS[kept.content_type]}"
    return ArchiveFile(item=item, name=kept.name, content_type=kept.content_type, size=len(kept.data), checksum=checksum(kept.data),
                       file=ContentFile(kept.data, name=name))


def checksum(data):
    """SHA-256, as 64 hexadecimal figures."""
    return hashlib.sha256(data).hexdigest()


def looked_at(file):
    """(SAME, CHANGED or GONE, the bytes): what lies in the archive now, held against the checksum of the day it was filed."""
    try:
        with file.file.open("rb") as content:
            data = content.read()
    except FileNotFoundError:
        return GONE, b""
    return (SAME if checksum(data) == file.checksum else CHANGED), data
