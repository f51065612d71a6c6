"""From a row of a register to the visit it becomes: words of the hall looked up, everything else kept in the note."""
import hashlib
import re
from bisect import bisect_right
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from reception.customers.models import ContactPoint
from reception.customers.names import normalise_query
from reception.customers.services.files import COMPANY_LENGTH, point_of
from reception.visits import rules
from reception.visits.models import Purpose, Source, TemplateVersion, Visit
from reception.visits.register.columns import FIELD_LABELS, Field
from reception.visits.register.table import LONGEST_NOTE
from staff.organisation.models import Employee

FALLBACK_PURPOSE = "other"
FALLBACK_NAME = {"en": "Other matter", "zh-hans": "其他事项", "zh-hant": "其他事項"}
TEXTS = ("name", "purpose", "interest", "style", "budget", "floor_area", "source", "host", "company", "address", "email", "outcome")
IN_TEMPLATE = {"style": ("style",), "budget": ("budget",), "floor_area": ("floor_area", "area"), "interest": ("interest",)}
OUTCOMES = {  # words that registers use, folded as `normalise_query` folds them
    Visit.Outcome.INFORMATION: "咨询 諮詢 了解 已解答 解答 informationgiven information",
    Visit.Outcome.ENQUIRY: "意向 有意向 跟进 跟進 待跟进 登记意向 enquiry enquiryopened",
    Visit.Outcome.BUSINESS: "成交 已成交 办理 已办理 办结 簽約 签约 businesshandled business sold",
    Visit.Outcome.COMPLAINT: "投诉 投訴 complaint complainttaken",
    Visit.Outcome.LEFT: "未接待 离开 自行离开 left leftwithoutservice",
}


def plain_of(row):
    """A RegisterRow as plain data for JSON: what stays between the dry run and the import."""
    points = [point_of(phone, None) for phone in row.contact_points]
    return {"sheet": row.sheet, "row": row.row, "date": row.date.isoformat(), "arrived": row.arrived.isoformat(),
            "left": row.left.isoformat() if row.left else "", "party": row.party or 1, "note": row.full_note,
            "phones": [[str(point.kind), point.value, point.extension] for point in points],
            "fingerprint": fingerprint(row), **{name: getattr(row, name) for name in TEXTS}}


def fingerprint(row):
    """The key by which the same row is known again in any copy of the register."""
    return hashlib.sha256("\x1f".join(row.identity).encode()).hexdigest()


def fallback_purpose():
    """The purpose of visits whose written purpose is none of the company's; made when it is first needed."""
    return Purpose.objects.get_or_create(code=FALLBACK_PURPOSE, defaults={"name": FALLBACK_NAME, "order": 99})[0]


class HallWords:
    """What the words of a register mean in one hall: purposes, sources, people, the template of each day."""

    def __init__(self, hall):
        self.zone = ZoneInfo(hall.timezone)
        self.purposes = by_name(Purpose.objects.all())
        self.fallback = fallback_purpose().pk
        self.sources = by_name(Source.objects.all())
        self.people = _people(hall)
        self.outcomes = {word: str(outcome) for outcome, words in OUTCOMES.items() for word in words.split()}
        versions = TemplateVersion.objects.filter(template__halls__hall=hall).order_by("valid_from", "number")
        self.versions = [(version.valid_from, version) for version in versions]

    def template_on(self, day):
        """The template version in force on a day, or None."""
        place = bisect_right([valid_from for valid_from, _version in self.versions], day)
        return self.versions[place - 1][1] if place else None


def by_name(rows):
    """{folded name in any language: id}; the first row of a name wins."""
    found = {}
    for row in rows:
        for name in dict(row.name).values():
            if name:
                found.setdefault(normalise_query(name), row.pk)
    return found


def _people(hall):
    """{folded name: id} of who works or worked in the hall; a name that two of them bear means nobody."""
    found = {}
    for pk, name in Employee.objects.filter(postings__hall=hall).distinct().values_list("pk", "name"):
        key = normalise_query(name)
        found[key] = None if key in found else pk
    return found


