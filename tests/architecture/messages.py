"""The texts of the product that translators are given, found without gettext's own tools."""
import ast
import re
from dataclasses import dataclass

from django.utils.translation.template import templatize

from config.embedded.places import CHECKOUT

PRODUCT = ("config", "staff", "facilities", "reception", "complaints", "performance")
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2, "pgettext": -1, "pgettext_lazy": -1,
         "_n": 2, "_p": -1}
NO_ACTS = {""}
IN_TEMPLATE = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\(")


@dataclass(frozen=True)
class Found:
    """One text: its English, its plural or '', its context or '', and where it stands."""

    text: str
    plural: str
    context: str
    place: str


def calls_in(source, place):
    """The texts in calls of gettext; None for one that is put together at run time. Names of texts that are marked elsewhere are skipped."""
    for node in ast.walk(ast.parse(source)):
        yield from acts_in(node, place)
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name not in CALLS or not node.args or isinstance(node.args[1 if CALLS[name] < 0 else 0], (ast.Name, ast.Attribute, ast.Subscript)):
            continue
        texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args[:2]]
        where = f"{place}:{node.lineno}"
        if CALLS[name] == 1:
            yield Found(texts[0], "", "", where)
        elif CALLS[name] == 2:
            yield Found(texts[0], texts[1], "", where)
        else:
            yield Found(texts[1], "", texts[0], where)


def acts_in(node, place):
    """The acts that services name for the history (`act="parked"`); pages show them in the reader's language."""
    for keyword in getattr(node, "keywords", []) if isinstance(node, ast.Call) else []:
        if keyword.arg in ("act", "default_change_reason"):
            for part in ast.walk(keyword.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value not in NO_ACTS:
                    yield Found(part.value.split(": ")[0], "", "act", f"{place}:{node.lineno}")


def in_python():
    """The texts of every source file."""
    for top in PRODUCT:
        for path in sorted((CHECKOUT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from calls_in(path.read_text(encoding="utf-8"), path.relative_to(CHECKOUT))


def in_templates():
    """The texts of every template. Django turns a template into calls of gettext among filler; each call is read for itself."""
    for path in sorted((CHECKOUT / "templates").rglob("*.*")):
        place = path.relative_to(CHECKOUT)
        for line in templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines():
            for call in IN_TEMPLATE.finditer(line):
                yield from calls_in(whole_call(line[call.start():], place), place)


def whole_call(text, place):
    """The shortest start of `text` that is a call by itself."""
    for end in (index for index, sign in enumerate(text, start=1) if sign == ")"):
        try:
            ast.parse(text[:end])
        except SyntaxError:
            continue
        return text[:end]
    raise AssertionError(f"{place}: {text[:80]} is no whole call.")


def everything():
    """Every text of the product."""
    return [*in_python(), *in_templates()]
