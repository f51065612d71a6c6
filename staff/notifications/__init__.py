"""Notifications: who is told of what, by which way, and whether it arrived (GEN-07)."""
