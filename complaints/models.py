"""Gathers the models of the rooms of complaints/, so that Django finds them; its rooms come with their chapters."""
