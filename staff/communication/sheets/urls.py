"""Addresses of duty sheets."""
from django.urls import path

from staff.communication.sheets import views

urlpatterns = [
    path("", views.SheetList.as_view(), name="duty_sheets"),
    path("<int:pk>/", views.SheetPage.as_view(), name="duty_sheet"),
    path("<int:pk>/paper/", views.SheetPaper.as_view(), name="duty_sheet_paper"),
    path("<int:pk>/read/", views.Confirm.as_view(), name="confirm_duty_sheet"),
    path("positions/<int:pk>/", views.PositionSheet.as_view(), name="position_sheet"),
    path("positions/<int:pk>/issue/", views.IssueSheet.as_view(), name="issue_duty_sheet"),
    path("positions/<int:pk>/new/", views.NewLine.as_view(), name="new_duty_line"),
    path("lines/<int:pk>/", views.ChangeLine.as_view(), name="change_duty_line"),
    path("lines/<int:pk>/remove/", views.RemoveLine.as_view(), name="remove_duty_line"),
]
