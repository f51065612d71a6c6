"""Customers for the bench, written in statements over whole sets: names from lists, phones by number, so that none repeats."""
from reception.customers import names

SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
            "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
FIRST = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红建国志文海燕春晓"
SECOND = ("", *"华明梅龙云辉玲峰燕丽军玉宁")
TALKS = 300  # exchanges of each of the few customers with a long history
MARK = "CU-2019-_______"  # the numbers of these rows

CUSTOMERS = """
INSERT INTO reception_customer (version, number, name, company, note, source, choice, choice_reason, attention, prefers_channel, prefers_time, prefers_language, prefers_manner,
                                sort_key, search_keys, last_seen_at, created_at)
SELECT 1, 'CU-2019-' || lpad(i::text, 7, '0'), n.name, CASE WHEN i %% 5 = 0 THEN '示例' || (i %% 50000) || '有限公司' ELSE '' END, '', '', 'open', '', '', '', '', '', '',
       n.sort_key, n.words || ' cu2019' || lpad(i::text, 7, '0'), now() - i * interval '95 seconds', now() - i * interval '95 seconds'
FROM generate_series(1, %(count)s) i JOIN bench_names n ON n.id = (i * 7919::bigint) %% %(names)s ORDER BY i"""
HALLS = """
INSERT INTO reception_customerhall (customer_id, hall_id, since, last_seen_at)
SELECT c.id, h.ids[1 + (c.id %% array_length(h.ids, 1))], c.created_at, c.last_seen_at
FROM reception_customer c, (SELECT array_agg(id ORDER BY id) ids FROM staff_hall) h WHERE c.number LIKE %(mark)s ORDER BY c.id"""
CONTACTS = """
INSERT INTO reception_contactpoint (customer_id, kind, value, extension, digits, reversed_digits, is_primary, created_at)
SELECT id, 'mobile', '+86' || p, '', p, reverse(p), true, created_at
FROM (SELECT id, created_at, '13' || lpad(((id * 7654321::bigint) %% 1000000000)::text, 9, '0') p FROM reception_customer WHERE number LIKE %(mark)s ORDER BY id) c"""
KEYS = """
INSERT INTO reception_customerkey (hall_id, customer_id, key)
SELECT h.hall_id, c.id, left(w.key, 254) FROM reception_customer c JOIN reception_customerhall h ON h.customer_id = c.id
CROSS JOIN unnest(string_to_array(c.search_keys, ' ')) AS w(key) WHERE c.number LIKE %(mark)s AND w.key > ''
UNION ALL
SELECT h.hall_id, p.customer_id, w.key FROM reception_contactpoint p JOIN reception_customer c ON c.id = p.customer_id
JOIN reception_customerhall h ON h.customer_id = c.id CROSS JOIN LATERAL (VALUES ('+' || p.digits), ('-' || p.reversed_digits)) AS w(key)
WHERE c.number LIKE %(mark)s"""
HISTORY = """
INSERT INTO reception_historicalcustomer (id, version, number, name, company, note, source, choice, choice_reason, attention, prefers_channel, prefers_time, prefers_language, prefers_manner,
                                          created_at, history_date, history_change_reason, history_type)
SELECT id, version, number, name, company, note, source, choice, choice_reason, attention, prefers_channel, prefers_time, prefers_language, prefers_manner, created_at, created_at,
       'registered', '+'
FROM reception_customer WHERE number LIKE %(mark)s"""
CONTACT_HISTORY = """
INSERT INTO reception_historicalcontactpoint (id, customer_id, kind, value, extension, is_primary, created_at, history_date, history_change_reason, history_type)
SELECT p.id, p.customer_id, p.kind, p.value, p.extension, p.is_primary, p.created_at, p.created_at, 'registered', '+'
FROM reception_contactpoint p JOIN reception_customer c ON c.id = p.customer_id WHERE c.number LIKE %(mark)s"""
TALK = """
INSERT INTO reception_communication (customer_id, hall_id, at, method, topic, opinion, answer, next_step, correction_reason, entered_by_id, entered_at)
SELECT c.id, h.hall_id, c.created_at + n * interval '1 minute', 'phone', 'Question ' || n, '', 'Answered', '', '', u.id, c.created_at + n * interval '1 minute'
FROM reception_customer c JOIN reception_customerhall h ON h.customer_id = c.id, generate_series(1, CASE WHEN c.number LIKE '%%7' THEN %(talks)s ELSE 3 END) n,
     (SELECT min(id) id FROM config_user) u
WHERE c.number BETWEEN 'CU-2019-0000011' AND 'CU-2019-0000030' AND c.number LIKE %(mark)s"""
STATEMENTS = (CUSTOMERS, HALLS, CONTACTS, KEYS, HISTORY, CONTACT_HISTORY, TALK)


def write(cursor, count):
    """`count` customers with a phone each, in the halls in turn, their keys and their history; twenty of them have been talked with."""
    people = [surname + first + second for surname in SURNAMES for first in FIRST for second in SECOND]
    cursor.execute("CREATE TEMP TABLE bench_names (id bigint PRIMARY KEY, name text, sort_key text, words text)")
    with cursor.copy("COPY bench_names FROM STDIN") as rows:
        for number, name in enumerate(people):
            rows.write_row((number, name, names.sort_key(name), " ".join(names.search_keys(name))))
    for statement in STATEMENTS:
        cursor.execute(statement, {"count": count, "names": len(people), "mark": MARK, "talks": TALKS})
