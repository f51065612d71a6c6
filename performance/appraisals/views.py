"""Pages of appraisals: the list, one sheet, and each stage of its way (PRF-18 to 22)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.errors import Refused
from config.privacy import log
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from performance.appraisals import cells, forms, queries, services
from performance.appraisals.models import Appraisal
from performance.appraisals.permissions import Can
from performance.appraisals.schemes import schemes


class AppraisalList(ListPage):
    """The sheets in reach, the newest month first."""

    capability, kind, title = Can.READ, services.KIND, gettext_lazy("Appraisals")
    filters, default_sort = forms.AppraisalFilters, "-period"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To score"), "state=scoring"), (gettext_lazy("To review"), "state=dept_review"),
                   (gettext_lazy("To file"), "state=hr_filing"))
    empty = gettext_lazy("No appraisal is open yet. The clock opens one for everybody some days before the month ends.")
    columns = (
        Column("person", gettext_lazy("Person"), lambda row: row.employee.name, draw=cells.person),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=cells.state, css="bare"),
        Column("period", gettext_lazy("Month"), lambda row: row.period, sort="period", css="num bare"),
        Column("position", gettext_lazy("Position"), lambda row: str(row.position)),
        Column("total", gettext_lazy("Total"), lambda row: row.total, css="num r"),
        Column("grade", gettext_lazy("Grade"), lambda row: word(row, "grade"), draw=cells.grade),
        Column("supervisor", gettext_lazy("Scored by"), lambda row: str(row.supervisor or ""), css="name"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall or row.department), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)


class AppraisalPage(Page):
    """One sheet: its groups with scores and grounds, what was said, where it stands, and what may be done now. Opening it is on record."""

    capability = Can.READ

    def get(self, request, pk):
        """The sheet."""
        sheet = get_object_or_404(queries.for_list(request.user).select_related("reviewed_by", "filed_by").prefetch_related("scores"), pk=pk)
        log.note(request, "view", kind=services.KIND, record_id=sheet.pk, hall_id=sheet.hall_id)
        return self.show("performance/appraisals/sheet.html", {
            "sheet": sheet, "groups": queries.groups_of(sheet), "share": queries.scored_share(sheet), "left": queries.left_to_score(sheet),
            "bounds": queries.bounds_of(sheet), "way": queries.way(sheet), "tone": cells.tone(sheet),
            "acts": queries.acts(sheet, request.user), "scheme": schemes()[sheet.scheme]["name"], "history": in_words(sheet, limit=20)})


def in_turn(sheet, user, verb):
    """Refuse what is another's to do, or not to be done now."""
    if not queries.acts(sheet, user)[verb]:
        raise Refused(_("This is not your turn. Look at the appraisal again."))


