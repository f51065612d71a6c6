"""The handover of a shift: it writes itself from what is open, the giver adds cash and keys, and both sign (FIELD 2.4 row 14)."""
