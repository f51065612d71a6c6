"""The verbs on complaints, by theme: registering, routing, timing, investigating, solving, following, merging."""
