"""Notices: published to the house, a hall, a team or a position, each addressee confirms the reading by a day (STF-50)."""
