"""Addresses of indicators and controls."""
from django.urls import path

from config.contributions.figures import WHAT_IF
from performance.indicators import control_pages, views, whatif_pages

urlpatterns = [
    path("indicators/", views.IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:key>/", views.IndicatorPage.as_view(), name="indicator"),
    path("indicators/<slug:key>/records/", views.IndicatorRecords.as_view(), name="indicator_records"),
    path("controls/", control_pages.ControlList.as_view(), name="controls"),
    path("controls/<slug:key>/", control_pages.ControlRecords.as_view(), name="control"),
    path("what-if/", whatif_pages.WhatIf.as_view(), name=WHAT_IF),
    path("what-if/<slug:sort>/<slug:key>/", whatif_pages.WhatIfRecords.as_view(), name="what_if_records"),
]
