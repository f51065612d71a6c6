"""Gathers the models of config's rooms, so that Django finds them."""
from config.accounts.models import AccessEvent, LoginAttempt, RecoveryRelease, User
from config.jobs.models import Job, JobFile
from config.numbers.models import Series
from config.outbox.models import Message
from config.web.models import Act, Attachment, BulkRun, Draft, OneOff, Preference, SavedView

__all__ = ["AccessEvent", "Act", "Attachment", "BulkRun", "Draft", "Job", "JobFile", "LoginAttempt", "Message", "OneOff", "Preference",
           "RecoveryRelease", "SavedView", "Series", "User"]
