"""Pages about people: the list, one person, joining, changing, posting, deputies, leaving."""
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts import second_factor, throttle
from config.accounts.access import may
from config.contributions import panels
from config.web import history, limits
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from config.web.templatetags.hk import day
from staff.organisation import queries, services
from staff.organisation.forms import people as forms
from staff.organisation.models import Assignment, Deputy, Employee
from staff.organisation.permissions import Can
from staff.organisation.views.base import PersonVerb
from staff.organisation.words import ROLE_NAMES

CELLS = "staff/organisation/people/_cell_{}.html"


class PeopleList(ListPage):
    """Who works here, where and as what; also the list by employment kind (STF-04)."""

    capability = Can.READ
    export_capability = Can.EDIT
    title, kind, default_sort, filters = _("People"), "employee", "sort_key", forms.PeopleFilters
    columns = (
        Column("name", _("Name"), lambda row: row.name, sort="sort_key", cell=CELLS.format("name")),
        Column("number", _("Staff number"), lambda row: row.number, sort="number", css="num"),
        Column("position", _("Position"), lambda row: place(row, "position"), sort="position_order"),
        Column("hall", _("Hall or department"), lambda row: place(row, "hall") or place(row, "department"), sort="hall_order"),
        Column("team", _("Team"), lambda row: place(row, "team")),
        Column("superior", _("Superior"), lambda row: place(row, "superior")),
        Column("kind", _("Employment kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state", cell=CELLS.format("state")),
    )

    def rows(self):
        """The people this person may see."""
        return queries.people_for_list(self.request.user)

    def context(self):
        """The way to a new person."""
        if not may(self.request.user, Can.EDIT):
            return {}
        return {"add_url": reverse("new_person"), "add_label": _("New person")}


def place(row, name):
    """Position, hall … of today's posting."""
    found = getattr(row.today[0], name) if row.today else None
    return str(found) if found else ""


class SuggestPeople(Page):
    """The choices below a field that asks for a person."""

    capability = Can.READ

    def get(self, request):
        """At most eight people."""
        if limits.used_up("people", request.user.pk, limit=240, seconds=60):
            return HttpResponse(status=429)
        return self.show("staff/organisation/people/_suggest.html", {"people": queries.suggest(request.user, request.GET.get("q", "")[:60])})


class PersonPage(Page):
    """One person: postings, roles, deputies, and what rooms above bring (shifts, competences)."""

    capability = Can.READ

    def get(self, request, pk):
        """The page, with the history in words on its tab."""
        person = get_object_or_404(Employee.objects.visible_to(request.user).select_related("user"), pk=pk)
        tab = "history" if request.GET.get("tab") == "history" and may(request.user, Can.EDIT) else "facts"
        postings, today = list(person.postings.select_related("position", "department", "hall", "team", "superior")), timezone.localdate()
        person.posting = next((row for row in postings if row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)), None)
        context = {"person": person, "posting": person.posting, "postings": postings, "tab": tab, "tabs": self.tabs(tab),
                   "actions": self.actions(person), "panels": panels.panels_of("person", person, request.user) if tab == "facts" else [],
                   "deputies": deputies_of(person), "may_edit": may(request.user, Can.EDIT), "own": person.user_id == request.user.pk}
        context |= self.account(person)
        if tab == "history":
            context["entries"] = history.in_words(person)
        return self.show("staff/organisation/people/detail.html", context)

    def tabs(self, tab):
        """Facts, and for whoever keeps them the history."""
        shown = [{"label": _("Facts"), "url": "?", "active": tab == "facts"}]
        if may(self.request.user, Can.EDIT):
            shown.append({"label": _("History"), "url": "?tab=history", "active": tab == "history"})
        return shown

    def account(self, person):
        """Roles and account, for whoever may see this person's."""
        viewer = self.request.user
        if person.user_id != viewer.pk and not queries.is_within(viewer, person, Can.ACCOUNTS_READ):
            return {"sees_account": False}
        names = [person.user.username] if person.user_id else []
        rows = list(queries.running_assignments(person))
        for row in rows:
            row.role_name = ROLE_NAMES.get(row.role, row.role)
        return {"sees_account": True, "assignments": rows, "locked": bool(names and throttle.locked_among(names, now=timezone.now())),
                "may_assign": queries.may_manage(viewer, person)}

    def actions(self, person):
        """Only what this person may do now to the other."""
        viewer, shown = self.request.user, []

        def offer(label, page, icon):
            shown.append({"label": label, "url": reverse(page, args=[person.pk]), "icon": icon})

        here, mine = person.state != Employee.State.LEFT, person.user_id == viewer.pk
        if here and may(viewer, Can.EDIT):
            offer(_("Change name or kind"), "change_person", "pencil")
            offer(_("New posting"), "post_person", "map-pin")
            if person.state == Employee.State.TRAINING and not mine:
                offer(_("Put on duty"), "put_on_duty", "badge-check")
        if here and services.sees_holdings(viewer, person):
            offer(_("What the person holds"), "person_holdings", "archive")
        if here and (mine or may(viewer, Can.EDIT)):
            offer(_("Name a deputy"), "name_deputy", "user-plus")
        if here and queries.may_manage(viewer, person):
            offer(_("Assign a role"), "assign_role", "key-round")
            if person.user_id is None:
                offer(_("Give an account"), "give_account", "user-plus")
            else:
                offer(_("New first password"), "reset_password", "rotate-ccw")
                offer(_("End all sessions"), "end_sessions", "log-out")
                if second_factor.is_privileged(person.user) or second_factor.has_one(person.user):  # nobody else is asked for one
                    offer(_("Reset the second step"), "reset_second_factor", "smartphone")
        if here and may(viewer, Can.EDIT) and not mine:
            offer(_("Leaves the company"), "leave", "door-open")
            if person.left_on:
                offer(_("Does not leave after all"), "stay", "undo-2")
        return shown


