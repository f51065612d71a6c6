"""Incidents: the report of an emergency, its confirmation by the head, what was done, what was learnt (FAC-27, FAC-30, FAC-31)."""
