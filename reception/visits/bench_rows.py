"""Visits for the bench, written in statements over whole sets: each with its ticket, its events and the history of both."""
EVENTS = 300  # events of each of the few visits with a long history
MARK = "VS-2019-_______"  # the numbers of these rows

VISITS = """
INSERT INTO reception_visit (version, number, public_code, hall_id, state, customer_id, visitor_name, party_size, purpose_id, need, interest, intention,
    details, note, receptionist_id, adviser_id, arrived_at, greeted_at, served_at, left_at, steps, outcome, next_step, assumed, imported, created_at)
SELECT 1, 'VS-2019-' || lpad(i::text, 7, '0'), lpad(to_hex(i), 8, '0'), k.hall_id, CASE WHEN i %% 40 = 0 THEN 'left' ELSE 'closed' END,
    CASE WHEN i %% 3 > 0 THEN k.customer_id END, CASE WHEN i %% 3 = 0 AND i %% 2 = 0 THEN '访客' || i %% 1000 ELSE '' END, 1 + i %% 3,
    p.ids[1 + (i %% array_length(p.ids, 1))], '', '', '', '{}', '', e.ids[1 + (i %% array_length(e.ids, 1))],
    CASE WHEN i %% 40 > 0 THEN e.ids[1 + (i / 7 %% array_length(e.ids, 1))] END, t, t + interval '20 seconds',
    CASE WHEN i %% 40 > 0 THEN t + i %% 23 * interval '1 minute' END, t + interval '50 minutes',
    '[]', CASE WHEN i %% 4000 = 7 THEN '' WHEN i %% 40 = 0 THEN 'left' ELSE 'information' END, '', i %% 4000 = 7, false, t
FROM generate_series(1, %(count)s) i CROSS JOIN LATERAL (SELECT now() - interval '26 hours' - i * interval '126 seconds' t) t
    JOIN reception_customerhall k ON k.customer_id = (SELECT min(id) FROM reception_customer WHERE number LIKE 'CU-2019-_______') + (i * 104729::bigint) %% %(count)s,
    (SELECT array_agg(id ORDER BY id) ids FROM reception_purpose) p, (SELECT array_agg(id ORDER BY id) ids FROM staff_employee) e
ORDER BY i DESC"""
LEGS = """
INSERT INTO reception_serviceleg (visit_id, hall_id, service_id, day, prefix, sequence, state, queued_at, employee_id, called_at, calls, started_at,
                                  ended_at, result, assumed)
SELECT v.id, v.hall_id, s.id, v.day, 'Z', row_number() OVER (PARTITION BY v.hall_id, v.day ORDER BY v.id),
       CASE WHEN v.state = 'left' THEN 'abandoned' ELSE 'done' END, v.arrived_at, v.adviser_id, v.served_at, 1, v.served_at, v.left_at, '', false
FROM (SELECT *, (arrived_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM reception_visit WHERE number LIKE %(mark)s) v,
     (SELECT min(id) id FROM staff_service) s ORDER BY v.id"""
HAPPENED = """
INSERT INTO reception_visitevent (visit_id, leg_id, hall_id, verb, at, reason, detail)
SELECT v.id, CASE WHEN w.verb IN ('queued', 'called') THEN l.id END, v.hall_id, w.verb, w.at, '', '{}'
FROM reception_visit v JOIN reception_serviceleg l ON l.visit_id = v.id CROSS JOIN LATERAL
     (VALUES ('arrived', v.arrived_at), ('queued', v.arrived_at), ('greeted', v.greeted_at), ('called', v.served_at), ('served', v.served_at),
             ('closed', v.left_at)) w (verb, at)
WHERE v.number LIKE %(mark)s AND w.at IS NOT NULL AND v.number NOT LIKE 'VS-2019-000001_' ORDER BY v.id, w.at"""
LONG_AND_SHORT = """
INSERT INTO reception_visitevent (visit_id, hall_id, verb, at, reason, detail)
SELECT v.id, v.hall_id, CASE WHEN n = 1 THEN 'arrived' WHEN n = 2 THEN 'greeted' ELSE 'steps' END, v.arrived_at + n * interval '1 second', '', '{"steps": []}'
FROM reception_visit v, generate_series(1, CASE WHEN v.number < 'VS-2019-0000015' THEN 3 ELSE %(events)s END) n
WHERE v.number LIKE 'VS-2019-000001_' ORDER BY v.id, n"""
VISIT = ("id, version, number, public_code, hall_id, state, customer_id, visitor_name, party_size, purpose_id, need, interest, intention, details, note, "
         "receptionist_id, adviser_id, arrived_at, greeted_at, served_at, left_at, steps, outcome, next_step, assumed, imported, created_at")
HISTORY = """
INSERT INTO reception_historicalvisit (VISIT_FACTS, history_date, history_change_reason, history_type)
SELECT VISIT_FACTS, created_at, 'logged', '+' FROM reception_visit WHERE number LIKE %(mark)s ORDER BY id""".replace("VISIT_FACTS", VISIT)
LONG_HISTORY = """
INSERT INTO reception_historicalvisit (VISIT_FACTS, history_date, history_change_reason, history_type)
SELECT VISIT_FACTS, created_at + n * interval '1 second', 'steps ticked', '~' FROM reception_visit, generate_series(2, %(events)s) n
WHERE number BETWEEN 'VS-2019-0000015' AND 'VS-2019-0000019' AND number LIKE %(mark)s""".replace("VISIT_FACTS", VISIT)
LEG = ("id, visit_id, hall_id, service_id, day, prefix, sequence, state, queued_at, employee_id, called_at, calls, started_at, ended_at, result, assumed")
LEG_HISTORY = """
INSERT INTO reception_historicalserviceleg (LEG_FACTS, priority, history_date, history_change_reason, history_type)
SELECT LEG_FACTS, '', queued_at, 'queued', '+' FROM reception_serviceleg WHERE prefix = 'Z' ORDER BY id""".replace("LEG_FACTS", LEG)
STATEMENTS = (VISITS, LEGS, HAPPENED, LONG_AND_SHORT, HISTORY, LONG_HISTORY, LEG_HISTORY)


def write(cursor, count):
    """`count` visits of the past at even distances, in the halls of their customers, with tickets, events and history.

    The ten numbered ...10 to ...19 have three events, or EVENTS of them from ...15 on.
    """
    for statement in STATEMENTS:
        cursor.execute(statement, {"count": count, "mark": MARK, "events": EVENTS})
