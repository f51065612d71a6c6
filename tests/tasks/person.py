"""One person before a real browser: keys at a person's pace, an input method that composes, clicks that are counted."""
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PASSWORD = "hallkeeper-demo"  # of everybody in the demo
PACE = 0.25  # seconds from one key to the next: four keys a second
PATIENCE = 10_000  # ms until a page that does not come ends the run


class Failed(AssertionError):
    """The task did not end as it should."""


@dataclass
class Person:
    """`Person(page)`, signed in; `begin()` sets keys, clicks and the clock to nothing."""

    page: object
    faults: list = field(default_factory=list)
    keys: int = 0
    clicks: int = 0
    _began: float = 0.0
    _next: float = 0.0

    @classmethod
    def signed_in(cls, browser, home, name):
        """A window of this user of the demo. What goes wrong on its pages is written down in `faults`."""
        person = cls.before(browser.new_context(base_url=home, viewport={"width": 1440, "height": 900}, locale="en-GB"))
        page = person.page
        page.goto("/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        return person

    @classmethod
    def with_a_phone(cls, browser, home):
        """A customer without an account, whose phone is 360 pixels wide."""
        return cls.before(browser.new_context(base_url=home, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="zh-CN"))

    @classmethod
    def before(cls, context):
        """A window of this browser, whose faults are written down."""
        context.set_default_timeout(PATIENCE)
        person = cls(context.new_page())
        page = person.page
        page.on("pageerror", lambda error: person.faults.append(f"script: {error}"))
        page.on("response", lambda answer: person.faults.append(f"{answer.status} {urlsplit(answer.url).path}") if answer.status >= 400 else None)
        return person

    def begin(self):
        """The first key comes now."""
        self.keys = self.clicks = 0
        self._began = self._next = time.monotonic()

    @property
    def seconds(self):
        """Since `begin`."""
        return time.monotonic() - self._began

    def _wait_for_turn(self):
        pause = self._next - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._next = time.monotonic() + PACE
        self.keys += 1

    def press(self, *keys):
        """Keys by their names; a chord counts as one."""
        for key in keys:
            self._wait_for_turn()
            self.page.keyboard.press(key)

    def type(self, text):
        """Letters and digits, one after the other."""
        self.press(*text)

    def compose(self, spelt, text):
        """Letters that an input method turns into Chinese text, and the blank that takes it: each is a key."""
        method = self.page.context.new_cdp_session(self.page)
        for count in range(1, len(spelt) + 1):
            self._wait_for_turn()
            method.send("Input.imeSetComposition", {"text": spelt[:count], "selectionStart": count, "selectionEnd": count})
        self._wait_for_turn()
        method.send("Input.insertText", {"text": text})
        method.detach()

    def click(self, target):
        """One click; counted."""
        self.clicks += 1
        target.click()

    def tap(self, target):
        """One touch; counted as a click, at the pace of keys."""
        self._wait_for_turn()
        self.keys, self.clicks = self.keys - 1, self.clicks + 1
        target.tap()

    def focus(self):
        """The name of the field with the cursor."""
        return self.page.evaluate("document.activeElement?.name ?? ''")

    def wait_for_focus(self, name):
        """Until the cursor stands in the field of this name; looked at each time the screen is drawn."""
        self.page.wait_for_function("name => document.activeElement?.name === name", arg=name)

    def choose(self, list_id, text):
        """In an open list, go down to the line that holds `text`; how far that was. The first line is marked already."""
        lines = self.page.locator(f"#{list_id} [role=option]")
        lines.filter(has_text=text).first.wait_for()
        place = next(place for place, words in enumerate(lines.all_inner_texts()) if text in words)
        self.press(*["ArrowDown"] * place)
        return place


def told(condition, sentence):
    """Raise `Failed` with the sentence unless the condition holds."""
    if not condition:
        raise Failed(sentence)
