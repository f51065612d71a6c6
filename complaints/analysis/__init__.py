"""What complaints show: dashboard, monthly analysis, indicators, controls (CMP-19, CMP-20, CMP-27, CMP-28; FIELD 2.3 rows 37, 38)."""
