"""Addresses of areas."""
from django.urls import path

from facilities.areas import views

urlpatterns = [
    path("", views.AreaList.as_view(), name="areas"),
    path("new/", views.NewArea.as_view(), name="new_area"),
    path("<int:pk>/", views.AreaPage.as_view(), name="area"),
    path("<int:pk>/edit/", views.ChangeArea.as_view(), name="change_area"),
]
