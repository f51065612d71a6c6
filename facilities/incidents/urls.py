"""Addresses of incidents."""
from django.urls import path

from facilities.incidents import views

urlpatterns = [
    path("", views.IncidentList.as_view(), name="incidents"),
    path("new/", views.ReportIncident.as_view(), name="report_incident"),
    path("<int:pk>/", views.IncidentPage.as_view(), name="incident"),
    path("<int:pk>/print/", views.PrintedIncident.as_view(), name="incident_report"),
    path("<int:pk>/confirm/", views.Confirm.as_view(), name="confirm_incident"),
    path("<int:pk>/false-alarm/", views.FalseAlarm.as_view(), name="dismiss_incident"),
    path("<int:pk>/note/", views.Note.as_view(), name="note_incident"),
    path("<int:pk>/over/", views.End.as_view(), name="end_incident"),
    path("<int:pk>/measures/new/", views.SetMeasure.as_view(), name="set_incident_measure"),
    path("<int:pk>/measures/<int:measure>/done/", views.FinishMeasure.as_view(), name="finish_incident_measure"),
    path("<int:pk>/file/", views.FileIncident.as_view(), name="file_incident"),
]
