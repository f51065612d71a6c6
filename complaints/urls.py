"""Addresses of the chapter complaints/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("", include("complaints.analysis.urls")),
    path("", include("complaints.intake.urls")),
    path("", include("complaints.handling.urls")),
]
