"""Whether a text or a file tells of somebody: pure, from bytes to yes or no.

Files that people hand in are tables as text or as a workbook; those that works keep may be packed. A number is found however it was
written, a name where it stands.
"""
import io
import re
import unicodedata
import zipfile
import zlib

FEW = 50  # names that are looked for one by one; more are compared word by word
SHORTEST_NAME = 2
SHORTEST_NUMBER = 7
_RUN = re.compile(r"\d(?:[\s\-()./]{0,2}\d){6,}")
_WORDS = re.compile(r"[^\W\d_]+(?:[ ·.'-][^\W\d_]+)*")
_BESIDE = re.compile(r"\D")


def tells_of(text, known):
    """Whether `text` holds a number, an address or a name of these people (a `Known`)."""
    plain = unicodedata.normalize("NFKC", text)
    if known.numbers and _has_number(plain, known.numbers):
        return True
    folded = plain.casefold()
    if any(address.casefold() in folded for address in known.addresses):
        return True
    names = {unicodedata.normalize("NFKC", name).casefold() for name in known.names if len(name) >= SHORTEST_NAME}
    if len(names) <= FEW:
        return any(name in folded for name in names)
    return not names.isdisjoint(_WORDS.findall(folded))


def _has_number(text, numbers):
    for run in _RUN.findall(text):
        only = _BESIDE.sub("", run)
        if only in numbers or any(only[place:place + size] in numbers for size in {len(number) for number in numbers}
                                  for place in range(len(only) - size + 1)):
            return True
    return False


def file_tells_of(data, known):
    """Whether a file tells of them; one that cannot be read as text counts as silent."""
    return any(tells_of(text, known) for text in texts_in(bytes(data)))


def texts_in(data):
    """The texts of a file: of a workbook its parts, of packed data what is inside, else the file itself."""
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for name in packed.namelist():
                    yield decoded(packed.read(name))
            return
        except zipfile.BadZipFile:
            pass  # no workbook after all: read it as it is
    if data[:1] == b"\x78":
        try:
            yield decoded(zlib.decompress(data))
            return
        except zlib.error:
            pass  # a text that begins with an x
    yield decoded(data)


def decoded(data):
    """Bytes as text: UTF-16 with its mark, UTF-8, else the Chinese encoding that older spreadsheets write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
