"""Addresses of the API and of the pages on which its tokens are made."""
from django.urls import path

from config.api import pages, reading

urlpatterns = [
    path("me/tokens/", pages.Tokens.as_view(), name="api_tokens"),
    path("me/tokens/<int:pk>/revoke/", pages.RevokeToken.as_view(), name="revoke_token"),
    path("api/v1/", reading.Index.as_view(), name="api"),
    path("api/v1/openapi.json", reading.OpenApi.as_view(), name="api_openapi"),
    path("api/v1/<slug:name>/", reading.Rows.as_view(), name="api_list"),
    path("api/v1/<slug:name>/<int:pk>/", reading.Row.as_view(), name="api_row"),
]
