"""Addresses of conformity."""
from django.urls import path

from performance.conformity import evidence_views, views

urlpatterns = [
    path("", views.Report.as_view(), name="conformity"),
    path("records/<int:hall>/<slug:month>/<slug:key>/", views.Records.as_view(), name="conformity_records"),
    path("missed/<int:hall>/<slug:month>/<slug:sort>/<slug:key>/improve/", views.Improve.as_view(), name="improve_obligation"),
    path("missed/<int:pk>/", views.Missed.as_view(), name="missed_obligation"),
    path("obligations/", views.Obligations.as_view(), name="obligations"),
    path("clauses/", views.ClauseResults.as_view(), name="clause_results"),
    path("clauses/<int:hall>/<slug:month>/<str:source>/<str:number>/", views.ClauseResult.as_view(), name="clause_result"),
    path("clauses/<int:hall>/<slug:month>/<str:source>/<str:number>/judge/", views.Judge.as_view(), name="judge_clause"),
    path("evidence/", evidence_views.EvidenceList.as_view(), name="evidence_of_clauses"),
    path("evidence/new/", evidence_views.AddEvidence.as_view(), name="add_clause_evidence"),
    path("evidence/<int:pk>/", evidence_views.EvidencePage.as_view(), name="clause_evidence"),
    path("evidence/<int:pk>/file/", evidence_views.OpenEvidence.as_view(), name="open_evidence"),
    path("evidence/<int:pk>/revise/", evidence_views.ReviseEvidence.as_view(), name="revise_evidence"),
    path("evidence/<int:pk>/take-back/", evidence_views.TakeBackEvidence.as_view(), name="take_back_evidence"),
]
