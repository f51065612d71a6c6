"""Addresses of requests."""
from django.urls import path

from staff.teamwork import views

urlpatterns = [
    path("", views.RequestList.as_view(), name="requests"),
    path("new/", views.AskDepartment.as_view(), name="new_request"),
    path("support/", views.AskSupport.as_view(), name="new_support"),
    path("<int:pk>/", views.RequestPage.as_view(), name="work_request"),
    path("<int:pk>/accept/", views.Accept.as_view(), name="accept_request"),
    path("<int:pk>/decline/", views.Decline.as_view(), name="decline_request"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw_request"),
    path("<int:pk>/divide/", views.Divide.as_view(), name="divide_request"),
    path("<int:pk>/parts/<int:part>/", views.FinishPart.as_view(), name="finish_request_part"),
    path("<int:pk>/begin/", views.Begin.as_view(), name="begin_request"),
    path("<int:pk>/deliver/", views.Deliver.as_view(), name="deliver_request"),
    path("<int:pk>/rate/", views.Rate.as_view(), name="rate_request"),
    path("<int:pk>/close/", views.Close.as_view(), name="close_request"),
]
