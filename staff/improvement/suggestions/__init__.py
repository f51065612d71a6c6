"""Suggestions of employees, which their addressee answers in time (REC-76, STF-54)."""
