"""Where an appraisal stands (lifecycles.md, Appraisal)."""
from config.states import table
from performance.appraisals.permissions import Can

SELF_REVIEW, SCORING, INTERVIEW, DEPT_REVIEW, HR_FILING, FILED, OBJECTION = (
    "self_review", "scoring", "interview", "dept_review", "hr_filing", "filed", "objection")
WAY = (SELF_REVIEW, SCORING, INTERVIEW, DEPT_REVIEW, HR_FILING, FILED)

TABLE = table(
    ("submit", SELF_REVIEW, SCORING, Can.OWN, False),
    ("go_on", SELF_REVIEW, SCORING, Can.SCORE, False),
    ("score", SCORING, SCORING, Can.SCORE, False),
    ("hand_on", SCORING, INTERVIEW, Can.SCORE, False),
    ("interview", INTERVIEW, INTERVIEW, Can.SCORE, False),
    ("sign", INTERVIEW, DEPT_REVIEW, Can.OWN, False),
    ("sign_last", INTERVIEW, HR_FILING, Can.OWN, False),
    ("approve", DEPT_REVIEW, HR_FILING, Can.REVIEW, False),
    ("send_back", DEPT_REVIEW, SCORING, Can.REVIEW, True),
    ("file", HR_FILING, FILED, Can.SCORE, False),
    ("object", FILED, OBJECTION, Can.OWN, True),
    ("decide", OBJECTION, FILED, Can.SCORE, True),
)
