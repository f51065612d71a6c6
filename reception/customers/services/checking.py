"""How complete files are, worked out anew in one statement for any number of them (REC-22)."""
from django.db import connection

# A file is judged by the template of its kind
CHECK = """
INSERT INTO reception_filecheck (customer_id, percent, missing)
SELECT c.id, 100 - 100 * cardinality(m.missing) / greatest(cardinality(t.required), 1), m.missing
FROM reception_customer c JOIN reception_filetemplate t ON t.kind = CASE WHEN c.company > '' THEN 'company' ELSE 'person' END
CROSS JOIN LATERAL (SELECT ARRAY(SELECT f FROM unnest(t.required) f WHERE NOT CASE f
    WHEN 'name' THEN c.name > '' WHEN 'company' THEN c.company > '' WHEN 'source' THEN c.source > '' WHEN 'owner' THEN c.owner_id IS NOT NULL
    WHEN 'prefers_channel' THEN c.prefers_channel > ''
    WHEN 'phone' THEN EXISTS (SELECT FROM reception_contactpoint p WHERE p.customer_id = c.id AND p.kind IN ('mobile', 'landline', 'phone'))
    ELSE EXISTS (SELECT FROM reception_contactpoint p WHERE p.customer_id = c.id AND p.kind = f) END)::varchar[] AS missing) m
WHERE c.merged_into_id IS NULL AND c.erased_at IS NULL AND {which}
ORDER BY c.id  -- so that two who judge the same files never wait for each other
ON CONFLICT (customer_id) DO UPDATE SET percent = excluded.percent, missing = excluded.missing
WHERE (reception_filecheck.percent, reception_filecheck.missing) IS DISTINCT FROM (excluded.percent, excluded.missing)"""
GONE = """DELETE FROM reception_filecheck k USING reception_customer c
WHERE c.id = k.customer_id AND (c.merged_into_id IS NOT NULL OR c.erased_at IS NOT NULL)"""
SINCE = """c.id IN (SELECT id FROM reception_historicalcustomer WHERE history_date > %(since)s
    UNION SELECT customer_id FROM reception_historicalcontactpoint WHERE history_date > %(since)s)"""
ALL_AT_ONCE = 50_000


def check_anew(ids):
    """How complete these files are now; those merged or erased are left out."""
    with connection.cursor() as cursor:
        cursor.execute(CHECK.format(which="c.id = ANY(%(ids)s)"), {"ids": list(ids)})


def check_changed(since):
    """The same for every file that was opened or changed since a moment, those merged or erased taken out; returns how many differ now."""
    with connection.cursor() as cursor:
        cursor.execute(CHECK.format(which=SINCE), {"since": since})
        count = cursor.rowcount
        cursor.execute(GONE)
        return count


def check_all():
    """The same for every file, some at a time, where nobody waits; a changed template is judged by a job (judging.py)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reception_customer")
        last = cursor.fetchone()[0]
        for begin in range(0, last + 1, ALL_AT_ONCE):
            cursor.execute(CHECK.format(which="c.id BETWEEN %(first)s AND %(last)s"), {"first": begin, "last": begin + ALL_AT_ONCE - 1})
