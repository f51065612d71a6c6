"""Gathers the models of config's rooms, so that Django finds them."""
from config.accounts.models import AccessEvent, LoginAttempt, RecoveryRelease, User
from config.api.models import ApiToken
from config.jobs.models import Job, JobFile
from config.numbers.models import Series
from config.outbox.models import Message
from config.privacy.models import Erasure, FileToRemove, KindClass, LegalHold
from config.web.models import Act, Attachment, BulkRun, Draft, OneOff, Preference, SavedView

__all__ = ["AccessEvent", "Act", "ApiToken", "Attachment", "BulkRun", "Draft", "Erasure", "FileToRemove", "Job", "JobFile", "KindClass", "LegalHold",
           "LoginAttempt", "Message", "OneOff", "Preference", "RecoveryRelease", "SavedView", "Series", "User"]
