"""Addresses of decisions."""
from django.urls import path

from staff.duties.decisions import views

urlpatterns = [
    path("", views.DecisionList.as_view(), name="decisions"),
    path("<int:pk>/", views.DecisionPage.as_view(), name="decision"),
]
