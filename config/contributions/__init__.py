"""How rooms meet without knowing each other (DESIGN section 4).

Each registry is a list that rooms add to from a file with a conventional name; `gather` imports those files
at start. Nothing here knows a chapter: the chapters are the apps that contain rooms.
"""
import importlib
import pkgutil

from django.apps import apps
from django.conf import settings

FILES = ("records", "schedules", "indicators", "targets", "controls", "guards", "holdings", "receivers", "panels",
         "search", "navigation", "reports", "demo", "tasks", "personal", "bench", "notifications", "gateways", "screens", "approvals", "handovers", "recounts")


def chapters():
    """The modules of the apps that make up the product, config first."""
    return [apps.get_app_config(label).module for label in ("config", *settings.CHAPTERS)]


def rooms():
    """Every room as a dotted name, e.g. 'reception.visits'."""
    return [f"{chapter.__name__}.{found.name}" for chapter in chapters()
            for found in pkgutil.iter_modules(chapter.__path__) if found.ispkg and found.name not in {"migrations", "management", "embedded"}]


def gather():
    """Import every contribution file of every room; returns the dotted names that were imported."""
    imported = []
    for room in rooms():
        package = importlib.import_module(room)
        present = {found.name for found in pkgutil.iter_modules(package.__path__)}
        for name in FILES:
            if name in present:
                importlib.import_module(f"{room}.{name}")
                imported.append(f"{room}.{name}")
    return imported
