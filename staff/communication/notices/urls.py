"""Addresses of notices."""
from django.urls import path

from staff.communication.notices import views

urlpatterns = [
    path("", views.NoticeList.as_view(), name="notices"),
    path("new/", views.WriteNotice.as_view(), name="new_notice"),
    path("<int:pk>/", views.NoticePage.as_view(), name="notice"),
    path("<int:pk>/change/", views.WriteNotice.as_view(), name="change_notice"),
    path("<int:pk>/drop/", views.DropNotice.as_view(), name="drop_notice"),
    path("<int:pk>/publish/", views.Publish.as_view(), name="publish_notice"),
    path("<int:pk>/read/", views.Confirm.as_view(), name="confirm_notice"),
    path("<int:pk>/end/", views.EndNotice.as_view(), name="end_notice"),
]
