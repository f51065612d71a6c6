"""Gathers the models of the rooms of performance/, so that Django finds them."""
from performance.appraisals.models import Appraisal, AppraisalScore
from performance.conformity.models import ClauseEvidence, ClauseJudgement, MissedObligation

__all__ = ["Appraisal", "AppraisalScore", "ClauseEvidence", "ClauseJudgement", "MissedObligation"]
