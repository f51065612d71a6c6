"""Gathers the models of config's rooms, so that Django finds them."""
from config.accounts.models import AccessEvent, LoginAttempt, RecoveryRelease, User
from config.jobs.models import Job, JobFile
from config.numbers.models import Series
from config.outbox.models import Message
from config.web.models import Attachment, OneOff, Preference

__all__ = ["AccessEvent", "Attachment", "Job", "JobFile", "LoginAttempt", "Message", "OneOff", "Preference",
           "RecoveryRelease", "Series", "User"]
