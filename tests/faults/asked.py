"""What is typed into the forms of the fault run, which finds them by itself: into a field that the page leaves empty, by the field's name; and what one
form alone is asked."""
import io
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from tests.access.page import Form

FREE = (timezone.localtime() + timedelta(hours=14)).hour  # an hour of the day in which nobody of the filled halls is on a shift
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
LATER = (timezone.localdate() + timedelta(days=70)).isoformat()
QUIET = f"{LATER[:4]}-11-1{{n}}"  # days to come in whichever month this runs, and never a holiday
AGENT = "E0003"  # the number of the cast's agent
NUMBERS = ("一", "二")
SEEN = "Seen twice"
TYPED = {  # for the first and for the second record
    "code": "again-{n}", "name": "赵{zh}", "name_en": "Again {n}", "name_zh_hans": "再{zh}", "name_zh_hant": "再{zh}", "prefix": "{letter}",
    "title": "Again {n}", "title_en": "Again {n}", "text_en": "Again {n}", "topic": "Price", "written": "1370000000{n}", "phone": "1370000001{n}",
    "need": "A window", "starts": f"{FREE:02}:{{n}}0", "ends": f"{FREE:02}:{{n}}9", "at": f"{TOMORROW}T1{{n}}:00", "text": "Good morning",
    **dict.fromkeys(("reason", "note", "what", "why", "to_whom", "place", "description", "problem", "content", "grounds", "decision", "answer", "result",
                     "question", "evidence", "how", "facts", "offer", "opinion", "advice", "matter", "cause_detail", "why_0", "improvement",
                     "matters_0_text", "measures_0_what"), SEEN),
    **dict.fromkeys(("owner", "handler", "measures_0_owner"), AGENT),
    **dict.fromkeys(("ends_on", "valid_from", "due_on", "needed_by", "read_by", "holds_from", "measures_0_due_on"), TOMORROW),
}
OTHERWISE = {  # fields of one form that its page does not fill in, or fills in otherwise than this person would
    "add_complaint_channel": {"kind": "box", "value": "Box {n}"},
    "api_tokens": {"scope": "visit"},
    "ask_access": {"wanted_at": f"{TOMORROW} 10:00"},
    "ask_complaint_extension": {"days": "1"},
    "assign_complaint": {"department": ""},
    "assign_role": {"role": "reception", "team": "", "department": ""},
    "add_clause_evidence": {"clause": "S0 §3.3.1.1", "owner": "E0009"},
    "desk": {"intention": "", "service": "", "source": "", "customer": ""},
    "divide_request": {"employee": AGENT},
    "name_complaint_person": {"employee": "E0002"},
    "name_deputy": {"deputy": "E0020"},
    "new_appointment": {"customer": "", "who": "", "service": "", "employee": ""},
    "new_clause": {"number": "2", "parent": "", "after": ""},
    "new_complaint": {"name": "王芳", "apologised": "on", "promised": "on", "promised_manner": "by telephone"},
    "new_hall": {"url": "", "phone": "", "active_until": ""},
    "new_hall_day": {"day": QUIET},
    "new_national_day": {"day": QUIET},
    "new_person": {"number": "", "username": "", "superior": "E0009"},
    "new_plan_task": {"due_on": LATER},
    "new_regulation": {"key": "again-{n}", "source": "A{n}"},
    "new_robot": {"token": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=again-{n}", "team": "", "is_active": ""},  # nothing is sent to it
    "new_snippet": {"code": "gm{n}"},
    "post_person": {"starts_on": TOMORROW},
    "propose_rule": {"citation": "S0 §3.3.1.1"},
    "purpose": {"order": "5"},
    "set_complaint_liability": {"parties_0_party": "none", "parties_0_department": "", "parties_1_party": "", "parties_1_department": "",
                                "parties_2_party": "", "parties_2_department": ""},
}
TELL_ONCE = {"new_station", "api_tokens"}  # whose first answer tells a key that no later one knows
ASKED_FOR = {"save_view": "?page=visits&state=queue"}  # without which a page has nothing to keep
FIRST = {"start_evacuation": "UPDATE reception_evacuation SET ended_at = now() WHERE ended_at IS NULL"}  # of a hall one runs at a time


def drawing():
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, format="PNG")
    return out.getvalue()


FILES = {
    "visit_attach": ("plan.png", "image/png", drawing()),
    "register_upload": ("register.csv", "text/csv", "日期,时间,姓名,电话\n2026-03-02,10:05,李国强,13800138000\n".encode()),
}


def filled_in(name, page, n):
    """The form of a page as a person would send it; `n` tells the first record from the second."""
    form = Form(page)
    sent = {}
    for field in form.fields:
        stands = form.values.get(field, [])
        typed = TYPED.get(field, "").format(n=n, zh=NUMBERS[n], letter="QR"[n])
        ticked = ["on"] if form.fields[field] == "checkbox" and stands == [""] else stands
        sent[field] = [typed] if typed and ticked in ([""], ["\n"]) else ticked
    sent |= {field: value.format(n=n) for field, value in OTHERWISE.get(name, {}).items()}
    return {field: value for field, value in sent.items() if field not in ("csrfmiddlewaretoken", "file")}
