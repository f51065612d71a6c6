"""What is done at the desk and at the manager's, each as a function that does it once and returns what it took."""
import itertools
import random
import re
import time
from urllib.parse import parse_qs

from tests.tasks.person import told

FROM = ("/", "/reception/visits/", "/reception/customers/", "/reception/board/", "/reception/present/")  # pages on which N is pressed
NEW = [("曾一凡", "zengyifan"), ("欧阳静怡", "ouyangjingyi"), ("单雪梅", "shanxuemei"), ("王建国", "wangjianguo"), ("李晓明", "lixiaoming"),
       ("张海燕", "zhanghaiyan"), ("刘志强", "liuzhiqiang"), ("陈美玲", "chenmeiling"), ("赵永康", "zhaoyongkang"), ("黄丽华", "huanglihua"),
       ("周文博", "zhouwenbo"), ("吴秀英", "wuxiuying"), ("徐子涵", "xuzihan"), ("孙立军", "sunlijun"), ("马春兰", "machunlan"),
       ("朱俊杰", "zhujunjie"), ("胡雅琴", "huyaqin"), ("林国栋", "linguodong"), ("郭思远", "guosiyuan"), ("何佩珊", "hepeishan")]
ROWS = """() => { const heads = [...document.querySelectorAll("table.tbl--list thead th")].map((one) => one.innerText.trim());
  const at = heads.findIndex((one) => one.startsWith("Telephone"));
  return [...document.querySelectorAll("table.tbl--list tbody tr")].map((row) => [row.querySelector("a").innerText.trim(), row.cells[at].innerText.trim()]) }"""
TAIL = re.compile(r"\*{2,}(\d{4})$")


def known(person, *, pages, skip=0, at="/reception/customers/"):
    """[(name, last four digits)] of the hall's customers, those seen last first, from so many pages of the list after the first `skip`."""
    found = []
    person.page.goto(at)
    for number in range(skip + pages):
        if number >= skip:
            found += [(name, TAIL.search(phone)[1]) for name, phone in person.page.evaluate(ROWS) if TAIL.search(phone)]
        after = person.page.locator("a[href*='after=']").first
        if not after.count():
            break
        person.page.goto(f"{at}{after.get_attribute('href')}")
    return list(dict.fromkeys(found))


def returning(person, turn, name, tail):
    """N, the last four digits, the purpose, saved; returns the number of the visit."""
    person.page.goto(FROM[turn % len(FROM)])
    person.begin()
    person.press("n")
    person.wait_for_focus("who")
    person.type(tail)
    person.choose("id_who-hits", name)
    person.press("Enter")
    person.wait_for_focus("purpose")
    person.type("1")
    return saved(person, name)


def new(person, turn, name, spelt, phone):
    """N, the whole number, the name through an input method, the purpose, saved; returns the number of the visit."""
    person.page.goto(FROM[turn % len(FROM)])
    person.begin()
    person.press("n")
    person.wait_for_focus("who")
    person.type(phone)
    person.choose("id_who-hits", phone)
    person.press("Enter")
    person.wait_for_focus("name")
    person.compose(spelt, name)
    person.press("Enter")
    person.wait_for_focus("purpose")
    person.type("2")
    return saved(person, name)


def saved(person, name):
    """Enter, until the saved visit is named above an empty form with the cursor in it."""
    person.press("Enter")
    person.page.locator("#saved").wait_for()
    person.wait_for_focus("who")
    seconds, number = person.seconds, re.search(r"VS-\d{4}-\d{6}", person.page.locator("#saved").inner_text())[0]
    told(person.page.locator("[name=who]").input_value() == "", "The next form is not empty.")
    latest = person.page.locator("tr", has=person.page.locator("a", has_text=number))
    told(latest.count() == 1 and name in latest.inner_text(), f"{number} is not the visit of {name}.")
    return seconds, number


def caller(person, name, tail):
    """Ctrl+K, the last four digits, and O for the last visit; returns the seconds until it is read."""
    person.page.goto("/reception/visits/")
    person.begin()
    person.press("Control+k")
    person.type(tail)
    person.choose("command-hits", name)
    person.press("Enter")
    person.page.locator("[data-key=o]").wait_for()
    person.press("o")
    person.page.wait_for_url(re.compile(r"/reception/visits/\d+/$"))
    person.page.locator("h1").wait_for()
    seconds = person.seconds
    told(name in person.page.locator("main").inner_text(), f"This is not a visit of {name}.")
    return seconds


