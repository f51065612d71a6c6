"""Pages of the working calendar: the year, on paper too, a trial of the clock, holidays by hand, hours and single days of a hall (GEN-21)."""
from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.web import history
from config.web.context import current_hall
from config.web.days import read_day
from config.web.pages import FormPage, Page
from staff.organisation import hours
from staff.organisation.models import Hall
from staff.regulation import calendar, values
from staff.regulation.calendars import forms, queries, services, steps
from staff.regulation.models import HallDay, NationalDay
from staff.regulation.permissions import Can
from staff.regulation.working_time import NoWorkingTime

FOLDER = "staff/regulation/calendar/"
FIRST_TRIED = "online_reply_minutes"
AHEAD = 2  # years that can be taken from the library beyond this one


class CalendarPage(Page, abstract=True):
    """What the years of the company and of a hall share, on the screen and on paper."""

    capability = Can.CALENDAR

    def year(self, hall):
        """The year that the address asks for, else this one."""
        form = forms.YearFilter(self.request.GET)
        form.is_valid()
        return queries.Year(form.cleaned_data.get("year") or timezone.localdate().year, hall)

    def hall(self, pk):
        """The hall, or None for the company."""
        return get_object_or_404(Hall.objects.visible_to(self.request.user), pk=pk) if pk else None


class WorkingCalendar(CalendarPage):
    """A year of the company, or of a hall, with all that makes days unlike their weekday."""

    def get(self, request, pk=None):
        """The page."""
        hall, user, today = self.hall(pk), request.user, timezone.localdate()
        year = self.year(hall)
        return self.show(FOLDER + "year.html", {
            "year": year, "hall": hall, "halls": Hall.objects.visible_to(user).order_by("pk"), "today": today, "before": year.year - 1,
            "after": year.year + 1, "weeks": queries.weeks(hall, today) if hall else [], "entries": queries.changes(hall), "weekdays": WEEKDAYS_ABBR.values(),
            "may_holidays": may(user, Can.HOLIDAYS), "may_hours": hall is not None and queries.halls_to_edit(user).filter(pk=hall.pk).exists()})


class CalendarPaper(CalendarPage):
    """The same year on A4, to hang up."""

    def get(self, request, pk=None):
        """The sheet."""
        hall = self.hall(pk)
        year = self.year(hall)
        return self.show(FOLDER + "paper.html", {
            "year": year, "hall": hall, "hall_name": hall or _("Whole company"), "today": None, "weekdays": WEEKDAYS_ABBR.values(), "author": request.user,
            "company": values.value("organization_name", timezone.localdate()), "printed_at": timezone.now(), "number": year.year,
            "back_url": address(year.year, hall)})


def address(year, hall=None):
    """Where a year stands."""
    page = reverse("hall_calendar", args=[hall.pk]) if hall else reverse("working_calendar")
    return f"{page}?year={year}"


class TryCalendar(Page):
    """A moment and a limit: when it comes, and day by day why then."""

    capability = Can.CALENDAR

    def get(self, request):
        """The form, and what comes of it: once it is filled in, else of a message that comes now."""
        data = request.GET if "since" in request.GET else None
        first = {"hall": self.first(), "since": timezone.now(), "limit": FIRST_TRIED, "length": None, "unit": "minutes"}
        form = forms.TryForm(data, viewer=request.user, initial=first)
        for name in ("hall", "since"):
            form.fields[name].required = True
        asked = first if data is None and first["hall"] else form.cleaned_data if data is not None and form.is_valid() else None
        context = {"form": form} | (self.tried(asked) if asked else {})
        return self.show(FOLDER + "try.html", context, status=422 if data is not None and form.errors else 200)

    def first(self):
        """The hall that the address names, else the one that is chosen in the switcher, else the first."""
        halls, mine = {hall.pk: hall for hall in Hall.objects.visible_to(self.request.user).order_by("pk")}, current_hall(self.request)
        asked = self.request.GET.get("hall", "")
        wanted = int(asked) if asked.isdecimal() and len(asked) < 10 else mine and mine["id"]
        return halls.get(wanted) or next(iter(halls.values()), None)

    def tried(self, asked):
        """The due moment with its steps, or the sentence that it never comes."""
        hall, since = asked["hall"], asked["since"]
        days = calendar.of(hall)
        unit, length = asked["unit"] or "minutes", asked["length"]
        if asked["limit"]:
            unit = values.definitions()[asked["limit"]]["unit"].removeprefix("working_")
            length = values.value(asked["limit"], days.day_of(since), hall)
        why = queries.why(hall, days)
        try:
            if unit == "days":
                due, found = steps.of_days(days, why, since, length)
            else:
                due, found = steps.of_time(days, why, since, timedelta(**{unit: float(length)}))
        except NoWorkingTime:
            return {"never": True, "hall": hall}
        return {"due": due, "steps": found, "hall": hall, "since": since, "length": length, "unit": unit, "in_days": unit == "days"}


