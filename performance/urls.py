"""Addresses of the chapter performance/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("appraisals/", include("performance.appraisals.urls")),
    path("conformity/", include("performance.conformity.urls")),
    path("", include("performance.indicators.urls")),
]
