"""Every address: the machines' two, then config's pages, then each chapter's own table of addresses."""
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("config.web.urls")),
    path("", include("config.api.urls")),
    path("staff/", include("staff.urls")),
    path("facilities/", include("facilities.urls")),
    path("performance/", include("performance.urls")),
    path("reception/", include("reception.urls")),
    path("complaints/", include("complaints.urls")),
    path("", include("reception.visits.stations.public_urls")),
    path("", include("reception.visits.public_urls")),
    path("", include("complaints.portal.public_urls")),
]

handler400 = "config.web.errors.bad_request"
handler403 = "config.web.errors.permission_denied"
handler404 = "config.web.errors.page_not_found"
handler500 = "config.web.errors.server_error"
