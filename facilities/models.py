"""Gathers the models of the rooms of facilities/, so that Django finds them."""
from facilities.areas.models import Area

__all__ = ["Area"]
