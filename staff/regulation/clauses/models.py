"""What is stored of the written regulation (GEN-03, GEN-04, GEN-22, STF-56, INF-03)."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from staff.regulation.clauses import states
from staff.regulation.clauses.rules import cite
from staff.regulation.permissions import Can


class Regulation(Versioned):
    """One regulation of the company; what it says stands in its versions. `sources` are the signs by which its clauses are cited (S0)."""

    key = models.SlugField(_("code"), unique=True)
    sources = models.JSONField(_("signs"), default=list)
    order = models.PositiveSmallIntegerField(default=50)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.key


class VersionQuerySet(models.QuerySet):
    """Versions by viewer and day."""

    def visible_to(self, user):
        """What was published is everybody's; what is in work is HR's, and its reviewer's."""
        if reach(user, Can.EDIT):
            return self
        if not reach(user, Can.READ):
            return self.none()
        return self.filter(Q(state__in=states.PUBLIC) | Q(reviewer__user_id=user.pk))

    def in_force(self, day):
        """The versions by which the halls work on `day`, one of a regulation."""
        return self.filter(state__in=states.PUBLIC, effective_on__lte=day).filter(Q(replaced_on=None) | Q(replaced_on__gt=day))

    def newest(self):
        """The versions that people are asked to have read: the last published one of each regulation, also before it comes into force."""
        return self.filter(state=states.PUBLISHED)


class RegulationVersion(Versioned):
    """A version of a regulation: whom it covers, since when, who answers for it, what changed, and its clauses.

    `hall_kinds` are kinds of hall, none for every one; `positions` codes of positions. It holds from `effective_on` until the day before
    `replaced_on`. People are asked to have read it by `read_until`.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = states.DRAFT, pgettext_lazy("version", "draft")
        REVIEWED = states.REVIEWED, pgettext_lazy("version", "reviewed")
        PUBLISHED = states.PUBLISHED, pgettext_lazy("version", "published")
        REPLACED = states.REPLACED, pgettext_lazy("version", "replaced")

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="versions", verbose_name=_("regulation"))
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    title = TranslatedText(_("title"))
    office = TranslatedText(_("interpreting and revising office"))
    change_log = TranslatedText(_("what is new"), blank=True)
    cut_off = TranslatedText(_("where the source ends"), blank=True)
    hall_kinds = models.JSONField(_("kinds of hall"), default=list)
    positions = models.JSONField(_("positions"), default=list)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("replaces"))
    written_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    reviewer = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    review_note = models.CharField(_("remark of the reviewer"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewed by"))
    reviewed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by"))
    published_at = models.DateTimeField(null=True)
    effective_on = models.DateField(_("effective date"), null=True)
    replaced_on = models.DateField(_("replaced on"), null=True)
    read_until = models.DateField(_("to be read by"), null=True)
    history = HistoricalRecords()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["regulation__order", "regulation_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["regulation"], condition=Q(state__in=["draft", "reviewed"]), name="one_version_in_work"),
            models.UniqueConstraint(fields=["regulation"], condition=Q(state="published"), name="one_newest_version"),
            models.CheckConstraint(name="reviewed_by_another", condition=Q(reviewed_by=None) | Q(written_by=None) | ~Q(reviewed_by=F("written_by"))),
            models.CheckConstraint(name="published_has_its_day", condition=Q(state__in=["draft", "reviewed"], effective_on=None)
                                   | Q(state__in=["published", "replaced"], effective_on__isnull=False)),
            models.CheckConstraint(name="replaced_has_its_day", condition=Q(state="replaced", replaced_on__gt=F("effective_on"))
                                   | ~Q(state="replaced") & Q(replaced_on=None)),
        ]

    def __str__(self):
        return str(self.title)

    @property
    def published_on(self):
        """The day on which it was published, or None."""
        return self.published_at and timezone.localtime(self.published_at).date()

    def holds_on(self, day):
        """Whether the halls work by this version on `day`."""
        return self.state in states.PUBLIC and self.effective_on <= day and (self.replaced_on is None or day < self.replaced_on)


class Clause(Versioned):
    """A node of the tree: a chapter, which is a heading, or a clause. `source` and `number` cite it; `parent` is the number of the chapter
    above within the same source, '' at the top. What it names (`rows` … `indicators`) are keys that the rooms resolve; `evidence` is the
    record that proves that it was followed, empty where it is only declared."""

    class Kind(models.TextChoices):
        """Heading or rule."""

        CHAPTER = "chapter", _("chapter")
        CLAUSE = "clause", _("clause")

    edition = models.ForeignKey(RegulationVersion, on_delete=models.CASCADE, related_name="clauses")
    source = models.CharField(_("sign"), max_length=8)
    number = models.CharField(_("number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.CLAUSE)
    parent = models.CharField(_("part of"), max_length=20, blank=True)
    order = models.PositiveIntegerField()
    title = TranslatedText(_("title"))
    text = TranslatedText(_("text"), blank=True)
    rows = models.JSONField(default=list)
    parameters = models.JSONField(_("parameters"), default=list)
    schedules = models.JSONField(_("schedules"), default=list)
    checklists = models.JSONField(_("checklists"), default=list)
    indicators = models.JSONField(_("indicators"), default=list)
    evidence = TranslatedText(_("evidence"), blank=True)
    cut_off = models.BooleanField(default=False)
    history = HistoricalRecords(excluded_fields=["order"])

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "source", "number"], name="clause_cited_once"),
                       models.CheckConstraint(name="clause_is_not_its_own_parent", condition=~Q(parent=F("number")))]
        indexes = [models.Index(fields=["source", "number"], name="clause_by_citation")]

    def __str__(self):
        return f"{self.citation} {self.title}"

    @property
    def citation(self):
        """How the clause is cited."""
        return cite(self.source, self.number)


class HallRuleQuerySet(models.QuerySet):
    """Rules of halls by viewer and day."""

    def visible_to(self, user):
        """What is or was in force is everybody's; what is proposed or declined is HR's, and the hall's whose manager proposed it."""
        if reach(user, Can.EDIT):
            return self
        if not reach(user, Can.READ):
            return self.none()
        return self.filter(Q(state__in=[states.IN_FORCE, states.ENDED]) | Q(proposed_by_id=user.pk))

    def in_force(self, day):
        """Those that hold on `day`."""
        return self.filter(state__in=[states.IN_FORCE, states.ENDED], valid_from__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


class HallRule(Versioned):
    """A detailed rule that one hall adds to a clause (INF-03): proposed by its manager, put in force by HR."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = states.PROPOSED, pgettext_lazy("rule", "proposed")
        IN_FORCE = states.IN_FORCE, pgettext_lazy("rule", "in force")
        DECLINED = states.DECLINED, pgettext_lazy("rule", "declined")
        ENDED = states.ENDED, pgettext_lazy("rule", "ended")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="detailed_rules", verbose_name=_("hall"))
    source = models.CharField(_("sign"), max_length=8)
    number = models.CharField(_("number"), max_length=20)
    text = TranslatedText(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    ended_on = models.DateField(_("ended on"), null=True)
    history = HistoricalRecords()

    objects = HallRuleQuerySet.as_manager()

    class Meta:
        ordering = ["source", "number", "hall_id", "-pk"]
        constraints = [
            models.CheckConstraint(name="rule_decided_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))),
            models.CheckConstraint(name="rule_ends_after_it_begins", condition=Q(ended_on=None) | Q(ended_on__gte=F("valid_from"))),
        ]
        indexes = [models.Index(fields=["source", "number"], name="rule_by_citation")]

    def __str__(self):
        return self.citation

    @property
    def citation(self):
        """The clause that it adds to."""
        return cite(self.source, self.number)


class ReadingConfirmation(models.Model):
    """A person has read a version: written once (STF-56)."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="readings")
    edition = models.ForeignKey(RegulationVersion, on_delete=models.PROTECT, related_name="readings")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "edition"], name="read_once")]


