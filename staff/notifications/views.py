"""Pages of notifications: one's own, how one is told, what became of each delivery, robots of chat groups (GEN-07)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN, may
from config.celery import ring
from config.errors import Refused
from config.web.history import in_words
from config.web.house import channel_name, problem_name
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from staff.notifications import cells, forms, queries, robot_services, services
from staff.notifications.kinds import in_order
from staff.notifications.models import Notification, NotificationChoice, NotificationSettings, Robot
from staff.notifications.permissions import Can
from staff.notifications.words import sentence

SWEEP = "config.outbox.tasks.sweep"


class Notifications(ListPage):
    """What this person was told, the newest first."""

    capability, kind, title = SIGNED_IN, "notification", gettext_lazy("Notifications")
    filters, default_sort, template = forms.NotificationFilters, "-at", "staff/notifications/list.html"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Unread"), "unread=on"))
    empty = gettext_lazy("Nobody told you anything yet. What concerns you appears here by itself.")
    columns = (
        Column("what", gettext_lazy("What"), sentence),
        Column("at", gettext_lazy("When"), lambda one: one.at, sort="at"),
    )

    def rows(self):
        """One's own."""
        return queries.of_person(self.request.user)

    def cut(self, rows, field, descending):
        """One page, with the records looked up together."""
        page = super().cut(rows, field, descending)
        queries.told(page.rows, self.request.user)
        return page

    def context(self):
        """Whether there is anything to mark as read."""
        return {"unread": queries.of_person(self.request.user).unread().exists(), "may_robots": may(self.request.user, Can.ROBOTS)}


class OpenNotification(Page):
    """A press on a notification: it is read, and leads to its record."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Note it and lead on."""
        notification = get_object_or_404(queries.of_person(request.user), pk=pk)
        services.read(self.actor, Notification.objects.filter(pk=pk), now=timezone.now())
        return HttpResponseRedirect(queries.address_of(notification, request.user))


class ReadAll(Page):
    """Everything up to now is read."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request):
        """Note it."""
        count = services.read(self.actor, Notification.objects.all(), now=timezone.now())
        messages.success(request, _("%(n)s marked as read.") % {"n": count})
        return HttpResponseRedirect(reverse("notifications"))


class Choices(FormPage):
    """How this person is told of what."""

    capability, form, done = SIGNED_IN, forms.ChoicesForm, gettext_lazy("From now on you are told this way.")
    template = "staff/notifications/choices.html"

    def initial(self, target):
        """As it is now."""
        user = self.request.user
        own = NotificationSettings.objects.filter(user=user).first() or NotificationSettings(user=user)
        facts = {name: getattr(own, name) for name in ("email", "digest_hour", "quiet_from", "quiet_until")}
        made = {row.kind: row for row in NotificationChoice.objects.filter(user=user)}
        for kind in in_order():
            row = made.get(kind.key) or NotificationChoice(email=kind.email, robot=kind.robot)
            facts |= {f"app_{kind.key}": row.in_app or kind.mandatory, f"email_{kind.key}": row.email, f"robot_{kind.key}": row.robot}
        return facts

    def act(self, target, answers):
        """Keep it."""
        choices = {kind.key: tuple(answers[f"{part}_{kind.key}"] for part in forms.PARTS) for kind in in_order()}
        facts = {name: answers[name] for name in ("email", "digest_hour", "quiet_from", "quiet_until")}
        return services.choose(self.actor, choices, now=timezone.now(), **facts)

    def next_address(self, target, result):
        """The same page."""
        return reverse("notification_choices")

    def context(self, target, form):
        """Heading, way back, and what each kind is."""
        return {"heading": _("How I am told"), "kinds": in_order(), "submit_label": _("Save"), "cancel_url": reverse("notifications"),
                "back_label": _("Notifications")}


class Deliveries(ListPage):
    """What left the house about one's notifications, and by the robots in reach; neither address nor text is shown."""

    capability, kind, title = SIGNED_IN, "delivery", gettext_lazy("Deliveries")
    filters, default_sort = forms.DeliveryFilters, "-created_at"
    usual_views = ((gettext_lazy("All"), ""), (pgettext_lazy("message", "Uncertain"), "state=uncertain"),
                   (pgettext_lazy("message", "Parked"), "state=parked"))
    empty = gettext_lazy("Nothing left the house for you yet. Choose e-mail or your chat group under “How I am told”.")
    columns = (
        Column("what", gettext_lazy("About"), cells.what, draw=cells.what),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display(), draw=cells.state, css="bare"),
        Column("channel", gettext_lazy("Channel"), channel_name),
        Column("created_at", gettext_lazy("Left at"), lambda one: one.created_at, sort="created_at", draw=cells.left, css="num"),
        Column("attempts", gettext_lazy("Tries"), lambda one: one.attempts, css="num r"),
        Column("problem", gettext_lazy("Last problem"), problem_name),
    )

    def rows(self):
        """In reach."""
        return queries.deliveries(self.request.user)

    def cut(self, rows, field, descending):
        """One page, with what each is about."""
        page = super().cut(rows, field, descending)
        queries.about(page.rows, self.request.user)
        return page


