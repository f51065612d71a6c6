"""Gathers the models of the rooms of performance/, so that Django finds them; its rooms come with their chapters."""
