"""The embedded default: PostgreSQL and Valkey from wheels, as children of one supervisor (standard library alone)."""
