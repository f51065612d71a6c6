"""The pages of the written regulation."""
