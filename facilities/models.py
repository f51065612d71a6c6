"""Gathers the models of the rooms of facilities/, so that Django finds them."""
from facilities.areas.models import Area
from facilities.cleaning.models import CleaningRound, RoundItem
from facilities.incidents.models import Incident, IncidentEntry, IncidentMeasure, IncidentThing

__all__ = ["Area", "CleaningRound", "Incident", "IncidentEntry", "IncidentMeasure", "IncidentThing", "RoundItem"]