class QuestionQuerySet(models.QuerySet):
    """Questions by viewer."""

    def visible_to(self, user):
        """Public to all staff who read the regulation (GEN-04)."""
        return self if reach(user, Can.READ) else self.none()


class Question(Versioned):
    """What somebody asked HR about a rule, with HR's answer; both public to staff. `source` and `number` cite the clause, if it is about one."""

    regulation = models.ForeignKey(Regulation, null=True, on_delete=models.PROTECT, related_name="questions", verbose_name=_("regulation"))
    source = models.CharField(_("sign"), max_length=8, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="questions", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    history = HistoricalRecords()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.CheckConstraint(name="answer_has_its_moment", condition=Q(answer="", answered_at=None)
                                              | ~Q(answer="") & Q(answered_at__isnull=False))]
        indexes = [models.Index(fields=["source", "number"], name="question_by_citation")]

    def __str__(self):
        return self.text if len(self.text) < 80 else f"{self.text[:79]}…"

    @property
    def citation(self):
        """The clause that it is about, or ''."""
        return cite(self.source, self.number) if self.number else ""


class LegalNoteQuerySet(models.QuerySet):
    """Laws by viewer."""

    def visible_to(self, user):
        """Who reads the regulation reads the laws behind it."""
        return self if reach(user, Can.READ) else self.none()


class LegalNote(Versioned):
    """A law or policy that the work touches (GEN-22). `clauses` are citations; `for_contracts` says that a contract is checked against it."""

    class Kind(models.TextChoices):
        """What it is."""

        LAW = "law", _("Law")
        POLICY = "policy", _("Policy")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.LAW)
    title = TranslatedText(_("title"))
    text = TranslatedText(_("what it asks of us"))
    issued_by = models.CharField(_("issued by"), max_length=120, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    link = models.URLField(_("where it can be read"), blank=True)
    clauses = models.JSONField(_("clauses"), default=list)
    for_contracts = models.BooleanField(_("contracts are checked against it"), default=False)
    history = HistoricalRecords()

    objects = LegalNoteQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self):
        return str(self.title)


class LegalChange(models.Model):
    """A change of a law that HR announced to all staff; it stands on My day until the day from which it holds."""

    note = models.ForeignKey(LegalNote, on_delete=models.CASCADE, related_name="changes", verbose_name=_("law or policy"))
    text = TranslatedText(_("what changes"))
    holds_from = models.DateField(_("holds from"))
    announced_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("announced by"))
    announced_at = models.DateTimeField(_("announced"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["-announced_at", "-pk"]
