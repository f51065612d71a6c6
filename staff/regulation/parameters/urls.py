"""Addresses of the parameters."""
from django.urls import path

from staff.regulation.parameters import views

urlpatterns = [
    path("", views.Parameters.as_view(), name="parameters"),
    path("changes/", views.Changes.as_view(), name="parameter_changes"),
    path("changes/<int:pk>/", views.Change.as_view(), name="parameter_change"),
    path("changes/<int:pk>/confirm/", views.ConfirmChange.as_view(), name="confirm_parameter_change"),
    path("changes/<int:pk>/decline/", views.DeclineChange.as_view(), name="decline_parameter_change"),
    path("changes/<int:pk>/withdraw/", views.WithdrawChange.as_view(), name="withdraw_parameter_change"),
    path("<slug:key>/", views.Parameter.as_view(), name="parameter"),
    path("<slug:key>/change/", views.ChangeParameter.as_view(), name="change_parameter"),
]
