"""The bench: databases of its own at several sizes, in which acts and their floors are timed side by side (DESIGN section 8)."""
