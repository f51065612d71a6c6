"""Addresses of suggestions."""
from django.urls import path

from staff.improvement.suggestions import views

urlpatterns = [
    path("", views.SuggestionList.as_view(), name="suggestions"),
    path("new/", views.Suggest.as_view(), name="new_suggestion"),
    path("<int:pk>/", views.SuggestionPage.as_view(), name="suggestion"),
    path("<int:pk>/assign/", views.Assign.as_view(), name="assign_suggestion"),
    path("<int:pk>/answer/", views.Answer.as_view(), name="answer_suggestion"),
    path("<int:pk>/take-up/", views.TakeUp.as_view(), name="take_up_suggestion"),
    path("<int:pk>/close/", views.Close.as_view(), name="close_suggestion"),
]
