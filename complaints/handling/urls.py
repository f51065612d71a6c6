"""Addresses of complaints."""
urlpatterns = []
