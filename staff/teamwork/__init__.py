"""Requests between departments and to logistics: need, who, by when, acceptance, division of duties, result, rating (STF-07, STF-09)."""
