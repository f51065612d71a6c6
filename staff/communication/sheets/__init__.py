"""Duty sheets: the duties and rights of each position with the pages that carry them out, printed, read and confirmed (STF-03)."""
