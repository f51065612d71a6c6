"""Gathers the models of the rooms of performance/, so that Django finds them."""
from performance.appraisals.models import Appraisal, AppraisalScore

__all__ = ["Appraisal", "AppraisalScore"]
