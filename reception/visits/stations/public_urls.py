"""Addresses of the screens without a log-in; they stand at the root, since they are printed, scanned and typed into devices."""
from django.urls import path

from reception.visits.stations import public

urlpatterns = [
    path("kiosk/<slug:key>/", public.Kiosk.as_view(), name="kiosk"),
    path("kiosk/<slug:key>/seen/", public.KioskSeen.as_view(), name="kiosk_seen"),
    path("display/<slug:key>/", public.Display.as_view(), name="display"),
    path("display/<slug:key>/seen/", public.DisplaySeen.as_view(), name="display_seen"),
    path("checkin/<slug:key>/", public.CheckIn.as_view(), name="checkin"),
    path("wait/<slug:key>/", public.Waiting.as_view(), name="wait"),
]
