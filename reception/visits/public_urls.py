"""Addresses for visitors without a log-in; they stand at the root, since they are sent and scanned."""
from django.urls import path

from reception.visits.arrive_page import Arrive

urlpatterns = [path("arrive/<slug:token>/", Arrive.as_view(), name="arrive")]
