"""Files that people hand in: found out by their content, drawn anew, served to who may see their record."""
import io
import zlib
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from config.accounts.models import AccessEvent
from config.errors import Refused
from config.web import uploads


@pytest.fixture(autouse=True)
def uploads_folder(tmp_path, monkeypatch):
    from config.web.models import Attachment

    storage = Attachment._meta.get_field("file").storage
    monkeypatch.setattr(storage, "_location", str(tmp_path), raising=False)
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)
    yield
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)


def picture(form="JPEG", size=(60, 40), **facts):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **facts)
    return out.getvalue()


def handed_in(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data, content_type="text/html")


def chunk(kind, body):
    """A part of a PNG."""
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def giant_png(width, height):
    """A whole PNG that claims to be so large; a decoder that is not stopped asks for the memory."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def damaged():
    """Three hundred pictures of each kind with a few bytes changed, the same ones each time."""
    dice = Random(7)
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = [picture(form, exif=exif.tobytes()) for form in ("JPEG", "PNG", "WEBP")]
    for data in whole * 300:
        data = bytearray(data)
        for _change in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        yield bytes(data)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Truncated File")
def test_a_damaged_picture_is_drawn_or_refused_and_nothing_else():
    refused = 0
    for data in damaged():
        try:
            uploads.redrawn(data)
        except Refused:
            refused += 1
    assert 100 < refused < 900


HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "html": b"<!doctype html><script>alert(1)</script>",
    "html that begins like a picture": b"\xff\xd8\xff<script>alert(1)</script>", "gif": b"GIF89a<script>", "empty": b"",
    "exe": b"MZ\x90\x00" + b"\0" * 200,
    "zip": b"PK\x03\x04" + b"\0" * 200, "cut png": picture("PNG")[:60], "40,000 by 40,000": giant_png(40_000, 40_000),
    "9,000 by 9,000": giant_png(9_000, 9_000),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "bmp": picture("BMP"), "tiff": picture("TIFF"), "text": b"name,phone\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_photo_and_no_paper_is_refused_with_a_sentence(kind):
    with pytest.raises(Refused) as refusal:
        uploads.read(handed_in(HOSTILE[kind]))
    assert "." in str(refusal.value)


def test_a_file_over_ten_megabytes_is_refused_unread():
    with pytest.raises(Refused, match="larger than 10 MB"):
        uploads.read(handed_in(b"%PDF-" + b"0" * uploads.MAX_BYTES))


def test_a_photo_comes_back_without_where_and_when_it_was_taken():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 0.0)}
    exif[0x010E] = "Wang at the counter"
    told = picture(exif=exif.tobytes(), comment=b"Wang, too", xmp=b"<x>Wang</x>")
    data, content_type, ending = uploads.read(handed_in(told + b"<script>alert(1)</script>", "photo.html"))
    assert (content_type, ending) == ("image/jpeg", "jpg")
    assert b"Wang" not in data and b"script" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize("form, content_type", [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_photos_of_three_kinds_are_kept(form, content_type):
    assert uploads.read(handed_in(picture(form)))[1] == content_type


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\Windows\\x.jpg", "a" * 400 + ".jpg",
                                  "pho\0to.jpg", "照片🙂.jpg", "<b>.jpg", "", "con.jpg.exe", "\u202egpj.exe"])
def test_a_shown_name_has_no_path_no_markup_and_an_end(name):
    shown = uploads.shown_name(name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0<>\"\u202e")


@pytest.fixture
def attached(cast):
    """A photo beside the account of the receptionist."""
    user = cast.user("reception")
    return uploads.attach(cast.actor("reception"), kind="account", record_id=user.pk, hall_id=cast.hall.pk, upload=handed_in(picture(), "../desk.jpg"),
                          now=timezone.now())


@pytest.mark.req("GEN-13")
def test_the_address_of_a_file_opens_nothing_without_log_in_and_nothing_of_anothers_record(attached, as_role):
    address = f"/files/{attached.pk}/"
    for path in (address, f"/{attached.file.name}", f"/media/{attached.file.name}", f"/uploads/{attached.file.name}", f"/static/{attached.file.name}"):
        answer = Client().get(path)
        assert answer.status_code in {302, 404}
        assert b"JFIF" not in answer.getvalue()
    assert as_role("manager2").get(address).status_code == 404
    assert as_role("reception").get(address).status_code == 200


def test_what_is_served_is_inert_and_noted(attached, as_role, cast):
    answer = as_role("reception").get(f"/files/{attached.pk}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert 'filename="desk.jpg"' in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    row = AccessEvent.objects.get(act="download")
    assert (row.user_id, row.kind, row.record_id, row.hall_id) == (cast.user("reception").pk, "account", cast.user("reception").pk, cast.hall.pk)


def test_a_file_that_is_gone_from_the_disk_is_not_found(attached, as_role):
    attached.file.storage.delete(attached.file.name)
    assert as_role("reception").get(f"/files/{attached.pk}/").status_code == 404


def test_the_stored_name_is_the_houses_own(attached):
    assert "desk" not in attached.file.name
    assert attached.name == "desk.jpg"
