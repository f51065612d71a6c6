"""The forms of the organisation's pages."""
