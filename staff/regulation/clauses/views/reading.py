"""Pages of those who read: one clause with all that hangs on it, confirming a version, who has read it, questions (STF-56, GEN-04)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.contributions.panels import panels_of
from config.web import history
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from staff.organisation.queries import hall_of
from staff.regulation.clauses import forms, links, queries, rules
from staff.regulation.clauses.models import LegalNote, Question
from staff.regulation.clauses.services import readers as services
from staff.regulation.clauses.views.base import FORM, Verb, VersionVerb, version_or_404
from staff.regulation.permissions import Can

CELLS = "staff/regulation/_cell_{}.html"


class ClausePage(Page):
    """One clause: its text, what carries it out, what halls add, what was asked, which laws stand behind it. A script gets the text alone,
    to show it beside the field that asks ("Why am I asked this?")."""

    capability = Can.READ

    def get(self, request, source, number):
        """The page, or its short form."""
        user, day = request.user, timezone.localdate()
        cited = rules.read_citation(rules.cite(source, number))
        clause = cited and queries.clause_cited(*cited, user, day)
        if clause is None:
            raise Http404
        found = links.links(clause, user, day, hall_of(request))
        context = {"clause": clause, "path": queries.path_to(clause), "holds": clause.edition.holds_on(day), "links": found,
                   "carried": links.is_carried(clause), "hall_rules": queries.hall_rules_about(clause, user, day)}
        if request.headers.get("X-Requested-With") == "fetch":
            return self.show("staff/regulation/_why.html", context)
        before, after = queries.neighbours(clause)
        kinds, positions = queries.covered_in_words(clause.edition)
        return self.show("staff/regulation/clause.html", {
            **context, "wordings": queries.wordings(clause, user), "questions": queries.questions_about(clause), "before": before, "after": after,
            "laws": LegalNote.objects.visible_to(user).filter(clauses__contains=[clause.citation]),
            "may_propose": bool(queries.halls_led(user, day)), "groups": grouped(found), "kinds": kinds, "positions": positions,
            "panels": panels_of("clause", clause, user)})


def grouped(found):
    """Links by what they are, in the order in which the page shows them: [(heading, links)]."""
    headings = {"page": _("Pages"), "record": _("Records"), "parameter": _("Parameters"), "schedule": _("Schedules"), "checklist": _("Checklists"),
                "indicator": _("Indicators")}
    return [(heading, rows) for kind, heading in headings.items() if (rows := [one for one in found if one.kind == kind])]


class ConfirmReading(VersionVerb):
    """Confirm to have read a version."""

    capability = Can.READ
    heading, submit, done = gettext_lazy("Confirm the reading"), gettext_lazy("I have read it"), gettext_lazy("Your reading is confirmed.")
    hint = gettext_lazy("You confirm to have read this version and to work by it. Name and time are kept; human resources see them.")

    def act(self, target, answers):
        """Confirm it."""
        services.confirm_reading(self.actor, target, now=timezone.now())


class Readers(Page):
    """Who has confirmed a version and who has not, by hall; overdue names first. `?hall=` (an id, or 0 for those without a hall) shows the
    people of one alone; of very many the first `most` stand on the page."""

    capability = Can.READERS
    most = 200

    def get(self, request, pk):
        """The page."""
        version = version_or_404(request.user, pk)
        found = queries.readers(version, request.user, timezone.localdate())
        halls, late = queries.by_hall(found), [one for one in found if one.late]
        chosen = next((row for row in halls if request.GET.get("hall") == str(row[0].pk if row[0] else 0)), None)
        rows = [one for one in found if one.posting.hall == chosen[0]] if chosen else found
        return self.show("staff/regulation/readers.html", {
            "version": version, "readers": rows[:self.most], "all": len(rows), "late": late, "halls": halls, "chosen": chosen,
            "rate": queries.Rate(len(found), sum(one.confirmed_at is not None for one in found))})


class Questions(ListPage):
    """What was asked about the rules, and what HR answered; public to staff."""

    capability, kind, title, filters, default_sort = Can.READ, "question", gettext_lazy("Questions about the rules"), forms.QuestionFilters, "-asked_at"
    empty = gettext_lazy("Nobody has asked anything yet.")
    columns = (
        Column("text", gettext_lazy("Question"), lambda row: str(row), cell=CELLS.format("question")),
        Column("clause", gettext_lazy("Clause"), lambda row: row.citation, css="num"),
        Column("answer", gettext_lazy("Answer"), lambda row: row.answer, cell=CELLS.format("answer"), css="wide"),
        Column("asked_at", gettext_lazy("Asked"), lambda row: row.asked_at, sort="asked_at", cell=CELLS.format("asked")),
    )

    def rows(self):
        """All of them."""
        return Question.objects.visible_to(self.request.user).select_related("asked_by", "answered_by")

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("ask_hr"), "add_label": _("Ask human resources")}


class AskQuestion(FormPage):
    """Ask HR."""

    capability, form, once, done = Can.READ, forms.QuestionForm, True, gettext_lazy("Your question is with human resources. The answer will be public.")
    template = FORM

    def initial(self, target):
        """The clause that one comes from."""
        cited = rules.read_citation(self.request.GET.get("about", ""))
        return {"citation": rules.cite(*cited) if cited else ""}

    def act(self, target, answers):
        """Ask it."""
        return services.ask(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The question."""
        return reverse("question", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Ask human resources"), "cancel_url": reverse("questions"), "back_label": _("Questions about the rules"),
                "submit_label": _("Ask")}


def question_or_404(user, pk):
    """A question that this person may read."""
    return get_object_or_404(Question.objects.visible_to(user).select_related("asked_by", "answered_by", "regulation"), pk=pk)


class QuestionPage(Page):
    """A question with its answer and how the answer changed."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        question = question_or_404(request.user, pk)
        return self.show("staff/regulation/question.html", {
            "question": question, "may_answer": may(request.user, Can.EDIT), "entries": history.in_words(question),
            "may_withdraw": question.asked_by.user_id == request.user.pk and question.answered_at is None})


class QuestionVerb(Verb, abstract=True):
    """A verb on one question."""

    def target(self, pk):
        """The question."""
        return question_or_404(self.request.user, pk)

    def back(self, target):
        """The question."""
        return reverse("question", args=[target.pk])


class AnswerQuestion(QuestionVerb):
    """HR answers."""

    form, heading, submit, done = forms.AnswerForm, gettext_lazy("Answer"), gettext_lazy("Answer publicly"), gettext_lazy("The answer is public.")

    def initial(self, target):
        """The answer that stands there."""
        return {"answer": target.answer, "version": target.version}

    def act(self, target, answers):
        """Answer."""
        services.answer(self.actor, target, given=answers.pop("version"), now=timezone.now(), **answers)

    def context(self, target, form):
        """What was asked."""
        return super().context(target, form) | {"sub_text": target.text}


class WithdrawQuestion(QuestionVerb):
    """Take an own question back."""

    capability = Can.READ
    heading, submit, danger, done = gettext_lazy("Take the question back"), gettext_lazy("Take back"), True, gettext_lazy("The question is gone.")

    def act(self, target, answers):
        """Take it back."""
        services.withdraw(self.actor, target, now=timezone.now())

    def next_address(self, target, result):
        """The list."""
        return reverse("questions")
