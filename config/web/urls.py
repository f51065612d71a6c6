"""Addresses of the pages that every chapter shares."""
from django.urls import path

from config.web import uploads

urlpatterns = [
    path("files/<int:pk>/", uploads.Download.as_view(), name="download"),
]
