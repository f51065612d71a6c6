"""Hosts: who is told that a visitor came for them, what they answer, and who is asked when they do not (FIELD 2.1 6, 7)."""
