"""Addresses of appraisals."""
from django.urls import path

from performance.appraisals import views

urlpatterns = [
    path("", views.AppraisalList.as_view(), name="appraisals"),
    path("<int:pk>/", views.AppraisalPage.as_view(), name="appraisal"),
    path("<int:pk>/self-review/", views.SelfReview.as_view(), name="self_review"),
    path("<int:pk>/score/", views.Score.as_view(), name="score_appraisal"),
    path("<int:pk>/hand-on/", views.HandOn.as_view(), name="hand_on_appraisal"),
    path("<int:pk>/interview/", views.Interview.as_view(), name="interview"),
    path("<int:pk>/sign/", views.Sign.as_view(), name="sign_appraisal"),
    path("<int:pk>/approve/", views.Approve.as_view(), name="approve_appraisal"),
    path("<int:pk>/send-back/", views.SendBack.as_view(), name="send_appraisal_back"),
    path("<int:pk>/file/", views.File.as_view(), name="file_appraisal"),
    path("<int:pk>/object/", views.Objection.as_view(), name="object_to_appraisal"),
    path("<int:pk>/decide/", views.Decide.as_view(), name="decide_objection"),
]
