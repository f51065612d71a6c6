"""Addresses of the duties room."""
from django.urls import include, path

from staff.duties import views

urlpatterns = [
    path("", views.DutyList.as_view(), name="duties"),
    path("decisions/", include("staff.duties.decisions.urls")),
    path("handovers/", include("staff.duties.shift_handovers.urls")),
    path("clock/", views.Clock.as_view(), name="clock"),
    path("<int:pk>/excuse/", views.ExcuseDuty.as_view(), name="excuse_duty"),
]