def deputies_of(person):
    """Who stands in for this person, now or later, newest first."""
    return Deputy.objects.filter(employee=person, ends_on__gte=timezone.localdate()).select_related("deputy").order_by("starts_on")


class NewPerson(FormPage):
    """A person joins."""

    capability = Can.EDIT
    form, once, template, answers_with_page = forms.JoinForm, True, "staff/organisation/verb.html", True
    done = _("The person is entered and in training.")
    password = ""

    def act(self, target, answers):
        """Enter the person, and keep the first password for the next page only."""
        person, self.password = services.create_person(self.actor, hired_on=answers.pop("starts_on"), now=timezone.now(), **answers)
        self.person = person
        return person

    def next_address(self, target, result):
        """The person's page."""
        return reverse("person", args=[result.pk])

    def lead_on(self, address):
        """Show the first password once, or go to the person."""
        if self.password:
            return self.show("staff/organisation/people/first_password.html", {"person": self.person, "password": self.password, "address": address})
        return super().lead_on(address)

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New person"), "submit_label": _("Enter person"), "cancel_url": reverse("people")}


class ChangePerson(PersonVerb):
    """Name, number, kind."""

    form, done, heading = forms.PersonForm, _("Saved."), _("Change %(name)s")

    def initial(self, target):
        """What is known."""
        return {"version": target.version, "name": target.name, "number": target.number, "kind": target.kind}

    def act(self, target, answers):
        """Save it."""
        services.change_person(self.actor, target, now=timezone.now(), **answers)


class PostPerson(PersonVerb):
    """A new posting from a day on."""

    form, done, heading = forms.PostingForm, _("The posting is entered."), _("New posting of %(name)s")
    submit, hint = _("Enter posting"), _("The running posting ends on the day before.")

    def initial(self, target):
        """Where the person is posted now."""
        now_here = queries.posting_on(target, timezone.localdate())
        names = ("position", "department", "hall", "team", "superior")
        return {name: getattr(now_here, name) for name in names} if now_here else {}

    def act(self, target, answers):
        """Enter it."""
        services.post_to(self.actor, target, now=timezone.now(), **answers)


class PutOnDuty(PersonVerb):
    """Training is over."""

    form, done, heading = forms.ReasonForm, _("The person is on duty."), _("Put %(name)s on duty")
    submit, hint = _("Put on duty"), _("From now on the person has the rights of the roles assigned.")

    def act(self, target, answers):
        """Do it."""
        services.put_on_duty(self.actor, target, now=timezone.now(), **answers)


