"""Addresses of who is present and of evacuations."""
from django.urls import path

from reception.visits.presence import views

urlpatterns = [
    path("present/", views.PresentNow.as_view(), name="present"),
    path("present/sheet/", views.PresentSheet.as_view(), name="present_sheet"),
    path("present/evacuate/", views.StartEvacuation.as_view(), name="start_evacuation"),
    path("evacuations/<int:pk>/", views.EvacuationRoll.as_view(), name="evacuation"),
    path("evacuations/<int:pk>/people/<int:person>/", views.CountPerson.as_view(), name="count_person"),
    path("evacuations/<int:pk>/add/", views.AddPerson.as_view(), name="add_evacuation_person"),
    path("evacuations/<int:pk>/end/", views.EndEvacuation.as_view(), name="end_evacuation"),
    path("evacuations/<int:pk>/sheet/", views.EvacuationSheet.as_view(), name="evacuation_sheet"),
]
