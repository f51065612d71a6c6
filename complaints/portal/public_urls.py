"""Addresses for customers without a log-in; they stand at the root, since they are printed, sent and scanned."""
from django.urls import path

from complaints.portal.complain_pages import Complain, Complained
from complaints.portal.track_pages import Track, Tracked

urlpatterns = [
    path("complain/", Complain.as_view(), name="complain"),
    path("complain/<slug:key>/", Complained.as_view(), name="complained"),
    path("track/", Track.as_view(), name="track"),
    path("track/<slug:key>/", Tracked.as_view(), name="tracked"),
]
