"""The words of roles and rights as the pages say them."""
from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {
    "reception": _("Receptionist"), "sales": _("Salesperson / adviser"), "agent": _("Customer-service agent"),
    "telesales": _("Telesales agent"), "designer": _("Designer"), "technician": _("Technician / construction"),
    "logistics": _("Logistics staff"), "supervisor": _("Supervisor"), "manager": _("Hall manager"),
    "department": _("Department manager"), "orders": _("Order management"), "research": _("Market research"),
    "hr": _("Human resources"), "general": _("General manager"), "admin": _("Administrator"), "trainer": _("Trainer"),
    "auditor": _("Auditor"), "trainee": _("Trainee"),
}
ACTIONS = {("read",): _("reads"), ("read", "edit"): _("edits"), ("read", "edit", "approve"): _("decides")}
SCOPES = {"O": _("own"), "T": _("team"), "H": _("hall"), "D": _("department"), "A": _("all")}
ROWS = {
    "visits": _("Visits"), "calls": _("Calls, enquiries"), "customers": _("Customer file"), "customer_export": _("Customer export"),
    "consent": _("Classification, consent"), "cases": _("Business case"), "discounts": _("Discount approval"),
    "contract_review": _("Contract review"), "order_review": _("Order review"), "followups": _("Follow-up, return visit"),
    "promises": _("Promises to customers"),
    "clause_evidence": _("Evidence and judging of clauses"),
    "price_floor": _("Price floor, cost"), "products": _("Products, material"), "complaint_register": _("Complaint register"),
    "complaint_handling": _("Complaint handling"), "complaint_dashboard": _("Complaint dashboard"), "archive": _("Archive items"),
    "market": _("Market information, suggestion"), "market_report": _("Market research report"), "partners": _("Partners"),
    "traffic": _("Traffic and conversion analysis"), "vacancies": _("Vacancies, candidates"), "training_plan": _("Training plan"),
    "courses": _("Courses, exams"), "roster": _("Roster"), "attendance": _("Attendance, leave"), "conduct": _("Conduct inspection"),
    "rewards": _("Reward, penalty"), "confidentiality": _("Confidentiality, breaches"), "goals": _("Goals"),
    "own_appraisal": _("Own appraisal"), "scoring": _("Appraisal scoring"), "schemes": _("Schemes, standards"),
    "quality": _("Quality monitoring"), "conformity": _("Conformity report"), "cleaning": _("Cleaning, disinfection"),
    "equipment": _("Equipment, faults"), "safety": _("Safety checks, patrol"), "supplies": _("Supplies, purchase"),
    "display": _("Display zone"), "incidents": _("Incident report and lead"), "notices": _("Notices, meetings"),
    "regulation": _("Regulation, parameters"), "accounts": _("Users, roles, jobs, audit log"), "organisation": _("Organisation"),
    "areas": _("Areas of a hall"), "stations": _("Kiosks and displays"), "robots": _("Robots in chat groups"),
    "board": _("Information board"), "teamwork": _("Requests between departments"), "improvement": _("Improvement register"),
    "holidays": _("Holidays and moved working days"), "hours": _("Hours of a hall, and its single days"),
    "presence": _("Present now, evacuation"), "confidential": _("Records of the class confidential"), "secret": _("Records of the class secret"),
    "evidence": _("Evidence"),
}
ZONES = {  # the time zones that are offered for a hall
    "Asia/Shanghai": _("China (Beijing time)"), "Asia/Urumqi": _("Xinjiang (Urumqi time)"), "Asia/Hong_Kong": _("Hong Kong"),
    "Asia/Macau": _("Macau"), "Asia/Taipei": _("Taipei"), "Asia/Singapore": _("Singapore"), "Asia/Kuala_Lumpur": _("Kuala Lumpur"),
    "Asia/Manila": _("Manila"), "Asia/Bangkok": _("Bangkok"), "Asia/Ho_Chi_Minh": _("Ho Chi Minh City"), "Asia/Jakarta": _("Jakarta"),
    "Asia/Tokyo": _("Tokyo"), "Asia/Seoul": _("Seoul"), "Asia/Kolkata": _("India"), "Asia/Almaty": _("Almaty"), "Asia/Dubai": _("Dubai"),
    "Europe/Moscow": _("Moscow"), "Europe/Berlin": _("Central Europe (Berlin, Paris)"), "Europe/London": _("London"),
    "America/New_York": _("New York, Toronto"), "America/Los_Angeles": _("Los Angeles, Vancouver"), "Australia/Sydney": _("Sydney"),
}
LIMITS = {
    "basic": _("basic facts"), "no_names": _("without names"), "address": _("address"), "job": _("job"), "progress": _("progress"),
    "design": _("design"), "delivery": _("delivery"), "construction": _("construction"), "order": _("order"), "minor": _("minor ones"),
    "access": _("access"), "staff": _("staff"), "examiner": _("as examiner"), "take": _("take part"), "mark": _("mark"),
    "propose": _("propose"), "criticise": _("criticise"), "sign": _("sign"), "confirm": _("confirm"), "self-review": _("self-review"),
    "review": _("review"), "file": _("file"), "annual": _("annual"), "calls": _("calls"), "check": _("check"), "report": _("report"),
    "duty": _("on duty"), "need": _("name the need"), "proposes_hall_override": _("proposes values for the hall"),
    "log:_values_masked": _("log with values masked"), "own_courses": _("own courses"), "masked": _("masked"),
}
