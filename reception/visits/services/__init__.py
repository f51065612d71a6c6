"""The verbs of a visit, from arrival to leaving (lifecycles.md 5.1; REC-02 to 08). Those of its service legs stand in queue.py."""
from reception.visits.services.arriving import log_visit
from reception.visits.services.corrections import change
from reception.visits.services.ending import close, close_day, leave, reopen, settle
from reception.visits.services.handovers import answer_handover, offer_handover, reassign
from reception.visits.services.moves import details_of, is_busy, is_full, known_steps, template_version
from reception.visits.services.serving import assign, greet, guide, serve, start_leg, tick_steps

__all__ = [
    "answer_handover", "assign", "change", "close", "close_day", "details_of", "greet", "guide", "is_busy", "is_full", "known_steps",
    "leave", "log_visit", "offer_handover", "reassign", "reopen", "serve", "settle", "start_leg", "template_version", "tick_steps",
]
