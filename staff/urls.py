"""Addresses of the chapter staff/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("", include("staff.organisation.urls")),
    path("shifts/", include("staff.shifts.urls")),
    path("snippets/", include("staff.communication.urls")),
    path("competences/", include("staff.training.urls")),
]
