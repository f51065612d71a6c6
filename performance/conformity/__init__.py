"""Conformity: how each clause was kept in each hall and month, computed from the records, judged by a person, proved by evidence (FIELD 2.7 rows 3, 4)."""
