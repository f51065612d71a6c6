"""The ledger of compensation and goodwill: what was offered in each solution, who approved it, what became of it (CMP-12, FIELD 2.3 row 21)."""
from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.solving import SolutionMeasure, SolutionRound
from config.web import addresses
from config.web.filters import FilterDay, FilterForm
from config.web.lists import Column, ListPage
from config.web.templatetags import hk
from staff.organisation.models import Hall

Answer, Approval = SolutionRound.Answer, SolutionRound.Approval
OFFERED, PROMISED, GIVEN, GONE = "offered", "promised", "given", "gone"
WORDS = {
    OFFERED: pgettext_lazy("money of a solution", "offered"), PROMISED: pgettext_lazy("money of a solution", "agreed, not yet given"),
    GIVEN: pgettext_lazy("money of a solution", "given"), GONE: pgettext_lazy("money of a solution", "not taken"),
}
TONES = {OFFERED: "wait", PROMISED: "soon", GIVEN: "done", GONE: "none"}
UNDONE = Exists(SolutionMeasure.objects.filter(round=OuterRef("pk"), done_at=None))
DECLINED = Q(answer__in=(Answer.REFUSED, Answer.COUNTER)) | Q(approval=Approval.DECLINED)
STANDS = {  # how the money of a round stands: a condition each, of which exactly one holds
    OFFERED: Q(answer=Answer.WAITING) & ~Q(approval=Approval.DECLINED), PROMISED: Q(answer=Answer.ACCEPTED, undone=True),
    GIVEN: Q(answer=Answer.ACCEPTED, undone=False), GONE: DECLINED & ~Q(answer=Answer.ACCEPTED),
}


def entries(user):
    """The rounds that cost anything, of the complaints that this person may see."""
    seen = Complaint.objects.visible_to(user)
    return SolutionRound.objects.filter(Q(compensation__gt=0) | Q(goodwill__gt=0), complaint__in=seen).annotate(
        undone=UNDONE, costs=F("compensation") + F("goodwill")).select_related("complaint__hall", "offered_by", "approved_by")


def stands(row):
    """Which of STANDS holds of a row."""
    if row.answer == Answer.ACCEPTED:
        return PROMISED if row.undone else GIVEN
    return OFFERED if row.answer == Answer.WAITING and row.approval != Approval.DECLINED else GONE


class LedgerFilters(FilterForm):
    """How it stands, where, offered on which days."""

    stands = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("any")), *WORDS.items()])
    hall = forms.TypedChoiceField(label=gettext_lazy("Hall"), coerce=int, empty_value=None)
    since = FilterDay(label=gettext_lazy("From"))
    until = FilterDay(label=gettext_lazy("To"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].choices = self.halls

    def halls(self):
        """The halls of complaints in reach, the empty choice first."""
        seen = Complaint.objects.visible_to(self.viewer).order_by().filter(hall=OuterRef("pk"))
        return [("", gettext("any")), *((hall.pk, str(hall)) for hall in Hall.objects.filter(Exists(seen)).order_by("pk"))]

    def narrow(self, rows):
        """The rounds that pass."""
        chosen = self.cleaned_data
        rows = rows.filter(STANDS[chosen["stands"]]) if chosen["stands"] else rows
        rows = rows.filter(complaint__hall=chosen["hall"]) if chosen["hall"] else rows
        rows = rows.filter(offered_at__date__gte=chosen["since"]) if chosen["since"] else rows
        return rows.filter(offered_at__date__lte=chosen["until"]) if chosen["until"] else rows


def complaint(row):
    """The complaint, as a link."""
    return format_html('<a class="num" href="{}">{}</a>', addresses.of("complaint", row.complaint_id), row.complaint.number)


class Ledger(ListPage):
    """What solutions cost, the newest offer first, with the sums of what is shown."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, "complaint", gettext_lazy("Compensation and goodwill")
    filters, default_sort, template = LedgerFilters, "-offered_at", "complaints/analysis/ledger.html"
    usual_views = ((gettext_lazy("All"), ""), *((capfirst(word), f"stands={key}") for key, word in WORDS.items()))
    empty = gettext_lazy("No solution has cost anything here.")
    columns = (
        Column("complaint", gettext_lazy("Complaint"), lambda row: row.complaint.number, draw=complaint),
        Column("offered", gettext_lazy("Offered"), lambda row: row.offered_at, sort="offered_at", draw=lambda row: hk.when(row.offered_at, "day"), css="num"),
        Column("compensation", gettext_lazy("Compensation"), lambda row: row.compensation, sort="compensation", css="num r"),
        Column("goodwill", gettext_lazy("Goodwill"), lambda row: row.goodwill, sort="goodwill", css="num r"),
        Column("stands", gettext_lazy("State"), lambda row: WORDS[stands(row)], draw=lambda row: hk.status(TONES[stands(row)], WORDS[stands(row)]), css="bare"),
        Column("solution", gettext_lazy("Solution"), lambda row: row.offer),
        Column("by", gettext_lazy("Proposed by"), lambda row: str(row.offered_by), css="name"),
        Column("approved", gettext_lazy("Approved by"), lambda row: str(row.approved_by or ""), css="name"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.complaint.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return entries(self.request.user)

    def context(self):
        """The sum of each state among all that the other filters show, not of this page alone; each opens its rows."""
        asked = self.request.GET.copy()
        asked.pop("stands", None)
        shown = self.narrowed(self.rows(), asked.urlencode())
        sums = shown.aggregate(**{f"{key}_number": Count("pk", filter=state) for key, state in STANDS.items()},
                               **{f"{key}_costs": Sum("costs", filter=state, default=0) for key, state in STANDS.items()})
        return {"tiles": [{"label": capfirst(word), "value": sums[f"{key}_costs"],
                           "note": ngettext("%(number)s offer", "%(number)s offers", sums[f"{key}_number"]) % {"number": sums[f"{key}_number"]},
                           "url": self.address(stands=key, after=None, before=None, n=None)} for key, word in WORDS.items()]}
