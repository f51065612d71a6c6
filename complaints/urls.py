"""Addresses of the chapter complaints/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("", include("complaints.handling.urls")),
    path("", include("complaints.analysis.urls")),
]
