"""Addresses of the figures of complaints."""
from django.urls import path

from complaints.analysis import views

urlpatterns = [
    path("dashboard/", views.Dashboard.as_view(), name="complaint_dashboard"),
    path("dashboard/records/", views.FigureRecords.as_view(), name="complaint_figure_records"),
]
