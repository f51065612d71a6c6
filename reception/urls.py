"""Addresses of the chapter reception/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("customers/", include("reception.customers.urls")),
    path("follow-ups/", include("reception.followups.urls")),
    path("promises/", include("reception.promises.urls")),
    path("", include("reception.visits.urls")),
]
