"""Addresses of promises."""
from django.urls import path

from reception.promises import views

urlpatterns = [
    path("", views.PromiseList.as_view(), name="promises"),
    path("broken/", views.BrokenOfOthers.as_view(), name="broken_promises"),
    path("of/<slug:kind>/<int:pk>/", views.OfRecord.as_view(), name="promises_of_record"),
    path("add/<slug:kind>/<int:pk>/", views.MakePromise.as_view(), name="make_promise"),
    path("<int:pk>/", views.PromisePage.as_view(), name="promise"),
    path("<int:pk>/keep/", views.Keep.as_view(), name="keep_promise"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw_promise"),
    path("<int:pk>/hand-over/", views.HandOver.as_view(), name="hand_over_promise"),
]