class Robots(ListPage):
    """The robots of the chat groups in reach."""

    capability, kind, title = Can.ROBOTS, "robot", gettext_lazy("Chat robots")
    default_sort = "-pk"
    empty = gettext_lazy("No chat robot yet. Add one to the group of a hall or team in WeCom or DingTalk, then enter its address here.")
    columns = (
        Column("name", gettext_lazy("Chat group"), lambda row: row.name, draw=cells.robot),
        Column("state", gettext_lazy("State"), cells.in_use, draw=cells.in_use, css="bare"),
        Column("service", gettext_lazy("Chat service"), lambda row: row.get_service_display()),
        Column("place", gettext_lazy("Hall or team"), lambda row: str(row.place)),
        Column("token", gettext_lazy("Key"), lambda row: row.masked, css="num"),
    )

    def rows(self):
        """In reach."""
        return Robot.objects.visible_to(self.request.user).select_related("hall", "team")

    def context(self):
        """The way to a new one."""
        edits = may(self.request.user, Can.ROBOTS_EDIT)
        return {"add_url": reverse("new_robot") if edits else "", "add_label": _("New chat robot"),
                "sub_text": _("What is told to the people of a hall or team is said in its chat group too, as each of them chose.")}


class RobotPage(Page):
    """One robot: what it is, what it said, and the button that tries it out."""

    capability = Can.ROBOTS

    def get(self, request, pk):
        """The page."""
        robot = get_object_or_404(Robot.objects.visible_to(request.user).select_related("hall", "team", "created_by"), pk=pk)
        facts = [(_("Chat service"), robot.get_service_display()), (_("Hall or team"), robot.place), (_("Key"), robot.masked),
                 (_("Signature"), _("with a secret") if robot.secret else _("none")), (_("Set up by"), robot.created_by or "")]
        said = queries.about(list(queries.of_robot(robot)[:10]), request.user)
        for one in said:
            one.tone, one.problem = cells.TONES[one.state], problem_name(one)
        return self.show("staff/notifications/robot.html", {
            "robot": robot, "facts": [{"label": label, "value": str(value)} for label, value in facts], "said": said,
            "may_edit": Robot.objects.visible_to(request.user, Can.ROBOTS_EDIT).filter(pk=pk).exists(), "history": in_words(robot, limit=20)})


class RobotForm(FormPage):
    """Set up a robot, or change one. Nothing of it is kept as a draft, since the key is like a password."""

    capability, form, done = Can.ROBOTS_EDIT, forms.RobotForm, gettext_lazy("The chat robot is saved.")
    keeps = False

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """The robot, among those this person keeps, or None for a new one."""
        return None if pk is None else get_object_or_404(Robot.objects.visible_to(self.request.user, Can.ROBOTS_EDIT), pk=pk)

    def form_kwargs(self, target):
        """Who asks, and what is kept already."""
        return {"viewer": self.request.user, "present": target}

    def initial(self, target):
        """As it is; neither key nor secret."""
        if target is None:
            return {"language": get_language(), "service": Robot.Service.WECOM}
        return {"hall": target.hall_id, "team": target.team_id,
                **{name: getattr(target, name) for name in ("service", "name", "language", "is_active", "version")}}

    def act(self, target, answers):
        """Save it."""
        return robot_services.save_robot(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page, with the button that tries it out."""
        return reverse("robot", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change the chat robot") if target else _("New chat robot"), "submit_label": _("Save"), "back_label": _("Chat robots"),
                "cancel_url": reverse("robot", args=[target.pk]) if target else reverse("robots"), "back_url": reverse("robots")}


class TryRobot(Page):
    """Let a robot say something now."""

    capability = Can.ROBOTS_EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Leave the message; its page tells what became of it."""
        robot = get_object_or_404(Robot.objects.visible_to(request.user, Can.ROBOTS_EDIT), pk=pk)
        try:
            robot_services.try_out(self.actor, robot, now=timezone.now())
            ring(SWEEP)
            messages.success(request, _("The robot is asked to speak. Look into the group, and below for how it ended."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("robot", args=[pk]))
