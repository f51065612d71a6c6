"""Indicators and controls: every figure of the house with what made it, each opening exactly its records (PRF-07, GEN-17)."""
