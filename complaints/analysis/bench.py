"""What the bench fills in and times of complaints: the dashboard, over years of complaints of which some are open (PERFORMANCE.md, goal 4)."""
from django.urls import reverse
from django.utils import timezone

from complaints.analysis import bench_rows, rollup
from config.bench.floors import read, show
from config.contributions.bench import register_act, register_fill
from config.web.periods import MONTH, Period

SEES_ALL = "general"
FLOOR = f"""
SELECT date_trunc('month', day)::date, phase, dim, CASE WHEN dim <> 'all' THEN value END, {", ".join(f"sum({name})" for name in rollup.SUMS)}
FROM complaints_complaintday WHERE dim IN ('all', 'cause', 'channel', 'handler', 'product', 'severity', 'kind') AND (dim = 'all' AND day BETWEEN %s AND %s
    OR dim <> 'all' AND (day BETWEEN %s AND %s OR day BETWEEN %s AND %s OR day BETWEEN %s AND %s)) GROUP BY 1, 2, 3, 4"""  # noqa: S608 - only names of this file
STANDING = """SELECT state, count(*), count(*) FILTER (WHERE next_due_at < %s) FROM complaints_complaint WHERE state IN ('registered', 'acknowledged',
    'assigned', 'investigating', 'verified', 'liability_set', 'proposed', 'agreed', 'implementing', 'implemented', 'followed_up', 're_handling') GROUP BY 1"""
PRESSING = """SELECT c.id, c.number, c.matter, c.next_due_at, c.state, e.name FROM complaints_complaint c LEFT JOIN staff_employee e ON e.id = c.handler_id
    WHERE c.next_due_at <= %s AND c.state IN ('registered', 'acknowledged', 'assigned', 'investigating', 'verified', 'liability_set', 'proposed', 'agreed',
    'implementing', 'implemented', 'followed_up', 're_handling') ORDER BY c.next_due_at, c.id LIMIT 8"""


def floor(request):
    """The same figures by hand: sums of 13 months, breakdowns of three, what is open, what presses."""
    now, today = timezone.now(), timezone.localdate()
    span, before, ago = Period.of(MONTH, today).comparison(today)
    rows = read(FLOOR, ago.first, today, span.first, span.last, before.first, before.last, ago.first, ago.last)
    return show(request, rows, read(STANDING, now), read(PRESSING, now))


register_fill(key="complaints", order=40, write=bench_rows.write)
register_act(key="complaint-dashboard", order=95, label="Complaint dashboard, this month, all halls", user=SEES_ALL, samples=lambda: [""],
             ours=lambda browser, _sample: browser.get(f"{reverse('complaint_dashboard')}?hall="),
             bare=lambda browser, _sample: browser.get("/complaint-dashboard/"), views=[("", floor)], growth=3, times_floor=2, statements=15)
