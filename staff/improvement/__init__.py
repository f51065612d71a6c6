"""Rectifications, measures and corrective actions in one register, and the suggestions of employees (GEN-24)."""
