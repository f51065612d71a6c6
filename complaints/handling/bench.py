"""What the bench times of the register of complaints: the first page, what is open, late, over, and what is searched for (PERFORMANCE.md, goal 3)."""
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from complaints.handling import states
from complaints.handling.models import Complaint
from config.bench.floors import read, show
from config.contributions.bench import register_act
from config.web.lists import encode

SEES_ALL, REGISTER, MARK = "general", "complaints", "CP-2019-"
PAGE_5000 = 125_000  # rows before it
ROW = """SELECT c.id, c.number, c.matter, c.next_due_at, c.state, c.severity, u.name, c.contact_name, c.contact_phone, e.name, c.channel, h.name, c.received_at
    FROM complaints_complaint c JOIN staff_hall h ON h.id = c.hall_id LEFT JOIN reception_customer u ON u.id = c.customer_id
    LEFT JOIN staff_employee e ON e.id = c.handler_id WHERE """
OPEN, OVER = (f"c.state IN ({', '.join(repr(state) for state in group)})" for group in (states.OPEN, states.OVER))
BY_DUE, NEWEST = " ORDER BY c.next_due_at, c.id LIMIT 26", " ORDER BY c.received_at DESC, c.id DESC LIMIT 26"
WORDS = " OR ".join(f"upper(c.{name}) LIKE upper(%s)" for name in ("number", "public_code", "contact_name", "matter", "product"))


def floor(where, order=BY_DUE):
    """A bare view of the rows that a hand-written condition finds; what stands in it is asked for as `v`."""
    return lambda request: show(request, read(ROW + where + order, *request.GET.getlist("v")))


def list_act(key, label, order, query, view, *, samples=lambda: [""], values=lambda _sample: [], **goals):
    """Register the list at `query(sample)` beside a bare view, which is asked for `values(sample)`."""
    register_act(key=key, order=order, label=f"Complaints, {label}", user=SEES_ALL, samples=samples, views=[("", view)], statements=8,
                 ours=lambda browser, sample: browser.get(f"{reverse(REGISTER)}?{query(sample)}"),
                 bare=lambda browser, sample: browser.get(f"/{key}/?{urlencode([('v', value) for value in values(sample)])}"), **goals)


def some(column):
    """Twenty values of a column, from all years."""
    last = Complaint.objects.filter(number__startswith=MARK).aggregate(last=Max("pk"))["last"]
    step = max(1, Complaint.objects.count() // 25)
    return list(Complaint.objects.filter(pk__in=[last - n * step for n in range(1, 21)], number__startswith=MARK).exclude(**{column: ""})
                .values_list(column, flat=True))


def places():
    """Where page 5,000 of what is over begins, or the last full one of a shorter list."""
    rows = Complaint.objects.filter(state__in=states.OVER).order_by("-received_at", "-pk").values_list("received_at", "pk")
    return [rows[min(PAGE_5000, rows.count() - 27)]]


def search(key, label, order, samples, view, values):
    """Register a search."""
    list_act(key, f"searched by {label}", order, lambda typed: urlencode({"q": typed}), view, samples=samples, values=values, times_floor=2)


list_act("complaints", "first page: open, next due first", 96, lambda _sample: "view=all", floor(OPEN), growth=1.5)
list_act("complaints-late", "overdue", 97, lambda _sample: "due=late", floor(f"{OPEN} AND c.next_due_at < %s"), values=lambda _sample: [timezone.now()],
         growth=1.5, times_floor=2)
list_act("complaints-over", "what is over, the newest first", 98, lambda _sample: "state=closed&sort=-received_at", floor(OVER, NEWEST), growth=1.5)
list_act("complaints-over-page-5000", "what is over, page 5,000", 99,
         lambda at: f"state=closed&sort=-received_at&n=5000&after={encode(at)}", floor(f"{OVER} AND (c.received_at, c.id) < (%s, %s)", NEWEST),
         samples=places, values=lambda at: [at[0].isoformat(), at[1]], beside=("complaints-over", 1.3))
search("complaints-by-code", "code", 100, lambda: some("public_code"), floor("c.public_code = %s"), lambda typed: [typed])
search("complaints-by-phone", "end of a phone", 101, lambda: [phone[-6:] for phone in some("contact_phone")],
       floor(f"({WORDS} OR upper(c.contact_phone) LIKE upper(%s))", NEWEST), lambda typed: [f"%{typed}%"] * 5 + [f"%{typed}"])
search("complaints-by-words", "words of the matter", 102, lambda: [matter[-9:] for matter in some("matter")],
       floor(f"({WORDS})", NEWEST), lambda typed: [f"%{typed}%"] * 5)
