"""What is due to whom: duties that the clock makes, approvals, My day, escalation (GEN-06, GEN-08, GEN-25)."""
