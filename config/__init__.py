"""The plumbing every chapter shares; it knows no chapter."""
