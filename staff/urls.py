"""Addresses of the chapter staff/, one line a room."""
from django.urls import include, path

urlpatterns = [
    path("", include("staff.organisation.urls")),
    path("regulation/", include("staff.regulation.urls")),
    path("duties/", include("staff.duties.urls")),
    path("archive/", include("staff.archive.urls")),
    path("notifications/", include("staff.notifications.urls")),
    path("shifts/", include("staff.shifts.urls")),
    path("snippets/", include("staff.communication.urls")),
    path("board/", include("staff.communication.board.urls")),
    path("notices/", include("staff.communication.notices.urls")),
    path("confidentiality/", include("staff.communication.agreements.urls")),
    path("duty-sheets/", include("staff.communication.sheets.urls")),
    path("improvement/", include("staff.improvement.urls")),
    path("requests/", include("staff.teamwork.urls")),
    path("plans/", include("staff.teamwork.workplans.urls")),
    path("competences/", include("staff.training.urls")),
]