class CalendarForm(FormPage, abstract=True):
    """What the forms of the calendar share: the way back to the year."""

    template = FOLDER + "form.html"

    def back(self, day, hall=None):
        """The year of a day."""
        return address(day.year, hall)

    def of(self, heading, back, **more):
        """What the template needs."""
        return {"heading": heading, "cancel_url": back, "back_label": _("Working calendar")} | more

    def day_asked(self):
        """The day that the address names, if one to come."""
        day = read_day(self.request.GET.get("day", ""))
        return day if day and day >= timezone.localdate() else None


class NewNationalDay(CalendarForm):
    """Says by hand what a day of the country is."""

    capability, form, once, done = Can.HOLIDAYS, forms.NationalDayForm, True, gettext_lazy("The day is entered. The library no longer changes it.")

    def initial(self, target):
        """The day one came from."""
        return {"day": self.day_asked(), "kind": "free"}

    def act(self, target, answers):
        """Enter it."""
        answers.pop("version")
        return services.enter_day(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its year."""
        return self.back(result.day)

    def context(self, target, form):
        """Heading and way back."""
        return self.of(_("Enter a holiday or a moved working day"), self.back(timezone.localdate()))


class NationalDayVerb(CalendarForm, abstract=True):
    """A verb on a day of the country."""

    capability = Can.HOLIDAYS

    def target(self, pk):
        """The day."""
        return get_object_or_404(NationalDay, pk=pk)

    def next_address(self, target, result):
        """Its year."""
        return self.back(target.day)


class ChangeNationalDay(NationalDayVerb):
    """Another word by hand, with the history of the day."""

    form, done = forms.NationalDayForm, gettext_lazy("The day is changed. The library no longer changes it.")

    def form_kwargs(self, target):
        """The day itself stays."""
        return {"keep_day": True}

    def initial(self, target):
        """As it is."""
        kind = next(name for name, works in forms.KINDS.items() if works == target.works)
        return {"kind": kind, "name": target.name, "version": target.version}

    def act(self, target, answers):
        """Change it."""
        return services.change_day(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        """Heading, history, and the way to give it back."""
        return self.of(_("What %(day)s is") % {"day": queries.long(target.day)}, self.back(target.day), entries=history.in_words(target),
                       give_back=reverse("give_back_day", args=[target.pk]) if target.by_hand else "")


class GiveBackDay(NationalDayVerb):
    """The library says again what the day is."""

    form, done = forms.ReasonForm, gettext_lazy("The day is as the library has it.")

    def initial(self, target):
        """As it was opened."""
        return {"version": target.version}

    def act(self, target, answers):
        """Give it back."""
        return services.give_back(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        """Heading and way back."""
        return self.of(_("Take %(day)s from the library again") % {"day": queries.long(target.day)}, self.back(target.day))


class FillCalendar(CalendarForm):
    """Takes a year from the library now; the clock does it every night."""

    capability, form, done = Can.HOLIDAYS, forms.FillForm, gettext_lazy("The year is as the library has it; what was entered by hand stays.")

    def form_kwargs(self, target):
        """This year and the next ones."""
        first = timezone.localdate().year
        return {"years": range(first, first + AHEAD + 1)}

    def initial(self, target):
        """The next year."""
        return {"year": timezone.localdate().year + 1}

    def act(self, target, answers):
        """Fill it."""
        calendar.fill(self.actor, answers["year"], now=timezone.now())
        return answers["year"]

    def next_address(self, target, result):
        """The year."""
        return address(result)

    def context(self, target, form):
        """Heading and way back."""
        return self.of(_("Take a year from the library"), self.back(timezone.localdate()), sub_text=_(
            "Before the State Council has announced a year, the library knows its feasts and no moved working days. What was entered by hand stays."))


class HallForm(CalendarForm, abstract=True):
    """What the forms of a hall share: the hall, among those whose hours this person keeps."""

    capability = Can.HOURS

    def target(self, pk):
        """The hall."""
        return get_object_or_404(queries.halls_to_edit(self.request.user), pk=pk)


class HallHours(HallForm):
    """The week of a hall from a day on."""

    form, done = forms.HoursForm, gettext_lazy("The hours are saved. What was before keeps its hours.")

    def initial(self, target):
        """The week of today, from tomorrow on."""
        today = timezone.localdate()
        week = calendar.of(target).week_on(today)
        kept = [(row.valid_from or today.min, row.keeps_holidays) for row in target.calendars.all()]
        return {"since": today + timedelta(days=1), "keeps_holidays": calendar.keeps_on(kept, today), "version": target.version} | {
            f"day_{day}": hours.written(spans) for day, spans in enumerate(week)}

    def act(self, target, answers):
        """Save it."""
        return services.change_hours(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The hall's year."""
        return self.back(timezone.localdate(), target)

    def context(self, target, form):
        """Heading and way back."""
        return self.of(_("Opening hours of “%(hall)s”") % {"hall": target}, self.back(timezone.localdate(), target))


class NewHallDay(HallForm):
    """Other hours of a hall on one day, or none."""

    form, once, done = forms.HallDayForm, True, gettext_lazy("The day is entered. All limits of the hall go by it.")

    def initial(self, target):
        """The day one came from."""
        return {"day": self.day_asked()}

    def act(self, target, answers):
        """Enter it."""
        answers.pop("version")
        return services.enter_hall_day(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The year it stands in."""
        return self.back(result.day, target)

    def context(self, target, form):
        """Heading and way back."""
        return self.of(_("Another day in “%(hall)s”") % {"hall": target}, self.back(timezone.localdate(), target))


class HallDayVerb(CalendarForm, abstract=True):
    """A verb on a single day of a hall."""

    capability = Can.HOURS

    def target(self, pk):
        """The day, in a hall whose hours this person keeps."""
        return get_object_or_404(HallDay.objects.filter(hall__in=queries.halls_to_edit(self.request.user)).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """The year it stands in."""
        return self.back(target.day, target.hall)


class ChangeHallDay(HallDayVerb):
    """Other hours again, with the history of the day."""

    form, done = forms.HallDayForm, gettext_lazy("The day is changed. All limits of the hall go by it.")

    def form_kwargs(self, target):
        """The day itself stays."""
        return {"keep_day": True}

    def initial(self, target):
        """As it is."""
        return {"spans": hours.written(target.spans), "reason": target.reason, "version": target.version}

    def act(self, target, answers):
        """Change it."""
        return services.change_hall_day(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        """Heading, history, and the way to take it back."""
        names = {"day": queries.long(target.day), "hall": target.hall}
        return self.of(_("%(day)s in “%(hall)s”") % names, self.back(target.day, target.hall), entries=history.in_words(target),
                       remove=reverse("remove_hall_day", args=[target.pk]) if target.day >= timezone.localdate() else "")


class RemoveHallDay(HallDayVerb):
    """The day is like any other again."""

    form, done = forms.ReasonForm, gettext_lazy("The day is like any other of its weekday again.")

    def act(self, target, answers):
        """Take it back."""
        services.remove_hall_day(self.actor, target, reason=answers["reason"], now=timezone.now())

    def context(self, target, form):
        """Heading and way back."""
        names = {"day": queries.long(target.day), "hall": target.hall}
        return self.of(_("Take back the hours of %(day)s in “%(hall)s”") % names, self.back(target.day, target.hall), danger=True)
