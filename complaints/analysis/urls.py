"""Addresses of the figures of complaints."""
from django.urls import path

from complaints.analysis import ledger, monthly_views, views

urlpatterns = [
    path("dashboard/", views.Dashboard.as_view(), name="complaint_dashboard"),
    path("dashboard/records/", views.FigureRecords.as_view(), name="complaint_figure_records"),
    path("goodwill/", ledger.Ledger.as_view(), name="goodwill_ledger"),
    path("analyses/", monthly_views.AnalysisList.as_view(), name="complaint_analyses"),
    path("analyses/<int:pk>/", monthly_views.AnalysisPage.as_view(), name="complaint_analysis"),
    path("analyses/<int:pk>/write/", monthly_views.Write.as_view(), name="write_complaint_analysis"),
    path("analyses/<int:pk>/measures/new/", monthly_views.AddMeasure.as_view(), name="add_analysis_measure"),
    path("analyses/<int:pk>/sign/", monthly_views.Sign.as_view(), name="sign_complaint_analysis"),
    path("analyses/measures/<int:pk>/drop/", monthly_views.DropMeasure.as_view(), name="drop_analysis_measure"),
    path("bulletin/<slug:month>/", monthly_views.Bulletin.as_view(), name="complaint_bulletin"),
]
