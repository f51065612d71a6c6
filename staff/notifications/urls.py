"""Addresses of notifications."""
from django.urls import path

from staff.notifications import views

urlpatterns = [
    path("", views.Notifications.as_view(), name="notifications"),
    path("read/", views.ReadAll.as_view(), name="read_notifications"),
    path("<int:pk>/open/", views.OpenNotification.as_view(), name="open_notification"),
    path("choices/", views.Choices.as_view(), name="notification_choices"),
    path("deliveries/", views.Deliveries.as_view(), name="deliveries"),
    path("robots/", views.Robots.as_view(), name="robots"),
    path("robots/new/", views.RobotForm.as_view(), name="new_robot"),
    path("robots/<int:pk>/", views.RobotPage.as_view(), name="robot"),
    path("robots/<int:pk>/change/", views.RobotForm.as_view(), name="change_robot"),
    path("robots/<int:pk>/try/", views.TryRobot.as_view(), name="try_robot"),
]
