"""Stations: what stands in a hall without a person at it, and the links that visitors carry away (FIELD 2.1 5, 23 to 28, 32)."""
