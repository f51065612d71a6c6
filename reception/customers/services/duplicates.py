"""Files that may be one person: found set-based, dismissed by a person, merged in `merging` (REC-23)."""
from django.db import connection, transaction
from django.utils.translation import gettext as _

from config.errors import Refused
from reception.customers.models import DuplicatePair

LARGEST_GROUP = 6  # more files than this behind one number are a switchboard or a family business, not one person
MOST_PAIRS = 5_000  # new pairs a run leaves; the next run goes on

_FIND = """
WITH shared AS (
    SELECT p.customer_id AS id, CASE p.kind WHEN 'email' THEN 'email' WHEN 'wechat' THEN 'wechat' ELSE 'phone' END AS reason, p.value AS what
    FROM reception_contactpoint p JOIN reception_customer c ON c.id = p.customer_id
    WHERE c.merged_into_id IS NULL AND p.kind <> 'unreadable'
    UNION
    SELECT c.id, 'name_company', lower(c.name) || '|' || lower(c.company) FROM reception_customer c
    WHERE c.merged_into_id IS NULL AND c.name > '' AND c.company > ''),
small AS (SELECT reason, what FROM shared GROUP BY reason, what HAVING count(*) BETWEEN 2 AND %(largest)s),
pairs AS (
    SELECT a.id AS first, b.id AS second, array_agg(DISTINCT a.reason ORDER BY a.reason) AS reasons
    FROM small JOIN shared a USING (reason, what) JOIN shared b USING (reason, what) WHERE a.id < b.id GROUP BY a.id, b.id)
INSERT INTO reception_duplicatepair (first_id, second_id, reasons, state, found_at)
SELECT first, second, to_jsonb(reasons), 'open', %(now)s FROM pairs
WHERE NOT EXISTS (SELECT 1 FROM reception_duplicatepair d WHERE d.first_id = pairs.first AND d.second_id = pairs.second)
ORDER BY cardinality(reasons) DESC, first, second LIMIT %(most)s
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def find_duplicates(actor, *, now):
    """Note every new pair of files with the same number, address, or name and company; returns how many. Running it again finds none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"largest": LARGEST_GROUP, "now": now, "most": MOST_PAIRS})
        return cursor.rowcount


@transaction.atomic
def dismiss_pair(actor, first, second, *, now):
    """Say that two files are different people; the pair is not shown again."""
    low, high = sorted([first, second], key=lambda customer: customer.pk)
    if low.pk == high.pk:
        raise Refused(_("This is one file. Choose two."))
    pair, _made = DuplicatePair.objects.select_for_update().get_or_create(first=low, second=high, defaults={"found_at": now})
    if pair.state == DuplicatePair.State.MERGED:
        raise Refused(_("These files were merged. Undo the merge first."))
    pair.state, pair.decided_by, pair.decided_at = DuplicatePair.State.DIFFERENT, actor.user, now
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    return pair
