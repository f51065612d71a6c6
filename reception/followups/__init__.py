"""Follow-up calls and return visits: planned by what happened, due by the clock, recorded by whoever calls (SCH-23, SCH-24)."""