class NameDeputy(PersonVerb):
    """Somebody stands in; a person names the own deputy, HR anybody's."""

    capability = Can.READ
    form, done, heading = forms.DeputyForm, _("The deputy is named."), _("Deputy of %(name)s")
    submit, hint = _("Name deputy"), _("The deputy acts in the own name, with the rights of the person represented.")

    def people(self):
        """Oneself, or everybody for whoever keeps the organisation."""
        everybody = Employee.objects.exclude(state=Employee.State.LEFT)
        return everybody if may(self.request.user, Can.EDIT) else everybody.filter(user_id=self.request.user.pk)

    def act(self, target, answers):
        """Name the deputy."""
        services.name_deputy(self.actor, target, now=timezone.now(), **answers)


class EndDeputy(PersonVerb):
    """The deputy is needed no longer."""

    capability = Can.READ
    form, done, heading, submit = forms.EmptyForm, _("The deputy stands in no longer."), _("End the deputy of %(name)s"), _("End now")

    def target(self, pk):
        """The person represented, with the row."""
        mine = Deputy.objects.filter(ends_on__gte=timezone.localdate()).select_related("employee")
        if not may(self.request.user, Can.EDIT):
            mine = mine.filter(employee__user_id=self.request.user.pk)
        self.row = get_object_or_404(mine.select_related("deputy"), pk=pk)
        return self.row.employee

    def context(self, target, form):
        """Who stands in, until when, and what ending it means."""
        facts = {"name": self.row.deputy.name, "first": day(self.row.starts_on), "last": day(self.row.ends_on)}
        begun = self.row.starts_on < timezone.localdate()
        text = _("%(name)s stands in from %(first)s to %(last)s. Yesterday becomes the last day.") if begun else _(
            "%(name)s stands in from %(first)s to %(last)s. It is taken back, as if nobody had been named.")
        return super().context(target, form) | {"sub_text": text % facts}

    def act(self, target, answers):
        """End it."""
        services.end_deputy(self.actor, self.row, now=timezone.now())


class Leave(PersonVerb):
    """The person leaves; what they hold is handed over."""

    form, done, heading = forms.LeaveForm, _("The leaving is entered."), _("%(name)s leaves the company")
    submit, danger = _("Enter leaving"), True
    template = "staff/organisation/people/leave.html"

    def context(self, target, form):
        """What the person still holds."""
        return super().context(target, form) | {"holdings": services.holdings_of(target)}

    def act(self, target, answers):
        """Enter it."""
        services.leave(self.actor, target, now=timezone.now(), **answers)


class Stay(PersonVerb):
    """A leaving whose day has not come is taken back."""

    form, done, heading = forms.ReasonForm, _("The leaving is taken back."), _("%(name)s does not leave after all")
    submit = _("Take back the leaving")
    hint = _("Posting, roles and deputies run on as before. What was handed over stays with the colleague; shifts are planned anew.")

    def people(self):
        """Whose leaving is entered and has not come."""
        return super().people().filter(left_on__isnull=False).exclude(state=Employee.State.LEFT)

    def act(self, target, answers):
        """Take it back."""
        services.stay(self.actor, target, now=timezone.now(), **answers)


class AssignRole(PersonVerb):
    """A role at its anchor; never one's own."""

    capability = Can.ACCOUNTS_EDIT
    form, done, heading = forms.RoleForm, _("The role is assigned."), _("Assign a role to %(name)s")
    submit, template = _("Assign role"), "staff/organisation/verb.html"

    def act(self, target, answers):
        """Assign it."""
        services.assign_role(self.actor, target, now=timezone.now(), **answers)


class EndRole(PersonVerb):
    """A role ends with a day."""

    capability = Can.ACCOUNTS_EDIT
    form, done, heading, submit = forms.EndForm, _("The role ends."), _("End a role of %(name)s"), _("End role")

    def target(self, pk):
        """The person, with the row."""
        people = queries.people_within(self.request.user, self.capability)
        self.row = get_object_or_404(Assignment.objects.filter(employee__in=people).select_related("employee"), pk=pk)
        return self.row.employee

    def act(self, target, answers):
        """End it."""
        services.end_role(self.actor, self.row, now=timezone.now(), **answers)
