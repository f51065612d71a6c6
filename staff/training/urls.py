"""Addresses of competences."""
from django.urls import path

from staff.training import views

urlpatterns = [
    path("", views.CompetenceList.as_view(), name="competences"),
    path("of/<int:pk>/enter/", views.EnterCompetence.as_view(), name="enter_competence"),
    path("held/<int:pk>/end/", views.EndCompetence.as_view(), name="end_competence"),
    path("kinds/", views.CompetenceKinds.as_view(), name="competence_kinds"),
    path("kinds/new/", views.CompetencePage.as_view(), name="new_competence"),
    path("kinds/<int:pk>/", views.CompetencePage.as_view(), name="change_competence"),
]
