"""Cleaning of the halls: rounds that the clock makes, ticked on a phone, checked by the hall manager (FAC-05, FAC-07)."""
