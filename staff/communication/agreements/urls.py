"""Addresses of confidentiality agreements."""
from django.urls import path

from staff.communication.agreements import views

urlpatterns = [
    path("", views.AgreementList.as_view(), name="agreements"),
    path("sign/", views.Sign.as_view(), name="sign_agreement"),
    path("<int:pk>/", views.AgreementPage.as_view(), name="agreement"),
    path("<int:pk>/paper/", views.AgreementPaper.as_view(), name="agreement_paper"),
]
