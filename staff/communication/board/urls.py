"""Addresses of the board."""
from django.urls import path

from staff.communication.board import views

urlpatterns = [
    path("", views.BoardList.as_view(), name="info_board"),
    path("new/", views.WriteEntry.as_view(), name="new_board_entry"),
    path("topics/", views.FollowTopics.as_view(), name="board_topics"),
    path("read/", views.MarkAll.as_view(), name="mark_board"),
    path("<int:pk>/", views.EntryPage.as_view(), name="board_entry"),
    path("<int:pk>/change/", views.WriteEntry.as_view(), name="change_board_entry"),
    path("<int:pk>/read/", views.Mark.as_view(), name="mark_board_entry"),
    path("<int:pk>/take-down/", views.TakeDown.as_view(), name="take_down_board_entry"),
]
