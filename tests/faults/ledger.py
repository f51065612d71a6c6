"""What the database holds of an act, counted past the application: all of it, nothing of it, or a half, which must never be."""
from collections import Counter
from dataclasses import dataclass

from tests.faults.window import key

ONE_OFF = "(SELECT count(*) FROM config_oneoff WHERE key = k::uuid AND address > '')"
CUSTOMER = ("(SELECT count(*) FROM reception_customer WHERE company = k)",
            "(SELECT count(*) FROM reception_historicalcustomer WHERE company = k AND history_type = '+')",
            "(SELECT count(*) FROM reception_contactpoint p JOIN reception_customer c ON c.id = p.customer_id WHERE c.company = k)",
            "(SELECT count(*) FROM reception_customerhall h JOIN reception_customer c ON c.id = h.customer_id WHERE c.company = k)")


@dataclass(frozen=True, eq=False)
class Act:
    """A form that makes something. Its one-off key is typed into one of its fields, so that what it made is found again; `parts`
    are the counts of what one act leaves for the key `k`, `whole` how many each must be."""

    path: str
    fields: dict
    typed_into: tuple
    parts: tuple
    whole: tuple

    def form(self):
        """A filled form with a key of its own."""
        fresh = key()
        return self.fields | dict.fromkeys(self.typed_into, fresh) | {"one_off_key": fresh}


def visit_of_a_new_customer(system):
    """A visitor at the desk whose file is opened with the visit."""
    fields = {"hall": system.filled["halls"]["sales"], "purpose": system.filled["purposes"]["see-products"], "party_size": 2,
              "name": "李国强", "phone": "13800138000", "steps": ["greeting"]}
    parts = ("(SELECT count(*) FROM reception_visit WHERE need = k)",
             "(SELECT count(*) FROM reception_historicalvisit WHERE need = k AND history_type = '+')",
             "(SELECT count(*) FROM reception_serviceleg l JOIN reception_visit v ON v.id = l.visit_id WHERE v.need = k)",
             "(SELECT count(*) FROM reception_visitevent e JOIN reception_visit v ON v.id = e.visit_id WHERE v.need = k "
             "AND e.verb NOT IN ('left', 'abandoned'))")
    return Act("/reception/", fields, ("need", "company"), (ONE_OFF, *parts, *CUSTOMER), (1, 1, 1, 1, 3, 1, 1, 1, 1))


def visit(system):
    """A visitor at the desk of whom nothing but the purpose is known."""
    act = visit_of_a_new_customer(system)
    fields = {name: value for name, value in act.fields.items() if name not in ("name", "phone", "steps")}
    return Act(act.path, fields, ("need",), act.parts[:5], (1, 1, 1, 1, 2))


def customer(system):
    """A file opened without a visit."""
    fields = {"hall": system.filled["halls"]["sales"], "name": "王芳", "phone": "13900139000"}
    return Act("/reception/customers/new/", fields, ("company",), (ONE_OFF, *CUSTOMER), (1, 1, 1, 1, 1))


def communication(system):
    """What was said with the customer of the first visit."""
    fields = {"hall": system.filled["halls"]["sales"], "at": system.one("SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')"),
              "method": "phone"}
    pk = system.filled["talked_to"]
    return Act(f"/reception/customers/{pk}/communications/add/", fields, ("topic",),
               (ONE_OFF, "(SELECT count(*) FROM reception_communication WHERE topic = k)"), (1, 1))


def state_of(system, act, keys):
    """How many of these acts are 'whole', 'absent' or 'half'."""
    rows = system.sql(f"SELECT {', '.join(act.parts)} FROM unnest(%s::text[]) k", [list(keys)])  # noqa: S608 - the parts are ours
    names = {act.whole: "whole", (0,) * len(act.whole): "absent"}
    found = Counter(whole=0, absent=0, half=0)
    found.update(names.get(row, "half") for row in rows)
    return found


def numbers_wrong(system):
    """Tickets and record numbers that were given twice or left out, in words; an empty list is right."""
    tickets = system.sql("""
        SELECT l.hall_id, l.day, l.prefix, count(*), count(DISTINCT l.sequence), max(l.sequence), max(c.last) FROM reception_serviceleg l
        JOIN reception_ticketcounter c USING (hall_id, day, prefix) GROUP BY 1, 2, 3""")
    wrong = [f"tickets {row}" for row in tickets if len(set(row[3:])) != 1]
    for kind, table in (("VS", "reception_visit"), ("CU", "reception_customer")):
        row = system.sql(f"SELECT count(*), count(DISTINCT number), max(right(number, 6)::int), (SELECT sum(last) FROM config_series "  # noqa: S608
                         f"WHERE kind = %s) FROM {table}", [kind])[0]
        if len(set(map(int, row))) != 1:
            wrong.append(f"{table} {row}")
    return wrong


def rows_of(system):
    """How many rows each table holds; what only remembers who asked is left out, and so are counters, whose row begins with the first of its day or year."""
    passing = {"config_oneoff", "config_accessevent", "django_session", "config_loginattempt", "config_series", "complaints_complaintday"}
    with system.database() as connection:
        tables = [name for name, in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1") if name not in passing]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def grown(before, after):
    """The tables that hold more or fewer rows than before, and how many."""
    return {name: after[name] - before[name] for name in after if after[name] != before.get(name, 0)}


def unfinished_work(system):
    """How many long works wait or run."""
    return system.one("SELECT count(*) FROM config_job WHERE state IN ('waiting', 'running')")
