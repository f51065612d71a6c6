"""The whole matrix of rights: role x capability -> actions and scope (roles.md 6.1, GEN-01). One table, read by code and shown as a page.

R read, E create and edit, P approve or decide; a superior may do what those below may do, so P includes E and E includes R. Scope: O own records, T
team, H hall, D department, A all; no letter: whatever there is (master data). "A" of the department manager is D, as the notes under the table say.
Words in brackets narrow what is shown. The last rows are own additions: the organisation's master data, the areas of a hall, its kiosks and displays,
its robots in chat groups, the information board (GEN-20), promises to customers (who speaks with customers makes and keeps them, REC-29), requests
between departments and to logistics (whoever works here asks and answers, STF-07 and STF-09), the improvement register (whoever works here reports a
problem and carries out what is theirs, GEN-24), the working calendar (everybody reads it; the administrator edits the country's days, a hall's
manager its hours, GEN-21), who is present in a hall (anybody who works there counts people in an evacuation), and what the classes of confidentiality
ask of a role beside a page's own right (GEN-10: to read is to open such a record, to decide is to export it; nobody exports what is secret, and who
only looks in sees none of it), and the evidence that clauses are followed with the judging of what was computed (FIELD 2.7; who leads a hall adds
evidence and never judges it). So are three cells of own_appraisal: administrators and trainers are appraised like everybody, and the general manager
opens the sheets that nobody else may review.
"""
from dataclasses import dataclass
from functools import lru_cache

ROLES = ("reception", "sales", "agent", "telesales", "designer", "technician", "logistics", "supervisor", "manager", "department",
         "orders", "research", "hr", "general", "admin", "trainer", "auditor", "trainee")
ACTIONS = {"R": ("read",), "E": ("read", "edit"), "P": ("read", "edit", "approve")}
OF_CUSTOMERS = frozenset({"visits", "calls", "customers", "customer_export", "consent", "cases", "discounts", "contract_review", "order_review",
                          "followups", "complaint_register", "complaint_handling"})  # only for who signed the confidentiality agreement (STF-52)
PRIVILEGED = frozenset({"manager", "department", "hr", "general", "admin"})  # a second factor is asked of these (RELIABILITY 6.3.3)

TABLE = """
                    | reception | sales | agent | telesales | designer | technician | logistics | supervisor | manager | department | orders | research | hr | general | admin
visits              | E H | E O | E H | R O | R O | - | - | E T | E H | R A | - | - | - | R A | -
calls               | E H | E O | E H | E O | R O | - | - | E T | E H | R A | - | R H (no names) | - | R A | -
customers           | E H (basic) | E O | E H | E O | R O | R O (address, job) | - | E T | E H | R A | R O | - | - | R A | -
customer_export     | - | - | - | - | - | - | - | P T | P H | P A | - | - | - | P A | -
consent             | E H | E O | E H | E O | - | - | - | E T | E H | R A | - | - | - | - | -
cases               | R H | E O | E H (progress) | E O | E O (design) | E O (delivery, construction) | - | E T | E H | R A | E A (order) | - | - | R A | -
discounts           | - | - | - | - | - | - | - | P T | P H | P A | - | - | - | P A | -
contract_review     | - | E O | - | E O | - | - | - | P T | P H | P A | R A | - | - | P A | -
order_review        | - | - | - | - | - | - | - | - | R H | R A | P A | - | - | - | -
followups           | - | E O | E H | E O | - | - | - | E T | E H | R A | - | - | - | R A | -
promises            | E H | E O | E H | E O | E O | E O | - | E T | E H | R A | - | - | - | R A | -
price_floor         | - | - | - | - | - | - | - | R T | R H | R A | - | - | - | E A | -
products            | R | R | R | R | R | R | R | E T | E H | E A | R | E A | R | R | E
complaint_register  | E H | E O | E H | E O | E O | E O | E O | E T | E H | R A | E O | - | - | R A | -
complaint_handling  | - | E O (minor) | E H | E O (minor) | - | - | - | E T | P H | P A | - | - | - | P A | -
complaint_dashboard | - | R O | R H | R O | - | - | - | R T | R H | R A | - | R A (no names) | R A | R A | -
archive             | E H | E O | E H | E O | E O | E O | - | R T | R H | P A (access) | E O | - | R A (staff) | R A | -
market              | E O | E O | E O | E O | E O | E O | E O | E T | E H | E A | E O | E A | E O | R A | -
market_report       | - | R | R | R | R | - | - | R | R | R | R | E A | - | P A | -
partners            | - | - | - | - | R O | R O | R | R T | E H | E A | - | R A | - | P A | -
traffic             | R H | R O | R O | R O | - | - | - | R T | R H | R A | R A | R A | - | R A | -
vacancies           | - | - | - | - | - | - | - | E T (examiner) | P H | P A | - | - | E A | P A | -
training_plan       | R O | R O | R O | R O | R O | R O | R O | E T | P H | P A | R O | R O | P A | R A | -
courses             | E O (take) | E O | E O | E O | E O | E O | E O | E T (mark) | E H | R A | E O | E O | E A | R A | -
roster              | R O | R O | R O | R O | R O | R O | R O | E T | P H | R A | R O | R O | R A | R A | -
attendance          | E O | E O | E O | E O | E O | E O | E O | P T | P H | P A | E O | E O | R A | R A | -
conduct             | R O | R O | R O | R O | R O | R O | R O | E T | E H | R A | R O | R O | R A | R A | -
rewards             | R O | R O | R O | R O | R O | R O | R O | E T (propose, criticise) | P H | P A | R O | R O | P A | P A | -
confidentiality     | E O (sign) | E O | E O | E O | E O | E O | E O | R T | R H | R A | E O | E O | E A | R A | -
goals               | E O (confirm) | E O | E O | E O | E O | E O | E O | E T | E H | P A | E O | E O | R A | E A | -
own_appraisal       | E O (self-review) | E O | E O | E O | E O | E O | E O | E O | E O | E O | E O | E O | E O | R O | E O
scoring             | - | - | - | - | - | - | - | E T | E H | P A (review) | - | - | E A (file) | P A (annual) | -
schemes             | R O | R O | R O | R O | R O | R O | R O | R T | E H (propose) | E A | R O | R O | E A | P A | -
quality             | - | R O | E H (calls) | R O | - | - | - | E T | E H | R A | - | - | R A | R A | -
conformity          | - | - | - | - | - | - | R O | R T | R H | R A | - | - | R A | R A | -
clause_evidence     | - | - | - | - | - | - | R O | E T | E H | P A | - | - | P A | P A | -
cleaning            | R H | R H | R H | R H | R H | - | E H | R H | P H (check) | R A | - | - | - | R A | -
equipment           | E O (report) | E O | E O | E O | E O | E O | E H | E O | P H | R A | E O | E O | E O | R A | -
safety              | - | - | - | - | - | - | E H (duty) | R T | P H | R A | - | - | - | R A | -
supplies            | E O (need) | E O | E O | E O | E O | E O | E H | E T | P H | P A | - | - | - | P A | -
display             | R H | R H | R H | R H | E H | - | E H | E H | P H | R A | - | E A | - | R A | -
incidents           | E O | E O | E O | E O | E O | E O | E O | E T | P H | P A | E O | E O | R A | P A | -
notices             | R O | R O | R O | R O | R O | R O | R O | E T | E H | E A | R O | R O | E A | E A | -
regulation          | R | R | R | R | R | R | R | R | R (proposes hall override) | R | R | R | E A | R A | -
accounts            | - | - | - | - | - | - | - | - | R H | R A | - | - | E A | R A | E A (log: values masked)
organisation        | R | R | R | R | R | R | R | R | R | R | R | R | E A | R A | E A
areas               | R H | R H | R H | R H | R H | R H | E H | R H | E H | R A | - | - | R A | R A | E A
stations            | - | - | - | - | - | - | - | - | E H | R A | - | - | - | R A | E A
robots              | - | - | - | - | - | - | - | - | E H | R A | - | - | - | R A | E A
board               | E | E | E | E | E | E | E | P | P | P | E | E | P | P | -
teamwork            | E O | E O | E O | E O | E O | E O | E O | E T | E H | E A | E O | E O | E O | E A | E O
holidays            | R | R | R | R | R | R | R | R | R | R | R | R | R A | R A | E A
hours               | - | - | - | - | - | - | - | - | E H | E A | - | - | R A | R A | E A
improvement         | E O | E O | E O | E O | E O | E O | E O | E T | E H | E A | E O | E O | E A | E A | -
confidential        | R | R | R | R | R | R | R | P | P | P | R | R | P | P | R
secret              | R | R | R | R | R | R | R | R | R | R | R | R | R | R | R
presence            | E H | E H | E H | E H | E H | E H | E H | P H | P H | P A | - | - | - | P A | -
"""

