"""What the bench fills in and times of complaints: the dashboard, over years of complaints of which some are open (PERFORMANCE.md, goal 4)."""
from django.urls import reverse
from django.utils import timezone

from complaints.analysis import rollup
from config.bench.floors import read, show
from config.contributions.bench import register_act, register_fill
from config.web.periods import MONTH, Period

SEES_ALL = "general"
MARK = "CP-2019-"
STATES = "ARRAY['assigned', 'investigating', 'proposed', 'implementing']"
CAUSES = "ARRAY['person', 'process', 'product', 'price', 'environment', 'equipment', 'partner', 'information']"
COMPLAINTS = f"""
INSERT INTO complaints_complaint (version, number, public_code, kind, hall_id, channel, received_at, registered_at, registered_by_id, source_kind, contact_name,
    contact_phone, contact_email, reported_by, language, matter, cause_told, demand, product, impact, urgency, severity, safety, assessed, apologised, promised,
    promised_until, promised_manner, told_by, state, state_before, since, turn, handler_id, returns, reopened, urges, level, turn_began_at, acknowledged_at,
    implemented_at, closed_at, ack_due_at, solve_due_at, next_due_at, paused, validity, grounds, facts_found, cause, cause_detail, whys, improvement,
    prevention, no_improvement, satisfaction, end_reason, advice)
SELECT 1, '{MARK}' || lpad(i::text, 7, '0'), 'Z' || lpad(to_hex(i), 7, '0'), 'complaint', h.ids[1 + i %% array_length(h.ids, 1)],
    (ARRAY['phone', 'counter', 'web', 'email', 'box', 'follow_up'])[1 + i %% 6], t, t, NULL, '', '客户' || i %% 1000, '', '', '', 'zh-hans', '安装延误', '', '',
    '产品' || i %% 12, 'low', 'low', (ARRAY['minor', 'normal', 'grave'])[1 + i / 5 %% 3], false, true, true, true, t + interval '7 days', '电话答复', 'phone',
    CASE WHEN i <= 200 THEN ({STATES})[1 + i %% 4] WHEN i %% 20 = 0 THEN 'closed_not_agreed' ELSE 'closed_satisfied' END, '', t, 1,
    e.ids[1 + (i / 7 %% array_length(e.ids, 1))], 0, (i %% 15 = 0)::int, 0, 0, t, t + i %% 300 * interval '1 minute',
    CASE WHEN i > 200 THEN t + i %% 200 * interval '1 hour' END, CASE WHEN i > 200 THEN t + i %% 200 * interval '1 hour' + interval '1 day' END,
    t + interval '2 hours', t + interval '7 days', CASE WHEN i <= 200 THEN t + interval '2 days' END, false, '', '', '',
    CASE WHEN i > 200 THEN ({CAUSES})[1 + i %% 8] ELSE '' END, '', '[]', '', '', '', CASE WHEN i > 200 AND i %% 3 > 0 THEN 1 + i %% 5 END, '', ''
FROM generate_series(1, %(count)s) i CROSS JOIN LATERAL (SELECT now() - interval '20 minutes' - i * interval '4 years' / %(count)s t) t,
    (SELECT array_agg(id ORDER BY id) ids FROM staff_hall) h,
    (SELECT array_agg(id ORDER BY id) ids FROM (SELECT id FROM staff_employee ORDER BY id LIMIT 40) e) e
ORDER BY i DESC"""  # noqa: S608 - only names of this file
FACTS = f"""
INSERT INTO complaints_complaintfact (complaint_id, hall_id, kind, channel, severity, cause, product, handler_id, received_on, closed_on, due_on, acked, ack_in_time,
    ack_minutes, repeat, solved, in_time, solve_minutes, rated, stars, reopened)
SELECT id, hall_id, kind, channel, severity, cause, product, handler_id, (received_at AT TIME ZONE 'Asia/Shanghai')::date, (closed_at AT TIME ZONE 'Asia/Shanghai')::date,
    (solve_due_at AT TIME ZONE 'Asia/Shanghai')::date, 1, (acknowledged_at <= ack_due_at)::int, extract(epoch FROM acknowledged_at - registered_at)::int / 60, 0,
    (closed_at IS NOT NULL)::int, (implemented_at IS NOT NULL AND implemented_at <= solve_due_at)::int,
    coalesce(extract(epoch FROM implemented_at - turn_began_at)::int / 60, 0), (satisfaction IS NOT NULL)::int, coalesce(satisfaction, 0), reopened
FROM complaints_complaint WHERE number LIKE '{MARK}_______' AND NOT EXISTS (SELECT FROM complaints_complaintfact f WHERE f.complaint_id = complaints_complaint.id)"""  # noqa: S608, E501 - only names of this file
FLOOR = f"""
SELECT date_trunc('month', day)::date, phase, dim, CASE WHEN dim <> 'all' THEN value END, {", ".join(f"sum({name})" for name in rollup.SUMS)}
FROM complaints_complaintday WHERE dim IN ('all', 'cause', 'channel', 'handler', 'product', 'severity', 'kind') AND (dim = 'all' AND day BETWEEN %s AND %s
    OR dim <> 'all' AND (day BETWEEN %s AND %s OR day BETWEEN %s AND %s OR day BETWEEN %s AND %s)) GROUP BY 1, 2, 3, 4"""  # noqa: S608 - only names of this file
STANDING = """SELECT state, count(*), count(*) FILTER (WHERE next_due_at < %s) FROM complaints_complaint WHERE state IN ('registered', 'acknowledged',
    'assigned', 'investigating', 'verified', 'liability_set', 'proposed', 'agreed', 'implementing', 'implemented', 'followed_up', 're_handling') GROUP BY 1"""
PRESSING = """SELECT c.id, c.number, c.matter, c.next_due_at, c.state, e.name FROM complaints_complaint c LEFT JOIN staff_employee e ON e.id = c.handler_id
    WHERE c.next_due_at <= %s AND c.state IN ('registered', 'acknowledged', 'assigned', 'investigating', 'verified', 'liability_set', 'proposed', 'agreed',
    'implementing', 'implemented', 'followed_up', 're_handling') ORDER BY c.next_due_at, c.id LIMIT 8"""


def write(cursor, count):
    """`count` complaints of four years, the newest two hundred open, with what they are counted as and the sums."""
    for statement in (COMPLAINTS, FACTS):
        cursor.execute(statement, {"count": count})
    rollup.sum_anew()


def floor(request):
    """The same figures by hand: sums of 13 months, breakdowns of three, what is open, what presses."""
    now, today = timezone.now(), timezone.localdate()
    span, before, ago = Period.of(MONTH, today).comparison(today)
    rows = read(FLOOR, ago.first, today, span.first, span.last, before.first, before.last, ago.first, ago.last)
    return show(request, rows, read(STANDING, now), read(PRESSING, now))


register_fill(key="complaints", order=40, write=write)
register_act(key="complaint-dashboard", order=95, label="Complaint dashboard, this month, all halls", user=SEES_ALL, samples=lambda: [""],
             ours=lambda browser, _sample: browser.get(f"{reverse('complaint_dashboard')}?hall="),
             bare=lambda browser, _sample: browser.get("/complaint-dashboard/"), views=[("", floor)], growth=3, times_floor=2, statements=15)
