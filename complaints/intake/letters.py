"""A mail as it came over the wire, read: who, what, which files, whether a machine wrote it. Whatever bytes come, it raises only Unreadable."""
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import validate_email

from config.web.forms import clean_text

MOST_TEXT, MOST_FILES = 4000, 10
CODE = re.compile(r"\[([A-Z0-9]{8})\]")
BULK = {"bulk", "junk", "list", "auto_reply"}
SENT_TO = ("to", "cc", "delivered-to", "x-original-to")
MACHINES = ("mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply")
SENT_BY_MACHINES = ("x-autoreply", "x-autorespond", "list-id", "list-unsubscribe", "x-failed-recipients")
QUOTED = re.compile(  # the line above what an answer quotes
    r"^\s*(-{2,}\s*(original message|原始邮件|原始郵件).*|(on|am|le)\b.{5,120}(wrote|schrieb|a écrit)\s*:|.{0,80}(写道|寫道)\s*[::]|_{10,})\s*$", re.I)
OUT = re.compile(r"^\s*(自动回复|自動回覆|自动答复|auto(matic)?[ -]?(reply|response)|out of office|autoreply|undeliverable|delivery status notification)", re.I)
SPELT = re.compile(r"[ \t\u00a0]+")
IDS = re.compile(r"<[^<>\s]{3,200}>")


class Unreadable(Exception):
    """The bytes are no mail that can be read."""


@dataclass(frozen=True)
class Letter:
    """What a mail says. `codes` are those of the subject, `answers` the Message-IDs it answers, `own` is whether a machine wrote it."""

    sender: str
    name: str
    subject: str
    text: str
    to: list
    codes: list
    answers: list
    machine: str
    files: list = field(default_factory=list)
    more_files: int = 0


def read(raw):
    """The Letter in these bytes."""
    try:
        mail = message_from_bytes(raw, policy=policy.compat32)  # the newer policy stumbles over broken heads
        name, sender = parseaddr(head(mail, "from"))
        subject = one_line(head(mail, "subject"))[:300]
        texts, files = contents(mail)
        to = [address.lower() for key in SENT_TO for line in lines(mail, key) if line for _name, address in getaddresses([line]) if address]
        said = IDS.findall(" ".join(head(mail, key) for key in ("in-reply-to", "references")))
        return Letter(sender=known_address(sender), name=one_line(name)[:80], subject=subject, text=own_words(texts)[:MOST_TEXT], to=to,
                      codes=list(dict.fromkeys(CODE.findall(subject.upper())))[:5], answers=list(dict.fromkeys(said))[:50],
                      machine=machine(mail, sender), files=files[:MOST_FILES], more_files=max(0, len(files) - MOST_FILES))
    except Exception as problem:  # hostile bytes lead the parser to errors of any kind
        raise Unreadable(type(problem).__name__) from problem


def head(mail, key):
    """The lines of the head of this name as one, in words, whatever they were encoded in."""
    return " ".join(lines(mail, key)).strip()


def lines(mail, key):
    """The same, each by itself."""
    return [clean("".join(piece if isinstance(piece, str) else in_words(piece, charset) for piece, charset in decode_header(str(value)))).strip()
            for value in mail.get_all(key, [])[:20]]


def clean(text):
    """Text that a database keeps: no half characters, no control characters."""
    return clean_text(text.encode("utf-8", "replace").decode("utf-8"))


def one_line(text):
    """Text without line breaks."""
    return SPELT.sub(" ", re.sub(r"[\r\n]+", " ", text)).strip()


def known_address(text):
    """A mail address in small letters, or '' for what is none."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def in_words(data, charset):
    """Bytes as text: in the charset they claim, else in those that mails here are written in."""
    tried = [charset or "utf-8", "utf-8", "gb18030", "big5"]
    for name in tried:
        try:
            return data.decode(name.strip("\"' "))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")


def contents(mail):
    """(texts, files): the plain text, or the words of the HTML where there is none; everything that has a name of a file."""
    plain, html, files = [], [], []
    for part in list(mail.walk())[:200]:
        if part.is_multipart():
            continue
        kind, file = part.get_content_type(), part.get_filename()
        data = part.get_payload(decode=True) or b""
        if file or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            if data and kind not in ("message/delivery-status", "application/pgp-signature", "application/pkcs7-signature"):
                files.append((one_line(decoded_name(file)) or "file", data))
        elif kind == "text/html":
            html.append(words_of(in_words(data, part.get_content_charset())))
        else:
            plain.append(in_words(data, part.get_content_charset()))
    written = "\n".join(plain)
    return (written if written.strip() else "\n".join(html)), files


def decoded_name(text):
    """The name of a file in words."""
    pieces = decode_header(text or "")
    return clean("".join(piece if isinstance(piece, str) else in_words(piece, charset) for piece, charset in pieces))


def own_words(text):
    """What was written, without what it quotes; all of it where nothing else is there."""
    lines, kept = clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"), []
    for line in lines:
        if QUOTED.match(line):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return said or re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def machine(mail, sender):
    """Why a machine seems to have written it, '' for a person."""
    if head(mail, "auto-submitted").lower() not in ("", "no"):
        return "Auto-Submitted"
    if head(mail, "precedence").lower() in BULK:
        return "Precedence"
    if found := next((key for key in SENT_BY_MACHINES if mail.get(key) is not None), ""):
        return found
    if sender.lower().partition("@")[0] in MACHINES or head(mail, "return-path") == "<>" or mail.get_content_type() == "multipart/report":
        return "sender"
    return "subject" if OUT.match(head(mail, "subject")) else ""


class Words(HTMLParser):
    """The words of HTML; nothing of it is ever shown as HTML."""

    SILENT, BREAKS = {"script", "style", "head", "title", "template"}, {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        self.found.append("\n" if tag in self.BREAKS else "")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT and self.silent > 0
        self.found.append("\n" if tag in self.BREAKS else "")

    def handle_data(self, data):
        if not self.silent:
            self.found.append(SPELT.sub(" ", data.replace("\n", " ")))


def words_of(html):
    """The text that a reader of this HTML sees."""
    parser = Words()
    parser.feed(html[:500_000])
    parser.close()
    return "\n".join(line.strip() for line in "".join(parser.found).split("\n"))


def as_upload(name, data):
    """A file of a mail as an upload."""
    return ContentFile(data, name=name[:200] or "file")
