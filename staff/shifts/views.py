"""Pages of shifts: the day of a hall, a new shift, ending one."""
from datetime import datetime, timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.web.context import current_hall
from config.web.days import read_day
from config.web.pages import FormPage, Page, VerbPage
from staff.organisation.models import Hall
from staff.shifts import forms, queries, services
from staff.shifts.models import Shift
from staff.shifts.permissions import Can


class ShiftDay(Page):
    """Who is on which post when, on one day in one hall."""

    capability = Can.READ

    def get(self, request):
        """The day asked for, else today; the hall asked for, else the one chosen in the switcher."""
        day, hall = day_of(request), self.hall()
        now, may_plan = timezone.now(), may(request.user, Can.EDIT) and self.plannable()
        shifts = list(queries.of_day(request.user, hall, day)) if hall else []
        editable = set(Shift.objects.visible_to(request.user, Can.EDIT).filter(pk__in=[s.pk for s in shifts]).values_list("pk", flat=True))
        for shift in shifts:
            shift.runs, shift.over = shift.starts_at <= now < shift.ends_at, shift.ends_at <= now
            shift.may_end = shift.pk in editable and not shift.over
            shift.band_from, shift.band_hours = band(shift, day)
        return self.show("staff/shifts/day.html", {
            "hall": hall, "day": day, "previous": day - timedelta(days=1), "next": day + timedelta(days=1), "today": timezone.localdate(),
            "shifts": shifts, "halls": Hall.objects.visible_to(request.user).open_on(day).order_by("pk"),
            "on_duty": sum(shift.runs for shift in shifts), "may_plan": may_plan,
            "now_hour": hour_of(now, day) if day == timezone.localdate() else None,
            "unmanned": queries.unmanned(hall, now) if may_plan and hall and day == timezone.localdate() else []})

    def plannable(self):
        """Whether there is a hall in which this person may plan."""
        return queries.halls_to_plan(self.request.user).exists()

    def hall(self):
        """The hall of the page, or None for somebody without one."""
        halls = Hall.objects.visible_to(self.request.user)
        asked = self.request.GET.get("hall", "")
        if asked.isdecimal() and len(asked) < 10:
            return get_object_or_404(halls, pk=int(asked))
        mine = current_hall(self.request)
        return halls.filter(pk=mine["id"]).first() if mine else halls.order_by("pk").first()


def day_of(request):
    """The day in the address, or today where there is none that can be read."""
    return read_day(request.GET.get("day", "")) or timezone.localdate()


def hour_of(moment, day):
    """Where a moment stands on the clock of `day`, in hours from its beginning: 0 to 24."""
    at = timezone.localtime(moment)
    if at.date() != day:
        return 0.0 if at.date() < day else 24.0
    return round(at.hour + at.minute / 60 + at.second / 3600, 2)


def band(shift, day):
    """(hour at which the shift begins within `day`, how many hours of the day it covers)."""
    starts = hour_of(shift.starts_at, day)
    return starts, round(hour_of(shift.ends_at, day) - starts, 2)


class NewShift(FormPage):
    """Puts somebody on a shift."""

    capability = Can.EDIT
    form, once, done, template = forms.ShiftForm, True, _("The shift is planned."), "staff/shifts/form.html"

    def form_kwargs(self, target):
        """Who plans decides who can be chosen."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The day and hall one came from."""
        mine = current_hall(self.request)
        asked = self.request.GET.get("hall", "")
        return {"day": day_of(self.request), "hall": asked if asked.isdecimal() else mine and mine["id"]}

    def act(self, target, answers):
        """Plan it."""
        day = answers.pop("day")
        shift = services.plan(self.actor, answers.pop("employee"), now=timezone.now(), **answers)
        return day, shift

    def next_address(self, target, result):
        """The day it stands in."""
        day, shift = result
        return f"{reverse('shifts')}?hall={shift.hall_id}&day={day.isoformat()}"

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New shift"), "submit_label": _("Plan shift"), "cancel_url": reverse("shifts")}


class EndShift(VerbPage):
    """A shift ends early, or is taken back before it begins."""

    capability = Can.EDIT
    form, done, template = forms.EndShiftForm, _("The shift is changed."), "staff/shifts/form.html"

    def target(self, pk):
        """The shift, among those this person plans."""
        return get_object_or_404(Shift.objects.visible_to(self.request.user, Can.EDIT).select_related("employee", "hall", "post"), pk=pk)

    def act(self, target, answers):
        """End it, or take it back."""
        if answers["ends"] is None:
            return services.take_back(self.actor, target, reason=answers["reason"], now=timezone.now())
        return services.end_early(self.actor, target, ends=end_of(target, answers["ends"]), reason=answers["reason"], now=timezone.now())

    def next_address(self, target, result):
        """The day it stands in."""
        return f"{reverse('shifts')}?hall={target.hall_id}&day={timezone.localtime(target.starts_at).date().isoformat()}"

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("End the shift of %(name)s") % {"name": target.employee.name}, "submit_label": _("End shift"), "shift": target,
                "cancel_url": self.next_address(target, None)}


def end_of(shift, clock):
    """The moment at which the clock shows this time during the shift."""
    starts = timezone.localtime(shift.starts_at)
    moment = timezone.make_aware(datetime.combine(starts.date(), clock))
    return moment if moment > shift.starts_at else moment + timedelta(days=1)
