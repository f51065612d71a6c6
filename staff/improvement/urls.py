"""Addresses of the improvement register."""
from django.urls import include, path

from staff.improvement import views

urlpatterns = [
    path("", views.ActionList.as_view(), name="improvements"),
    path("new/", views.RaiseAction.as_view(), name="new_improvement"),
    path("suggestions/", include("staff.improvement.suggestions.urls")),
    path("of/<slug:kind>/<int:pk>/", views.OfRecord.as_view(), name="improvements_of_record"),
    path("of/<slug:kind>/<int:pk>/new/", views.RaiseOfRecord.as_view(), name="improvement_of_record"),
    path("<int:pk>/", views.ActionPage.as_view(), name="improvement"),
    path("<int:pk>/agree/", views.Agree.as_view(), name="agree_improvement"),
    path("<int:pk>/begin/", views.Begin.as_view(), name="begin_improvement"),
    path("<int:pk>/finish/", views.Finish.as_view(), name="finish_improvement"),
    path("<int:pk>/re-check/", views.Recheck.as_view(), name="recheck_improvement"),
    path("<int:pk>/send-back/", views.SendBack.as_view(), name="send_improvement_back"),
    path("<int:pk>/effect/", views.CheckEffect.as_view(), name="check_effect"),
]
