"""Long work as rows: progress, cancel, result (UX 32)."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.jobs.works import title_of


class JobQuerySet(models.QuerySet):
    """Long work by viewer."""

    def visible_to(self, user):
        """What this person started."""
        return self.filter(user_id=user.pk)


class Job(models.Model):
    """One long work, cut into checkpointed steps. `work` names its registered function; `cursor` is where the next step goes on."""

    class State(models.TextChoices):
        """Where the work stands."""

        WAITING = "waiting", pgettext_lazy("work", "waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("work", "done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    work = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    user = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="jobs")
    language = models.CharField(max_length=10, default="en")
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    arguments = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], condition=models.Q(state__in=["waiting", "running"]), name="jobs_open")]

    @property
    def percent(self):
        """Share done, 0 to 100."""
        return min(100, round(100 * self.done / self.total)) if self.total else (100 if self.state == self.State.DONE else 0)

    @property
    def shown_title(self):
        """What the job is called in the reader's language."""
        return title_of(self)

    @property
    def is_open(self):
        """Whether it still runs or waits."""
        return self.state in {self.State.WAITING, self.State.RUNNING}


class JobFile(models.Model):
    """A file that a work reads or made; private, served through the job's page to its owner only."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
