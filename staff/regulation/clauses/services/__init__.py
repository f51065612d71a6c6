"""Verbs of the written regulation: its versions, its readers, questions, rules of halls, laws."""
