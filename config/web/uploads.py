"""Private uploads: type found from the content, size bounded, pictures drawn anew (GEN-13)."""
import hashlib
import io
import secrets
import unicodedata

from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN
from config.contributions.records import KINDS
from config.errors import Refused
from config.privacy import log
from config.web.models import Attachment
from config.web.pages import Page

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 24_000_000
PICTURES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
KEPT_OF_A_PICTURE = {"icc_profile", "transparency"}  # no comment, no text beside the pixels
LEADS = ((b"%PDF-", "application/pdf", "pdf"),)


def shown_name(name):
    """A typed file name made safe to show: no path, no control characters, at most 120 characters."""
    plain = unicodedata.normalize("NFC", name or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if c.isprintable() and c not in '"<>|:*?')
    stem, _dot, end = plain.rpartition(".")
    return f"{stem[:110]}.{end[:8]}" if stem else plain[:120] or "file"


def read(upload):
    """(bytes, content type, ending) of an upload that may be kept; `Refused` with a sentence otherwise.

    Pictures are decoded within a pixel bound and written anew, which drops EXIF, position and anything hidden.
    """
    if upload.size > MAX_BYTES:
        raise Refused(_("The file is larger than 10 MB. Choose a smaller one."))
    data = upload.read()
    for lead, content_type, ending in LEADS:
        if data.startswith(lead):
            return data, content_type, ending
    return redrawn(data)


def redrawn(data):
    """A picture drawn anew from its pixels."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return painted(picture)
    except Refused:
        raise
    except Exception as problem:  # a damaged or hostile file leads a decoder to errors of any kind
        raise Refused(_("The file could not be read. Only photos (JPEG, PNG, WebP) and PDF files are kept.")) from problem


def painted(picture):
    """(bytes, content type, ending) of an opened picture, of which nothing but pixels and colours is kept."""
    from PIL import ImageOps

    if picture.format not in PICTURES:
        raise Refused(_("Only photos (JPEG, PNG, WebP) and PDF files are kept. Choose one of these."))
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused(_("The photo has more than 24 million pixels. Make it smaller and send it again."))
    content_type, ending = PICTURES[picture.format]
    upright = ImageOps.exif_transpose(picture)
    upright.info = {key: value for key, value in upright.info.items() if key in KEPT_OF_A_PICTURE}
    out = io.BytesIO()
    upright.convert("RGB" if ending == "jpg" else upright.mode).save(out, format=picture.format, quality=85)
    return out.getvalue(), content_type, ending


def attach(actor, *, kind, record_id, hall_id, upload, now):
    """Keep an upload beside a record. The caller has checked that the actor may change that record."""
    data, content_type, ending = read(upload)
    return Attachment.objects.create(
        kind=kind, record_id=record_id, hall_id=hall_id, name=shown_name(upload.name), content_type=content_type, size=len(data),
        checksum=hashlib.sha256(data).hexdigest(), file=ContentFile(data, name=f"{secrets.token_hex(16)}.{ending}"),
        added_by=actor.user, added_at=now)


class Download(Page):
    """One attachment, for who may see its record; a foreign one is a 404."""

    capability = SIGNED_IN

    def get(self, request, pk):
        """The bytes, never as active content."""
        attachment = Attachment.objects.filter(pk=pk).first()
        kind = attachment and KINDS.get(attachment.kind)
        if not kind or not kind.visible_to(request.user).filter(pk=attachment.record_id).exists():
            raise Http404
        log.note(request, "download", kind=attachment.kind, record_id=attachment.record_id, hall_id=attachment.hall_id)
        try:
            content = attachment.file.open("rb")
        except FileNotFoundError as gone:
            raise Http404 from gone
        response = FileResponse(content, content_type=attachment.content_type, filename=attachment.name,
                                as_attachment=attachment.content_type == "application/pdf")
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
