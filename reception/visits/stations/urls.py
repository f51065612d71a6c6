"""Addresses of the pages that keep kiosks and displays."""
from django.urls import path

from reception.visits.stations import views

urlpatterns = [
    path("", views.StationList.as_view(), name="stations"),
    path("new/", views.NewStation.as_view(), name="new_station"),
    path("<int:pk>/", views.StationPage.as_view(), name="station"),
    path("<int:pk>/key/", views.NewKey.as_view(), name="station_key"),
    path("<int:pk>/revoke/", views.Revoke.as_view(), name="revoke_station"),
    path("halls/<int:pk>/", views.Settings.as_view(), name="station_settings"),
]
