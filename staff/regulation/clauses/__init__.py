"""The written regulation: versions of numbered clauses, who has read them, what was asked about them, and the laws behind them."""
