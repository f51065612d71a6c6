"""What telling people needs to know of them, read for many at once: how they like it, their language and zone, the robots of their groups."""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import time

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from config.web.models import Preference
from staff.notifications.models import NotificationChoice, NotificationSettings, Robot
from staff.organisation.models import Assignment, Posting


@dataclass
class Way:
    """How one person is told."""

    choices: dict = field(default_factory=dict)
    email: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    language: str = settings.LANGUAGE_CODE
    zone: str = settings.TIME_ZONE
    groups: list = field(default_factory=list)

    def choice(self, kind):
        """The choice for a kind: the person's, or what comes with the kind."""
        return self.choices.get(kind.key) or NotificationChoice(kind=kind.key, email=kind.email, robot=kind.robot)


def ways_of(users, now):
    """{user id: Way} of these people."""
    ids = {user.pk for user in users}
    ways = {pk: Way() for pk in ids}
    for row in NotificationChoice.objects.filter(user__in=ids):
        ways[row.user_id].choices[row.kind] = row
    for row in NotificationSettings.objects.filter(user__in=ids):
        way = ways[row.user_id]
        way.email, way.quiet_from, way.quiet_until = row.email, row.quiet_from, row.quiet_until
    for user_id, language in Preference.objects.filter(user__in=ids).exclude(language="").values_list("user", "language"):
        ways[user_id].language = language
    for user_id, (zone, robots) in places_of(ids, timezone.localtime(now).date()).items():
        ways[user_id].zone, ways[user_id].groups = zone, robots
    return ways


def places_of(ids, day):
    """{user id: (zone of the hall, robots of hall and team)} by the posting of the day, else by the role held in a hall."""
    halls, teams, zones = defaultdict(set), defaultdict(set), {}
    postings = Posting.objects.on(day).filter(employee__user__in=ids).values_list("employee__user", "hall", "team", "hall__timezone", "team__hall__timezone")
    roles = (Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), employee__user__in=ids, starts_on__lte=day)
             .values_list("employee__user", "hall", "team", "hall__timezone", "team__hall__timezone"))
    for user_id, hall, team, zone, zone_of_team in [*postings, *roles]:
        halls[hall].add(user_id), teams[team].add(user_id)
        if zone or zone_of_team:
            zones.setdefault(user_id, zone or zone_of_team)
    groups = defaultdict(list)
    for robot in Robot.objects.filter(Q(hall__in=[pk for pk in halls if pk]) | Q(team__in=[pk for pk in teams if pk]), is_active=True):
        for user_id in halls[robot.hall_id] if robot.hall_id else teams[robot.team_id]:
            groups[user_id].append(robot)
    return {pk: (zones.get(pk, settings.TIME_ZONE), groups[pk]) for pk in ids}
