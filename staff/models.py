"""Gathers the models of the rooms of staff/, so that Django finds them."""
from staff.communication.models import Snippet
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
from staff.regulation.models import ParameterValue
from staff.shifts.models import Shift
from staff.training.models import Competence, CompetenceHeld, ServiceNeed

__all__ = ["Assignment", "Competence", "CompetenceHeld", "Department", "Deputy", "Employee", "Hall", "OpeningHours", "ParameterValue",
           "Position", "Post", "Posting", "Service", "ServiceNeed", "ServiceOffer", "Shift", "Snippet",
           "Team"]
