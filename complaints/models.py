"""Gathers the models of the rooms of complaints/, so that Django finds them."""
from complaints.analysis.models import AnalysisMeasure, ComplaintAnalysis, ComplaintDay, ComplaintFact
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

__all__ = ["AnalysisMeasure", "Complaint", "ComplaintAnalysis", "ComplaintDay", "ComplaintDeadline", "ComplaintEntry", "ComplaintExtension", "ComplaintFact",
           "ComplaintPause", "ComplaintPerson", "ComplaintRating", "ComplaintRoute", "Demand", "Evidence", "InvestigationTask", "Liability",
           "SolutionMeasure", "SolutionRound"]
