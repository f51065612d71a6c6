"""Gathers the models of the rooms of staff/, so that Django finds them."""
from staff.archive.models import AccessRequest, ArchiveFile, ArchiveItem, ArchiveOpening, HallArchive, Stocktaking, StocktakingLine
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic
from staff.communication.models import Snippet
from staff.communication.notices.models import Notice, NoticeReader
from staff.communication.sheets.models import DutyLine, DutySheet, SheetReading
from staff.duties.decisions.models import Decision
from staff.duties.models import Duty, ScheduleMark, ScheduleRun
from staff.duties.shift_handovers.models import ShiftHandover
from staff.improvement.models import Action, Measure
from staff.improvement.suggestions.models import Suggestion
from staff.notifications.models import Notification, NotificationChoice, NotificationSettings, Robot
from staff.organisation.models import (
                                       Assignment,
                                       Department,
                                       Deputy,
                                       Employee,
                                       Hall,
                                       OpeningHours,
                                       Position,
                                       Post,
                                       Posting,
                                       Service,
                                       ServiceOffer,
                                       Team,
)
from staff.regulation.clauses.models import (
                                             Clause,
                                             HallRule,
                                             LegalChange,
                                             LegalNote,
                                             Question,
                                             ReadingConfirmation,
                                             Regulation,
                                             RegulationVersion,
)
from staff.regulation.models import HallCalendar, HallDay, NationalDay, ParameterValue
from staff.regulation.parameters.models import ParameterChange
from staff.shifts.models import Shift
from staff.teamwork.models import RequestPart, WorkRequest
from staff.teamwork.workplans.models import PlanTask, WorkPlan
from staff.training.models import Competence, CompetenceHeld, ServiceNeed

__all__ = ["AccessRequest", "Action", "ArchiveFile", "ArchiveItem", "ArchiveOpening", "Assignment", "BoardEntry", "BoardMark", "BoardTopic",
           "Clause", "Competence", "CompetenceHeld", "ConfidentialityAgreement", "Decision", "Department", "Deputy", "Duty", "DutyLine",
           "DutySheet", "Employee", "Hall", "HallArchive", "HallCalendar", "HallDay", "HallRule", "LegalChange", "LegalNote", "Measure",
           "NationalDay", "Notice", "NoticeReader", "Notification", "NotificationChoice", "NotificationSettings", "OpeningHours", "ParameterChange",
           "ParameterValue", "PlanTask", "Position", "Post", "Posting", "Question", "ReadingConfirmation", "Regulation", "RegulationVersion",
           "RequestPart", "Robot", "ScheduleMark", "ScheduleRun", "Service", "ServiceNeed", "ServiceOffer", "SheetReading", "Shift",
           "ShiftHandover", "Snippet", "Stocktaking", "StocktakingLine", "Suggestion", "Team", "WorkPlan", "WorkRequest"]
