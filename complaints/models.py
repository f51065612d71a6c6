"""Gathers the models of the rooms of complaints/, so that Django finds them."""
from complaints.handling.facts import (
                                     ComplaintDeadline,
                                     ComplaintEntry,
                                     ComplaintExtension,
                                     ComplaintPause,
                                     ComplaintPerson,
                                     ComplaintRoute,
                                     Evidence,
                                     InvestigationTask,
)
from complaints.handling.models import Complaint
from complaints.handling.solving import ComplaintRating, Demand, Liability, SolutionMeasure, SolutionRound

__all__ = ["Complaint", "ComplaintDeadline", "ComplaintEntry", "ComplaintExtension", "ComplaintPause", "ComplaintPerson", "ComplaintRating",
           "ComplaintRoute", "Demand", "Evidence", "InvestigationTask", "Liability", "SolutionMeasure", "SolutionRound"]
