"""Addresses of the chapter facilities/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("areas/", include("facilities.areas.urls")),
    path("incidents/", include("facilities.incidents.urls")),
    path("rounds/", include("facilities.cleaning.urls")),
]