def facts_of(plain, words):
    """The visit of one row as values of its fields (ids and aware times), without customer and number."""
    notes = [plain["note"]] if plain["note"] else []
    day = date.fromisoformat(plain["date"])
    arrived = datetime.combine(day, time.fromisoformat(plain["arrived"]), words.zone)
    left = datetime.combine(day, time.fromisoformat(plain["left"]), words.zone) if plain["left"] else None
    version = words.template_on(day)
    facts = {"party_size": plain["party"], "arrived_at": arrived, "left_at": left if left and left >= arrived else None,
             "template_version_id": version and version.pk, "details": details_of(plain, version, notes), "interest": plain["interest"][:200]}
    facts["purpose_id"], facts["need"] = purpose_of(plain["purpose"], words)
    for name, known, field in (("source", words.sources, "source_id"), ("host", words.people, "receptionist_id")):
        facts[field] = known.get(normalise_query(plain[name])) if plain[name] else None
        if plain[name] and facts[field] is None:
            notes.append(labelled(name, plain[name]))
    facts["outcome"] = words.outcomes.get(normalise_query(plain["outcome"]), "")
    if plain["outcome"] and not facts["outcome"]:
        notes.append(labelled("outcome", plain["outcome"]))
    without_file = ["company", "email"] if not plain["phones"] else [] if email_of(plain["email"]) else ["email"]
    notes += [labelled(name, plain[name]) for name in ("address", *without_file) if plain[name]]
    facts["note"] = "\n".join(notes)[:LONGEST_NOTE]
    return facts


def purpose_of(written, words):
    """(purpose id, need): a written purpose that the company does not know is kept as the need."""
    if not written:
        return words.fallback, ""
    known = words.purposes.get(normalise_query(written))
    return (known, "") if known else (words.fallback, written)


def details_of(plain, version, notes):
    """The template's fields that the register fills; what the template does not ask goes to the notes."""
    fields = {field["key"]: field for field in (version.fields if version else [])}
    details = {}
    for name, keys in IN_TEMPLATE.items():
        text = plain[name]
        field = next((fields[key] for key in keys if key in fields), None)
        try:
            read = rules.read_details([field], {field["key"]: answer_to(field, text)}) if field and text else {}
        except rules.Unreadable:
            read = {}
        details |= read
        if text and not read and name != "interest":
            notes.append(labelled(name, text))
    return details


def answer_to(field, text):
    """A written answer as the template's field takes it: 10万 is 100000, 120㎡ is 120, a choice is its key."""
    if field["kind"] == "number":
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(万|萬)?\s*(?:元|块|平方米|平米|平|㎡|m2|m²|左右)*", text.replace(",", "").strip())
        return str(round(float(found[1]) * (10_000 if found[2] else 1), 2)) if found else text
    if field["kind"] == "choice":
        for choice in field["choices"]:
            label = choice["label"]
            if normalise_query(text) in {normalise_query(word) for word in (label.values() if isinstance(label, dict) else [label])}:
                return choice["key"]
    return text


def labelled(name, text):
    """A text with the name of what it is in front, for the note."""
    return f"{_(FIELD_LABELS[Field(name)])}: {text}"


def file_of(plain, now):
    """What the register tells of the customer: contact points (unsaved), company. None without a telephone that could be read."""
    if not plain["phones"]:
        return None
    points = [ContactPoint(kind=kind, value=value, extension=extension, created_at=now) for kind, value, extension in plain["phones"]]
    if email := email_of(plain["email"]):
        points.append(ContactPoint(kind=ContactPoint.Kind.EMAIL, value=email, created_at=now))
    return {"name": plain["name"], "company": plain["company"][:COMPANY_LENGTH], "points": points, **plain.get("file", {})}


def email_of(written):
    """An e-mail address as it is kept, or "" when it is none."""
    try:
        validate_email(written.strip().lower())
    except ValidationError:
        return ""
    return written.strip().lower()
