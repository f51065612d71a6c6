"""The desk and the day board: where receptionists stand and managers look (REC-02, REC-91)."""
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.contributions.panels import timeline_of
from config.privacy import log
from config.web.pages import FormPage, Page
from reception.customers.models import Customer
from reception.customers.permissions import Can as CanCustomers
from reception.visits import posts, queries, queue_cells, services, states, watch
from reception.visits.desk_forms import DeskForm, is_id
from reception.visits.hall_now import hall_now
from reception.visits.models import Visit
from reception.visits.permissions import Can
from staff.organisation import hours
from staff.organisation.access import halls_within
from staff.organisation.queries import employee_of, hall_of
from staff.regulation import calendar, values


class Desk(FormPage):
    """Who waits, the visit form, the customer: one screen, keys first."""

    capability = Can.EDIT
    form = DeskForm
    template = "reception/visits/desk.html"
    once = True

    def form_kwargs(self, target):
        """The form follows the posted hall, else the switcher's."""
        return {"viewer": self.request.user, "hall": hall_of(self.request), "now": timezone.now(), "sent": self.request.method == "POST"}

    def act(self, target, answers):
        """Log the visit; the time is now."""
        answers.pop("who"), answers.pop("name"), answers.pop("phone"), answers.pop("company")
        return services.log_visit(self.actor, receptionist=employee_of(self.request.user), now=timezone.now(), **answers)

    def next_address(self, target, visit):
        """A fresh form with the saved visit named, or the ticket slip when it was asked for."""
        if self.request.POST.get("print") and visit.legs.exists():
            return reverse("ticket_slip", args=[visit.pk])
        return f"{reverse('desk')}?saved={visit.pk}"

    def context(self, target, form, saved=""):
        """The columns beside the form."""
        hall = form.chosen_hall
        shown = queue_context(self.request, form.for_page()) if hall else {}
        saved = self.saved(saved or self.request.GET.get("saved", ""), shown.get("board"))
        return {"hall": hall, "saved": saved, "hint": _("Hall and purpose are enough")} | shown

    def told(self, response):
        """The script of the page is given what changed on it, so that the next visitor waits for no page; where the hall is another than
        the page's, or the ticket is printed, it goes on to the address."""
        told, fresh, hall = super().told(response), f"{reverse('desk')}?saved=", hall_of(self.request)
        address = told.headers.get("X-Go", "")
        if "X-Parts" in self.request.headers and address.startswith(fresh) and hall and str(hall.pk) == self.request.POST.get("hall"):
            form = self.sent.afresh()
            told = self.show("reception/visits/_desk_after.html", {"form": form, **self.context(None, form, address.removeprefix(fresh))})
            told.headers["X-Go"] = address
        return told

    def saved(self, text, board):
        """The visit just saved, to be named above the fresh form: usually one of the board."""
        if not is_id(text):
            return None
        known = next((visit for visit in board.waiting + board.serving + board.ended if visit.pk == int(text)), None) if board else None
        return known or queries.visits_for_list(self.request.user).filter(pk=text).first()


def queue_context(request, beside):
    """Waiting and serving of a hall (a HallNow) as the desk's columns show them; rows are drawn."""
    board = queries.laid_out(beside.hall, beside.now, beside.visits, beside.targets, beside.areas, beside.advisers)
    token, target = get_token(request), board.figures["wait_target"]
    expected = watch.told(beside.expected, beside.now)
    return {"board": board, "alerts": watch.alerts_on(board, beside.spells), "expected": expected, "late": any(v.tone == "late" for v in board.waiting),
            "waiting_rows": [queue_cells.waiting(visit, target, token) for visit in board.waiting],
            "expected_rows": [queue_cells.expected(row, token, first=not place) for place, row in enumerate(expected)],
            "serving_rows": [queue_cells.serving(visit) for visit in board.serving],
            "recent_rows": [queue_cells.saved(visit) for visit in beside.newest]}


class DeskQueue(Page):
    """The left column alone, for its own refresh."""

    capability = Can.EDIT

    def get(self, request):
        """The queue of the chosen hall."""
        hall = hall_of(request)
        if hall is None:
            raise Http404
        beside = hall_now(hall, request.user, timezone.now(), form=False)
        return self.show("reception/visits/_desk_queue.html", {"hall": hall, **queue_context(request, beside)})


