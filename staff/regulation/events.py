"""Signals of the regulation room, sent inside the transaction; rooms above tell people of them."""
from django.dispatch import Signal

version_published = Signal()  # version_id, now: people are asked to read it
review_asked = Signal()  # version_id, employee_id, now: a colleague is asked to review a draft
question_asked = Signal()  # question_id, now: HR is asked to interpret a rule
question_answered = Signal()  # question_id, now: the answer is public
rule_proposed = Signal()  # rule_id, now: a hall proposes a rule of its own
rule_decided = Signal()  # rule_id, now: HR has decided on it
law_changed = Signal()  # change_id, now: a change of a law is announced
calendar_changed = Signal()  # hall_id (None: every hall that keeps the country's days), actor, now: a hall works at other hours than before
