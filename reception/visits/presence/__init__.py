"""Who is in the hall now, and counting them when it has to be left (FIELD 2.1 10, INF-17)."""