class DeskHallFields(Page):
    """The fields that follow the hall, when another is chosen in the form. A POST so that nothing typed stands in an address; changes nothing."""

    capability = Can.EDIT

    def post(self, request):
        """Render the part of the form."""
        halls = {str(hall.pk): hall for hall in halls_within(request.user, Can.EDIT, timezone.localdate())}
        hall = halls.get(request.POST.get("hall"))
        if hall is None:
            raise Http404
        form = DeskForm(request.POST, viewer=request.user, hall=hall, now=timezone.now())
        form.is_bound = True
        return self.show("reception/visits/_desk_hall_fields.html", {"form": form})


class DeskCustomer(Page):
    """The customer's context beside the form (REC-20 in small): who, wishes, last visits. Opening it is logged."""

    capability = CanCustomers.READ

    def get(self, request, pk):
        """The card of one customer in reach."""
        customer = get_object_or_404(Customer.objects.visible_to(request.user).prefetch_related("contacts"), pk=pk)
        log.note(request, "view", kind="customer", record_id=customer.pk, fields=["card"])
        return self.show("reception/visits/_desk_customer.html", {"customer": customer_card(customer, request.user)})


def customer_card(customer, user):
    """The card's facts in words."""
    first = next(iter(customer.contacts.all()), None)
    visits = list(queries.visits_for_list(user).filter(customer=customer).order_by("-arrived_at")[:4])
    choice = customer.get_choice_display() if customer.choice != Customer.Choice.OPEN else ""
    return {"name": str(customer), "company": customer.company if customer.name else "", "address": reverse("customer", args=[customer.pk]),
            "masked": first.masked if first else "", "show_url": reverse("show_contact", args=[first.pk]) if first else "",
            "warning": choice, "wishes": customer.wishes, "attention": bool(customer.attention),
            "open": [{"tone": "run", "word": v.get_state_display(), "label": f"{v.number} {v.purpose}", "url": reverse("visit", args=[v.pk])}
                     for v in visits if v.state in states.PRESENT],
            "recent": [{"at": e["at"], "text": e["title"]} for e in timeline_of("customer", customer, user, limit=5)],
            "figures": [{"label": _("Visits"), "value": Visit.objects.visible_to(user).filter(customer=customer).count(), "unit": ""}]}


class Board(Page):
    """The day board of a hall (REC-91): waiting, in service, closed, areas, advisers; refreshes by itself."""

    capability = Can.READ
    title = gettext_lazy("Day board")

    def get(self, request):
        """The whole page, or the part that refreshes."""
        hall = hall_of(request)
        context = {"hall": hall, "live_url": reverse("board") + "?part=1", "live_seconds": 4, "title": self.title,
                   "may_analyse": may(request.user, Can.ANALYSE), "may_settle": may(request.user, Can.EDIT)}
        if hall:
            now = timezone.now()
            board = queries.board(hall, request.user, now)
            context |= self.floor(board, request)
            context |= {"board": board, "left_open": queries.left_open(request.user, hall, now).count(),
                        "organisation": values.value("organization_name", timezone.localtime(now).date(), hall)}
        return self.show("reception/visits/_board.html" if request.GET.get("part") else "reception/visits/board.html", context)

    @staticmethod
    def floor(board, request):
        """What stands beside the visits: opening hours, posts, alerts, who is expected."""
        hall, now, user = board.hall, board.now, request.user
        day = hall.day_of(now)
        start = queries.day_bounds(hall, day)[0]
        spells = posts.spells_of(hall, start)
        stands = watch.by_post(spells, start, now)
        for row in board.advisers:
            row["stands"] = stands.get(row["post"] and row["post"].pk)
        open_hours = calendar.spans_on(hall, day)
        expected, may_edit, back = watch.expected_today(hall, user, now), may(user, Can.EDIT), f"?next={reverse('board')}"
        return {"open_hours": hours.shown(open_hours), "alerts": watch.alerts_on(board, spells), "expected": expected,
                "expected_rows": [queue_cells.expected(row, get_token(request), first=not place, may_edit=may_edit, back=back)
                                  for place, row in enumerate(expected)],
                "shut_posts": watch.shut(spells, start, now), "may_edit": may_edit, "may_set_queue": may(user, Can.QUEUE)}
