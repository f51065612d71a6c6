"""Addresses of the regulation."""
from django.urls import include, path

urlpatterns = [
    path("calendar/", include("staff.regulation.calendars.urls")),
    path("parameters/", include("staff.regulation.parameters.urls")),
    path("", include("staff.regulation.clauses.urls")),
]
