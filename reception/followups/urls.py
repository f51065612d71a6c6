"""Addresses of follow-ups."""
from django.urls import path

from reception.followups import views

urlpatterns = [
    path("", views.FollowUpList.as_view(), name="follow_ups"),
    path("<int:pk>/", views.FollowUpPage.as_view(), name="follow_up"),
    path("<int:pk>/number/", views.CallNumber.as_view(), name="follow_up_number"),
    path("<int:pk>/not-reached/", views.NotReached.as_view(), name="not_reached"),
    path("<int:pk>/record/", views.Record.as_view(), name="record_follow_up"),
    path("<int:pk>/close/", views.Close.as_view(), name="close_follow_up"),
    path("issues/<int:pk>/answer/", views.AnswerIssue.as_view(), name="answer_issue"),
]