class SheetVerb(VerbPage, abstract=True):
    """What the stages share: the sheet in reach, whose turn it is, and the way back to it. `work` calls the service."""

    verb, heading, submit = "", "", gettext_lazy("Save")

    def target(self, pk):
        """The sheet."""
        return get_object_or_404(queries.for_list(self.request.user).prefetch_related("scores"), pk=pk)

    def get(self, request, **key):
        """The form; led back where it is not this person's turn."""
        try:
            in_turn(self.target(**key), request.user, self.verb)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("appraisal", args=[key["pk"]]))
        return super().get(request, **key)

    def act(self, target, answers):
        """Do it, if it is still this person's turn."""
        in_turn(target, self.request.user, self.verb)
        return self.work(target, answers)

    def initial(self, target):
        """The version the form was opened on."""
        return {"version": target.version}

    def next_address(self, target, result):
        """The sheet."""
        return reverse("appraisal", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": f"{target.employee.name} · {target.period}", "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class SelfReview(SheetVerb):
    """The person writes about the own month."""

    capability, form, done, verb = Can.OWN, forms.SelfReviewForm, gettext_lazy("Your self-review is submitted."), "submit"
    heading, submit = gettext_lazy("Self-review"), gettext_lazy("Submit")

    def form_kwargs(self, target):
        """The indicators of the sheet."""
        return {"sheet": target}

    def work(self, target, answers):
        """Submit it."""
        levels = {int(name.removeprefix("level_")): level for name, level in answers.items() if name.startswith("level_") and level}
        texts = {name: answers[name] for name in ("facts", "difficulties", "next_month")}
        return services.submit(self.actor, target, levels=levels, version=answers["version"], now=timezone.now(), **texts)


def scores_in(answers):
    """{score id: (level, points, ground)} out of the answers of a form of scores."""
    ids = {int(name.rpartition("_")[2]) for name in answers if name.startswith("ground_")}
    return {pk: (answers.get(f"level_{pk}"), answers.get(f"points_{pk}"), answers[f"ground_{pk}"]) for pk in ids}


class Score(SheetVerb):
    """The supervisor scores, with what the person wrote beside; the sheet is handed on when every indicator is scored."""

    template = "performance/appraisals/score.html"
    capability, form, done, verb = Can.SCORE, forms.ScoreForm, gettext_lazy("The scores are kept."), "score"
    heading, submit = gettext_lazy("Scoring"), gettext_lazy("Save the scores")

    def form_kwargs(self, target):
        """The indicators of the sheet."""
        return {"sheet": target}

    def work(self, target, answers):
        """Keep them."""
        return services.score(self.actor, target, scores=scores_in(answers), version=answers["version"], now=timezone.now())


class Interview(SheetVerb):
    """What was said."""

    capability, form, done, verb = Can.SCORE, forms.InterviewForm, gettext_lazy("The interview is recorded. The person signs next."), "interview"
    heading = gettext_lazy("Interview")

    def work(self, target, answers):
        """Record it."""
        return services.interview(self.actor, target, now=timezone.now(), **answers)


class Sign(SheetVerb):
    """The person signs by a click."""

    capability, form, done, verb = Can.OWN, forms.SignForm, gettext_lazy("Signed."), "sign"
    heading, submit = gettext_lazy("Read and sign"), gettext_lazy("Sign")

    def work(self, target, answers):
        """Sign it."""
        return services.sign(self.actor, target, now=timezone.now(), **answers)


class SendBack(SheetVerb):
    """The department manager returns it."""

    capability, form, done, verb = Can.REVIEW, forms.ReasonForm, gettext_lazy("Sent back to scoring."), "review"
    heading, submit = gettext_lazy("Send back to scoring"), gettext_lazy("Send back")

    def work(self, target, answers):
        """Send it back."""
        return services.send_back(self.actor, target, reason=answers["reason"], now=timezone.now())


class Objection(SheetVerb):
    """The person objects."""

    capability, form, done, verb = Can.OWN, forms.ReasonForm, gettext_lazy("Your objection goes to the next superior."), "object"
    heading, submit = gettext_lazy("Object to the result"), gettext_lazy("Object")

    def work(self, target, answers):
        """Object."""
        return services.objects_to(self.actor, target, reason=answers["reason"], now=timezone.now())


class Decide(SheetVerb):
    """One level higher decides."""

    template = "performance/appraisals/score.html"
    capability, form, done, verb = Can.REVIEW, forms.DecideForm, gettext_lazy("Decided, and filed again."), "decide"
    heading, submit = gettext_lazy("Decide the objection"), gettext_lazy("Decide")

    def form_kwargs(self, target):
        """The indicators of the sheet."""
        return {"sheet": target}

    def work(self, target, answers):
        """Decide it."""
        return services.decide(self.actor, target, scores=scores_in(answers), reason=answers["reason"], now=timezone.now())


class Step(Page, abstract=True):
    """A stage without a form: one press."""

    http_method_names = ["post"]
    done = verb = ""

    def post(self, request, pk):
        """Do it, or say why not."""
        sheet = get_object_or_404(Appraisal.objects.visible_to(request.user, self.capability).select_related("employee"), pk=pk)
        try:
            in_turn(sheet, request.user, self.verb)
            self.act(sheet)
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("appraisal", args=[pk]))


class HandOn(Step):
    """Everything is scored: on to the interview."""

    capability, verb, done = Can.SCORE, "score", gettext_lazy("Scored. The interview is next.")

    def act(self, sheet):
        """Hand on."""
        services.hand_on(self.actor, sheet, now=timezone.now())


class Approve(Step):
    """The department manager approves."""

    capability, verb, done = Can.REVIEW, "review", gettext_lazy("Approved. HR files it next.")

    def act(self, sheet):
        """Approve."""
        services.approve(self.actor, sheet, now=timezone.now())


class File(Step):
    """HR files it."""

    capability, verb, done = Can.SCORE, "file", gettext_lazy("Filed and locked.")

    def act(self, sheet):
        """File."""
        services.file(self.actor, sheet, now=timezone.now())
