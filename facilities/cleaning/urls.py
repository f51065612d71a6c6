"""Addresses of cleaning rounds."""
from django.urls import path

from facilities.cleaning import views

urlpatterns = [
    path("", views.RoundList.as_view(), name="rounds"),
    path("<int:pk>/", views.RoundPage.as_view(), name="round"),
    path("<int:pk>/tick/<int:item>/", views.Tick.as_view(), name="tick_surface"),
    path("<int:pk>/finish/", views.Finish.as_view(), name="finish_round"),
    path("<int:pk>/check/", views.CheckRound.as_view(), name="check_round"),
    path("<int:pk>/send-back/", views.SendBack.as_view(), name="send_round_back"),
    path("<int:pk>/explain/", views.Explain.as_view(), name="explain_round"),
]