MORE = {  # three more roles; what is not listed is nothing
    "trainer": {"courses": "E O (own courses)", "own_appraisal": "E O", "notices": "R O", "regulation": "R", "attendance": "E O", "organisation": "R", "holidays": "R",
                "teamwork": "E O", "improvement": "E O", "board": "E", "presence": "E H", "confidentiality": "E O (sign)", "confidential": "R", "secret": "R"},
    "auditor": {"confidential": "R", "conformity": "R A", "clause_evidence": "R A (masked)", "regulation": "R", "holidays": "R", "evidence": "R A (masked)"},
    "trainee": {"courses": "E O (take)", "notices": "R O", "board": "R", "regulation": "R", "attendance": "E O", "confidentiality": "E O (sign)", "holidays": "R",
                "presence": "E H", "confidential": "R"},
}


@dataclass(frozen=True)
class Cell:
    """What one role may do in one row: the actions, the scope letter and the narrowing words."""

    actions: tuple
    scope: str
    limits: frozenset


def read_cell(text, role=""):
    """'E H (basic)' -> Cell(('read', 'edit'), 'H', {'basic'}); '-' -> None."""
    head, _bracket, words = text.partition("(")
    letters = head.split()
    if letters in ([], ["-"]):
        return None
    scope = letters[1] if len(letters) > 1 else "A"
    if role == "department" and scope == "A" and len(letters) > 1:
        scope = "D"
    return Cell(ACTIONS[letters[0]], scope, frozenset(word.strip().replace(" ", "_") for word in words.rstrip(")").split(",") if word.strip()))


@lru_cache(maxsize=1)
def matrix():
    """{role: {row key: Cell}} of the whole table."""
    head, *rows = TABLE.strip("\n").splitlines()
    roles = [name.strip() for name in head.split("|")[1:]]
    cells = {role: {} for role in ROLES}
    for row in rows:
        key, *texts = (part.strip() for part in row.split("|"))
        for role, text in zip(roles, texts, strict=True):
            if cell := read_cell(text, role):
                cells[role][key] = cell
    for role, more in MORE.items():
        cells[role].update({key: read_cell(text, role) for key, text in more.items()})
    return cells


def row_keys():
    """Every row of the matrix, in its order."""
    keys = [line.split("|")[0].strip() for line in TABLE.strip("\n").splitlines()[1:]]
    return [*keys, "evidence"]


def capabilities():
    """Every capability name there is, e.g. 'visits.edit'."""
    return {f"{key}.{action}" for key in row_keys() for action in ("read", "edit", "approve")}
