"""An answered page as a person meets it: what its form asks and holds, and what it says of errors."""
import re
from html.parser import HTMLParser

READ = re.compile(r"<title\b.*?</title>|<main\b.*</main>", re.S)  # the rest of a page is the same everywhere, and half of it
VOID = {"input", "br", "img", "meta", "link", "hr", "path", "wbr"}


class Form(HTMLParser):
    """What a page asks and says: `fields` of its main part (name -> kind) and what stands in them (`values`, name -> list), the
    elements with an id and their texts, the links of the summary of errors, the title."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.values, self.by_id, self.texts, self.links, self.title = {}, {}, {}, {}, [], ""
        self._open = []
        for part in READ.findall(page):
            self.feed(part)

    def handle_starttag(self, tag, attrs):
        """Note the element; one in a group is described by the group too."""
        facts = {name: value or "" for name, value in attrs}
        groups = [outer for _tag, outer in self._open if outer.get("role") in {"group", "radiogroup"}]
        facts["described"] = " ".join(one.get("aria-describedby", "") for one in (*groups, facts)).split()
        if facts.get("id"):
            self.by_id[facts["id"]] = facts
        if any(one == "main" for one, _facts in self._open):
            self._hold(tag, facts)
        if tag == "a" and any("data-errors" in outer for _tag, outer in self._open):
            self.links.append([facts["href"].removeprefix("#"), ""])
            facts["is_link"] = True
        if tag not in VOID:
            self._open.append((tag, facts))

    def _hold(self, tag, facts):
        """Note a field and what is chosen in it: of choices the marked one, else the first that is one."""
        if tag == "option" and facts.get("value"):
            select = next(outer["name"] for kind, outer in reversed(self._open) if kind == "select")
            if "selected" in facts or not self.values.get(select):
                self.values[select] = [facts["value"]]
        if tag not in {"input", "textarea", "select"} or not facts.get("name") or "disabled" in facts:
            return
        name, kind = facts["name"], facts.get("type", "text") if tag == "input" else tag
        self.fields[name] = kind
        chosen = kind not in {"radio", "checkbox"} or "checked" in facts or kind == "radio" and not self.values.get(name)
        if tag == "input" and chosen:
            self.values[name] = [facts.get("value", "")]

    def handle_data(self, text):
        """Give the text to every element around it."""
        for tag, facts in self._open:
            if facts.get("id"):
                self.texts[facts["id"]] = self.texts.get(facts["id"], "") + text
            if facts.get("is_link"):
                self.links[-1][1] += text
            if tag == "title":
                self.title += text
            if tag == "textarea" and facts.get("name"):
                self.values[facts["name"]] = [text]

    def handle_endtag(self, tag):
        """Leave the element, and whatever inside it was never closed."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return
