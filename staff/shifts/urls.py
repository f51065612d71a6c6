"""Addresses of shifts."""
from django.urls import path

from staff.shifts import views

urlpatterns = [
    path("", views.ShiftDay.as_view(), name="shifts"),
    path("new/", views.NewShift.as_view(), name="new_shift"),
    path("<int:pk>/end/", views.EndShift.as_view(), name="end_shift"),
]
