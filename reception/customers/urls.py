"""Addresses of the customers room."""
from django.urls import path

from reception.customers.views import lookup

urlpatterns = [
    path("suggest/", lookup.Suggest.as_view(), name="suggest_customers"),
]
