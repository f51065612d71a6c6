"""Addresses of the communication room."""
from django.urls import path

from staff.communication import views

urlpatterns = [
    path("", views.SnippetList.as_view(), name="snippets"),
    path("new/", views.SnippetPage.as_view(), name="new_snippet"),
    path("find/", views.FindSnippets.as_view(), name="find_snippets"),
    path("<int:pk>/", views.SnippetPage.as_view(), name="change_snippet"),
    path("<int:pk>/remove/", views.RemoveSnippet.as_view(), name="remove_snippet"),
]
