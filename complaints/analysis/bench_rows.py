"""Complaints for the bench, written in statements over whole sets: registered, of which some are open, with what they are counted as and the sums."""
from complaints.analysis import rollup

MARK = "CP-2019-"
MATTERS = "ARRAY['安装延误', '台面有划痕', '等了五十分钟', '价格与报价不符', '售后无人接听', '送货少了一件', '顾问态度冷淡', '发票迟迟未开']"
STATES = "ARRAY['assigned', 'investigating', 'proposed', 'implementing']"
CAUSES = "ARRAY['person', 'process', 'product', 'price', 'environment', 'equipment', 'partner', 'information']"
COMPLAINTS = f"""
INSERT INTO complaints_complaint (version, number, public_code, kind, hall_id, channel, received_at, registered_at, registered_by_id, source_kind, contact_name,
    contact_phone, contact_email, reported_by, language, matter, cause_told, demand, product, impact, urgency, severity, safety, assessed, apologised, promised,
    promised_until, promised_manner, told_by, state, state_before, since, turn, handler_id, returns, reopened, urges, level, turn_began_at, acknowledged_at,
    implemented_at, closed_at, ack_due_at, solve_due_at, next_due_at, paused, validity, grounds, facts_found, cause, cause_detail, whys, improvement,
    prevention, no_improvement, satisfaction, end_reason, advice)
SELECT 1, '{MARK}' || lpad(i::text, 7, '0'), 'Z' || translate(lpad(to_hex(i), 7, '0'), '0123456789abcdef', '23456789ABCDEFGH'), 'complaint', h.ids[1 + i / 3 %% array_length(h.ids, 1)],
    (ARRAY['phone', 'counter', 'web', 'email', 'box', 'follow_up'])[1 + i %% 6], t, t, NULL, '', '客户' || i %% 1000,
    CASE WHEN i %% 4 > 0 THEN '+86138' || lpad((i * 7919::bigint %% 100000000)::text, 8, '0') ELSE '' END, '', '', 'zh-hans',
    ({MATTERS})[1 + i %% 8] || '，订单' || i, '', '',
    '产品' || i %% 12, 'low', 'low', (ARRAY['minor', 'normal', 'grave'])[1 + i / 5 %% 3], false, true, true, true, t + interval '7 days', '电话答复', 'phone',
    CASE WHEN o.open THEN ({STATES})[1 + i / 3 %% 4] WHEN i %% 20 = 0 THEN 'closed_not_agreed' ELSE 'closed_satisfied' END, '', t, 1,
    e.ids[1 + (i / 7 %% array_length(e.ids, 1))], 0, (i %% 15 = 0)::int, 0, 0, t, t + i %% 300 * interval '1 minute',
    CASE WHEN NOT o.open THEN least(now(), t + i %% 200 * interval '1 hour') END,
    CASE WHEN NOT o.open THEN least(now(), t + i %% 200 * interval '1 hour' + interval '1 day') END,
    t + interval '2 hours', t + interval '7 days', CASE WHEN o.open THEN t + interval '2 days' END, false, '', '', '',
    CASE WHEN NOT o.open THEN ({CAUSES})[1 + i %% 8] ELSE '' END, '', '[]', '', '', '', CASE WHEN NOT o.open AND i %% 3 > 0 THEN 1 + i %% 5 END, '', ''
FROM generate_series(1, %(count)s) i CROSS JOIN LATERAL (SELECT now() - interval '20 minutes' - i * interval '4 years' / %(count)s t) t
    CROSS JOIN LATERAL (SELECT i <= %(count)s / 50 AND i %% greatest(1, least(%(count)s / 10000, 10)) = 0 AS open) o,
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


def write(cursor, count):
    """`count` complaints of four years with what they are counted as and the sums. Open are some of the last month: of ten thousand two hundred, of a
    million two thousand, most of them late at either size."""
    for statement in (COMPLAINTS, FACTS):
        cursor.execute(statement, {"count": count})
    rollup.sum_anew()
