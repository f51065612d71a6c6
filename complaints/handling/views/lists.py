"""The register of complaints: what is due next first, with how long until then (FIELD 2.3 rows 1, 12, 26)."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.handling import bulk_acts, cells, queries
from complaints.handling.filters import ComplaintFilters
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services.common import KIND
from config.accounts.access import one_of
from config.web.bulk_pages import BulkListPage
from config.web.choices import word
from config.web.lists import Column

FEW = 500  # found complaints that are sorted and counted by their ids
IN_THE_FILE = ("phone", "channel")  # columns that stand in the file alone: the page of the complaint shows them


class ComplaintList(BulkListPage):
    """The complaints in reach, what is due next first; what is over stands in a view of its own."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, KIND, _("Complaints")
    filters, default_sort, bulk = ComplaintFilters, "due", bulk_acts.ACTS
    share_capability, logs_each = Can.DECIDE, True
    usual_views = (
        (pgettext_lazy("complaints", "Open"), ""), (_("Mine"), "mine=on"), (_("Overdue"), "due=late"), (_("Due today"), "due=today"),
        (_("Measure overdue"), "due=measure"), (_("Unassigned"), "unassigned=on"),
        (_("Escalated"), "escalated=on"), (_("Not assessed"), "unassessed=on"), (_("Repeated"), "repeat=on"), (_("Suggestions and praise"), "kind=light"),
        (_("Over"), "sort=-received_at&state=closed"))
    empty = _("No complaint is open here.")
    columns = (
        Column("what", _("Complaint"), lambda row: cells.matter(row), draw=cells.what),
        Column("due", _("Next due"), cells.next_due_text, sort="due", draw=cells.next_due, css="beside bare"),
        Column("state", _("State"), lambda row: word(row, "state"), draw=cells.state, css="bare"),
        Column("severity", _("Severity"), lambda row: word(row, "severity"), draw=cells.severity),
        Column("customer", _("Customer"), cells.who, css="name"),
        Column("phone", _("Telephone"), cells.phone, css="num"),
        Column("handler", _("Handler"), lambda row: str(row.handler or ""), css="name"),
        Column("channel", _("Channel"), lambda row: word(row, "channel")),
        Column("hall", _("Hall"), lambda row: str(row.hall), several_halls=True),
        Column("received", _("Received"), lambda row: row.received_at, sort="received_at", draw=cells.received, css="num"),
        Column("number", _("Number"), lambda row: row.number, sort="number", css="num mut bare"),
    )

    @staticmethod
    def readable(user):
        """The complaints in reach."""
        return Complaint.objects.visible_to(user)

    def rows(self):
        """In reach, with when something is due next."""
        return queries.with_due(self.readable(self.request.user))

    @staticmethod
    def joined(rows):
        """The names that a row shows."""
        return queries.named(rows)

    def context(self):
        """What a row says on the screen; the file says more."""
        return {"columns": [column for column in self.columns if column.key not in IN_THE_FILE]}

    def cut(self, rows, field, descending):
        """What is searched for is looked for once: from then on the few that were found stand for it."""
        if self.request.GET.get("q"):
            ids = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
            rows = self.rows().filter(one_of(ids)) if len(ids) <= FEW else rows
        return super().cut(rows, field, descending)

    def records(self, ids):
        """With the limit that is due next, of all of them at once."""
        found = super().records(ids)
        limits = queries.limits_of(found, timezone.now())
        for row in found:
            row.limit = limits.get(row.pk)
        return found
