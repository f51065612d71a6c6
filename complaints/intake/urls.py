"""Addresses of taking in."""
from django.urls import path

from complaints.intake import views

urlpatterns = [
    path("new/", views.NewComplaint.as_view(), name="new_complaint"),
    path("new/promise/", views.PromiseOutlook.as_view(), name="complaint_promise"),
    path("<int:pk>/taken/", views.Taken.as_view(), name="complaint_taken"),
    path("<int:pk>/form-33/", views.Form33.as_view(), name="complaint_form33"),
    path("<int:pk>/slip/", views.Receipt.as_view(), name="complaint_slip"),
]
