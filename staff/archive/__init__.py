"""The archive of the house: what is kept of every case, who read it by whose leave, and what is still there (GEN-11, GEN-12, REC-79, 81, 82)."""
