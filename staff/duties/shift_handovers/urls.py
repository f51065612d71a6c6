"""Addresses of shift handovers."""
from django.urls import path

from staff.duties.shift_handovers import views

urlpatterns = [
    path("", views.HandoverList.as_view(), name="shift_handovers"),
    path("new/", views.GiveShift.as_view(), name="new_shift_handover"),
    path("<int:pk>/", views.HandoverPage.as_view(), name="shift_handover"),
    path("<int:pk>/take/", views.TakeShift.as_view(), name="take_shift_handover"),
    path("<int:pk>/paper/", views.HandoverPaper.as_view(), name="shift_handover_paper"),
]
