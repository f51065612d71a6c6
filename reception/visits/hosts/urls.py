"""Addresses of calls of hosts."""
from django.urls import path

from reception.visits.hosts import views

urlpatterns = [
    path("host-calls/<int:pk>/", views.HostCallPage.as_view(), name="host_call"),
    path("host-calls/<int:pk>/answer/", views.AnswerHost.as_view(), name="answer_host_call"),
]