def red_on_the_board(person):
    """From My day: the board, the figure that is red there, the first of its rows, who is the one that waits longest."""
    person.page.goto("/")
    person.begin()
    person.click(person.page.locator("a[href='/reception/board/']:visible").first)
    longest = person.page.locator("[aria-labelledby=lane-w] a.name").first.inner_text()
    record = open_first(person, person.page.locator(".tile", has_text="Longest wait"))
    told(longest in record["text"], f"{longest} waits longest, and another visit was opened.")
    return record


def red_in_the_figures(person, label):
    """From the figures of the month: a figure, the first of its rows; as many rows as the figure says."""
    person.page.goto("/reception/figures/")
    person.begin()
    link = person.page.locator("#comparison tr", has=person.page.get_by_text(label, exact=True)).locator("a").first
    figure = re.sub(r"\D", "", link.inner_text())
    record = open_first(person, link)
    total = re.sub(r"\D", "", record["count"].partition("of")[2])
    told(total == figure, f"{label} says {figure}, its list {record['count']}.")
    return record


def open_first(person, figure):
    """Follow a figure to its rows, and the first row to its record."""
    person.click(figure)
    row = person.page.locator("table.tbl--list tbody tr").first
    row.wait_for()
    name, count = row.locator("a").first.inner_text().strip(), person.page.locator(".pager").first.inner_text()
    person.click(row.locator("a").first)
    person.page.wait_for_url(re.compile(r"/reception/visits/\d+/$"))
    person.page.locator("h1").wait_for()
    seconds = person.seconds
    told(name in person.page.locator("main").inner_text(), "Another record than the row's.")
    return {"seconds": seconds, "count": count, "text": person.page.locator("main").inner_text()}


# Read off the page's own clock: asking it from outside would wait for the next picture, and be told as time that the cursor was away.
CLOCKS = """addEventListener("keydown", (event) => event.key === "n" && sessionStorage.setItem("n at", Date.now()), {capture: true});
addEventListener("focusin", (event) => { if (event.target.name === "who") window.after ??= Date.now() - sessionStorage.getItem("n at") }, {capture: true});"""


def start_by_n(person, address):
    """N on this page until the cursor stands in the field for the phone; (milliseconds, those of them until the house answered)."""
    person.page.goto(address)
    person.page.wait_for_load_state("networkidle")
    person.page.keyboard.press("n")
    person.page.wait_for_function("() => document.activeElement?.name === 'who' && window.after")
    return person.page.evaluate("() => [window.after, performance.getEntriesByType('navigation')[0].responseStart]")


def spellings(people, far, chance):
    """Forty look-ups: [(what is typed, who is meant, their last digits)]. Anybody by digits, name and pinyin; by initials and by the
    surname alone those who were here lately, as a desk does."""
    from pypinyin import lazy_pinyin

    def named(rows):
        return [one for one in rows if re.fullmatch("[\u4e00-\u9fff]{2,4}", one[0]) and not re.search("先生|小姐|女士|公司", one[0])]

    def spelt(name):
        return lazy_pinyin(name)

    every, lately = chance.sample(named(far), k=24), named(people)
    found = [(tail, name, tail) for name, tail in every[:10]]
    found += [(name, name, tail) for name, tail in every[10:17]]
    found += [("".join(spelt(name)), name, tail) for name, tail in every[17:24]]
    found += [("".join(one[0] for one in spelt(name)), name, tail) for name, tail in itertools.islice(itertools.cycle(lately), 8)]
    found += [(spelt(name)[0] + spelt(name)[1][0], name, tail) for name, tail in chance.sample(lately, k=4)]
    found += [(name[0], name, tail) for name, tail in lately[:4]]
    return found


def look_up(person, words, name, tail):
    """Type these words at the desk; returns (place in the list or None, ms of the last answer, ms from the last key to the list)."""
    page = person.page
    page.goto("/reception/")
    person.wait_for_focus("who")
    answers = []
    page.on("requestfinished", seen := lambda asked: answers.append(asked) if asked.url.endswith("/suggest/") else None)
    person.begin()
    if words.isascii():
        person.type(words)
    else:
        from pypinyin import lazy_pinyin

        person.compose("".join(lazy_pinyin(words)), words)
    last = time.monotonic()
    with page.expect_response(lambda answer: answer.url.endswith("/suggest/") and parse_qs(answer.request.post_data)["q"] == [words]):
        pass
    page.locator("#id_who-hits [role=option]").first.wait_for()
    shown = 1000 * (time.monotonic() - last)
    lines = page.locator("#id_who-hits [role=option]").all_inner_texts()
    page.remove_listener("requestfinished", seen)
    timing = answers[-1].timing
    place = next((place for place, line in enumerate(lines) if name in line and (tail in line or not tail)), None)
    return place, timing["responseEnd"] - timing["requestStart"], shown


def fresh_phone(chance=random):
    """A number that nobody in the demo has."""
    return f"139{chance.randrange(10**8):08d}"
