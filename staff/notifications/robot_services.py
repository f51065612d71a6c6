"""Verbs on the robots of chat groups: setting one up, changing it, trying it out, taking it out of use."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.outbox import services as outbox
from config.web.versions import claim_version
from staff.notifications import delivery, robots
from staff.notifications.models import Robot
from staff.notifications.words import in_language_of

FACTS = ("service", "name", "hall", "team", "language", "is_active")


@transaction.atomic
def save_robot(actor, robot, *, token, secret, now, version=None, **facts):
    """Set up a robot (`robot` None) or change one; an empty `token` or `secret` keeps the present one. Refused: what was pasted is no key,
    neither a hall nor a team or both, a key that stands here already."""
    if robot is not None:
        robot = Robot.objects.select_for_update().get(pk=robot.pk)
        claim_version(robot, version)
    if bool(facts["hall"]) == bool(facts["team"]):
        raise Refused(_("A robot speaks in the group of a hall or of a team. Choose one of the two."), field="hall")
    fresh = robot or Robot(created_at=now, created_by=actor.user)
    for name in FACTS:
        setattr(fresh, name, facts[name])
    if token or robot is None:
        fresh.token = robots.key_in(fresh.service, token) or ""
        if not fresh.token:
            raise Refused(_("This is no address of such a robot. Copy it from the robot's page in the chat group."), field="token")
    fresh.secret = secret or fresh.secret
    try:
        with transaction.atomic():
            return trace.save(actor, fresh, act="changed" if robot else "set up")
    except IntegrityError as taken:
        raise Refused(_("This robot is set up already. Change the one that there is."), field="token") from taken


@transaction.atomic
def try_out(actor, robot, *, now):
    """Let the robot say who tries it, through the outbox like everything it says; the log of deliveries tells how it ended. Returns its key."""
    robot = Robot.objects.select_for_update(of=("self",)).select_related("hall", "team").get(pk=robot.pk)
    if not robot.is_active:
        raise Refused(_("This robot is out of use. Put it into use, then try it."))
    robot.tests += 1
    trace.save(actor, robot, "tests", act="tried out")
    zone = (robot.hall or robot.team.hall).timezone if robot.hall or robot.team.hall else "Asia/Shanghai"
    with in_language_of(robot.language, zone):
        text = _("Hallkeeper: %(name)s tries this robot for “%(place)s”.") % {"name": actor.user, "place": robot.place}
    key = f"robot-test-{robot.pk}-{robot.tests}"
    outbox.leave(key=key, channel="robot", address=str(robot.pk), body=text, kind=delivery.ROBOT, record_id=robot.pk, now=now)
    return key
