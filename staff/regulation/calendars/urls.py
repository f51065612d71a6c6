"""Addresses of the working calendar."""
from django.urls import path

from staff.regulation.calendars import views

urlpatterns = [
    path("", views.WorkingCalendar.as_view(), name="working_calendar"),
    path("paper/", views.CalendarPaper.as_view(), name="calendar_paper"),
    path("try/", views.TryCalendar.as_view(), name="try_calendar"),
    path("fill/", views.FillCalendar.as_view(), name="fill_calendar"),
    path("days/new/", views.NewNationalDay.as_view(), name="new_national_day"),
    path("days/<int:pk>/", views.ChangeNationalDay.as_view(), name="national_day"),
    path("days/<int:pk>/give-back/", views.GiveBackDay.as_view(), name="give_back_day"),
    path("halls/<int:pk>/", views.WorkingCalendar.as_view(), name="hall_calendar"),
    path("halls/<int:pk>/paper/", views.CalendarPaper.as_view(), name="hall_calendar_paper"),
    path("halls/<int:pk>/hours/", views.HallHours.as_view(), name="hall_hours"),
    path("halls/<int:pk>/days/new/", views.NewHallDay.as_view(), name="new_hall_day"),
    path("hall-days/<int:pk>/", views.ChangeHallDay.as_view(), name="change_hall_day"),
    path("hall-days/<int:pk>/remove/", views.RemoveHallDay.as_view(), name="remove_hall_day"),
]
