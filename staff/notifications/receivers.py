"""What people are told because the rooms below say that something ended, was asked or decided."""
from datetime import timedelta

from django.dispatch import receiver
from django.utils import timezone

from config.jobs.events import job_ended
from config.jobs.models import Job
from config.web.choices import word
from config.web.templatetags.hk import day
from staff.notifications import services
from staff.notifications.services import News
from staff.organisation.models import Assignment, Employee
from staff.regulation.parameters.events import change_asked, change_decided
from staff.regulation.parameters.models import ParameterChange
from staff.regulation.parameters.words import meaning

CONFIRMS = "hr"  # the role that confirms parameters
WATCHED = timedelta(seconds=10)  # whoever started a shorter work still looks at its page


@receiver(job_ended, dispatch_uid="notification-of-a-job")
def tell_of_job(sender, job_id, now, **more):
    """Tell whoever started the work, unless it ended well before they looked away."""
    job = Job.objects.select_related("user").get(pk=job_id)
    well = job.state in (Job.State.DONE, Job.State.CANCELLED)
    if job.user is None or well and now - job.created_at < WATCHED:
        return
    how = dict(Job._meta.get_field("state").flatchoices)[job.state]
    services.tell("work-ended", [News(job.user, f"{job.pk}", ("job", job.pk), {"how": how})], now=now)


@receiver(change_asked, dispatch_uid="notification-of-a-parameter-asked")
def tell_who_confirms(sender, change_id, now, **more):
    """Tell human resources that another value waits for them; not who asked, who may be one of them."""
    change, today = ParameterChange.objects.select_related("asked_by").get(pk=change_id), timezone.localtime(now).date()
    held = Assignment.objects.filter(role=CONFIRMS, starts_on__lte=today, employee__state=Employee.State.ON_DUTY, employee__user__isnull=False)
    people = {one.employee.user for one in held.exclude(ends_on__lt=today).exclude(employee__user=change.asked_by).select_related("employee__user")}
    services.tell("parameter-asked", [News(user, f"{change.pk}", ("parameter_change", change.pk), {"who": str(change.asked_by)} | told_of(change))
                                      for user in people], now=now)


@receiver(change_decided, dispatch_uid="notification-of-a-parameter-decided")
def tell_who_asked(sender, change_id, now, **more):
    """Tell who asked how it was decided."""
    change = ParameterChange.objects.select_related("asked_by").get(pk=change_id)
    told = {"how": word(change, "state")} | told_of(change)
    services.tell("parameter-decided", [News(change.asked_by, f"{change.pk}", ("parameter_change", change.pk), told)], now=now)


def told_of(change):
    """Which parameter, from which day on."""
    return {"what": meaning(change.subject), "day": day(change.valid_from)}
