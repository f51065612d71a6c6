"""The list of customers and the file of one: opened on record, changed by who may (REC-30)."""
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from config.accounts.access import may, reach
from config.contributions.panels import panels_of, timeline_of
from config.privacy import log
from config.web import addresses, presence
from config.web.bulk_pages import BulkListPage
from config.web.choices import word
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column
from config.web.newest import newest
from config.web.pages import FormPage, Page
from config.web.templatetags.hk import day, moment
from reception.customers import cells, queries, rows, services
from reception.customers.filters import CustomerFilters
from reception.customers.forms import FileForm, RegisterForm
from reception.customers.models import ContactPoint, Customer
from reception.customers.permissions import Can
from reception.customers.views.found import CustomerFormPage, kept_address
from staff.organisation.models import Employee
from staff.organisation.queries import postings_on


def main_phone(customer, *, full=False):
    """The number a list shows of a file: masked, or in full for an export that says so."""
    first = ContactPoint(**customer.numbers[0]) if customer.numbers else None
    return (first.shown if full else first.masked) if first else ""


COLUMNS = (
    Column("name", gettext_lazy("Name"), str, sort="sort_key", draw=cells.name),
    Column("phone", gettext_lazy("Telephone"), main_phone, css="num"),
    Column("company", gettext_lazy("Company"), lambda row: row.company, draw=cells.company),
    Column("owner", gettext_lazy("Owner"), lambda row: str(row.owner or ""), css="name"),
    Column("halls", gettext_lazy("Halls"), queries.hall_words, several_halls=True),
    Column("last_seen", gettext_lazy("Last seen"), lambda row: row.last_seen_at, sort="last_seen_at", draw=cells.last_seen),
    Column("choice", gettext_lazy("Choice"), lambda row: word(row, "choice"), draw=cells.choice),
    Column("number", gettext_lazy("Number"), lambda row: row.number, css="num mut"),
)
FULL_COLUMNS = tuple(Column("phone_in_full", c.label, lambda row: main_phone(row, full=True)) if c.key == "phone" else c for c in COLUMNS)


class CustomerList(BulkListPage):
    """The files in reach."""

    capability = Can.READ
    columns = COLUMNS
    filters = CustomerFilters
    default_sort = "-last_seen_at"
    template = "reception/customers/list.html"
    export_capability, share_capability = Can.EXPORT, Can.SHARE
    kind, logs_each = "customer", True
    title = gettext_lazy("Customers")
    empty = gettext_lazy("No customer is known in your halls yet. Log a visit or register one.")

    def rows(self):
        """What the viewer may see."""
        return Customer.objects.visible_to(self.request.user)

    @staticmethod
    def joined(rows):
        """With what the columns show."""
        return queries.with_cells(rows)

    def context(self):
        """The ways on from the list."""
        edits = may(self.request.user, Can.EDIT)
        return {"add_url": reverse("register_customer") if edits else "", "add_label": _("New customer"),
                "duplicates_url": reverse("duplicates") if edits else ""}

    def export(self, rows):
        """Masked numbers, or full ones where the address asks for them; both on record, with each file that goes out."""
        full = self.request.GET.get("numbers") == "full"
        if full:
            self.columns = FULL_COLUMNS
        response = super().export(rows)
        if response.status_code != 200:
            return response
        files = Customer.objects.filter(pk__in=rows.order_by().values("pk")).only("pk")
        log.note_many(self.request, "export", kind=self.kind, record_ids=(one.pk for one in self.in_chunks(files, "pk", False)),
                      fields=["list_in_full" if full else "list"])
        return response


class RegisterCustomer(FormPage):
    """Open a file without a visit."""

    capability = Can.EDIT
    form = RegisterForm
    once = True
    done = gettext_lazy("Customer registered.")

    def form_kwargs(self, target):
        return {"viewer": self.request.user}

    def initial(self, target):
        hall = current_hall(self.request)
        return {"hall": hall and hall["id"]}

    def act(self, target, answers):
        phone = answers.pop("phone")
        return services.register_customer(self.actor, phones=[phone] if phone else [], now=timezone.now(), **answers)

    def next_address(self, target, customer):
        return reverse("customer", args=[customer.pk])

    def context(self, target, form):
        return {"heading": _("New customer"), "submit_label": _("Register"), "cancel_url": reverse("customers"), "back_label": _("Customers"),
                "sub_text": _("A name, a telephone or a company is enough.")}


LOOKED_AT = {"file": pgettext_lazy("customers", "File"), "history": gettext_lazy("History"), "access": gettext_lazy("Who looked"),
             "card": gettext_lazy("card at the desk"), "list": gettext_lazy("line in the list"),
             "list_in_full": gettext_lazy("line in the list, number in full"), "consents": gettext_lazy("Consents"), "data": gettext_lazy("Data held")}


def part_in_words(field):
    """A part of a file as the access log keeps it ("card", or the kind of a contact), in the reader's words."""
    kinds = ContactPoint.Kind
    return LOOKED_AT[field] if field in LOOKED_AT else kinds(field).label if field in kinds.values else field


class FilePage(Page, abstract=True):
    """One tab of a file: found in reach, looked at on record; a merged file leads on to the kept one."""

    capability = Can.READ
    part = None
    tab = ""
    template = ""

    def get(self, request, pk):
        """Show the tab and leave one row in the access log."""
        customer = queries.customer_for_page(request.user, pk)
        if self.part and not queries.may_see(request.user, self.part, customer):
            raise Http404
        if customer is None:
            return HttpResponseRedirect(kept_address(request.user, pk, request.resolver_match.view_name))
        if self.capability != Can.READ and not queries.reaches(request.user, customer, self.capability):
            raise Http404
        log.note(request, "view", kind="customer", record_id=customer.pk, fields=[self.tab])
        return self.show(self.template, {"customer": customer, "tabs": tabs_of(customer, request.user, self.tab),
                                         "here": presence.token_of(customer, request.user), **self.context(customer)})

    def context(self, customer):
        """What the tab shows."""
        raise NotImplementedError


class CustomerPage(FilePage):
    """The file: who, how to reach them, what they wish, what was said, what happened."""

    tab = "file"
    template = "reception/customers/detail.html"

    def context(self, customer):
        user = self.request.user
        edits, talk = queries.edits(user, customer), queries.may_see(user, "communications", customer)
        talks, all_talks = newest(queries.communications_of(customer) if talk else [], self.request, "communications")
        token = get_token(self.request)  # also for the forms of the templates: each time one is asked for, it is mixed anew
        merges = customer.merges_kept.filter(undone_at__isnull=True).select_related("merged", "by").order_by("-pk") if customer.merged_ids else []
        return {
            "facts": facts_of(customer, user), "contacts": [rows.contact(one, token, edits=edits) for one in customer.contacts.all()],
            "csrf_token": token, "edits": edits, "talk": talk, "communications": [rows.talk(one, edits=edits) for one in talks],
            "all_communications": all_talks,
            "duplicates": queries.duplicates_of(customer, user) if edits else [], "merges": merges,
            "timeline": timeline_of("customer", customer, user), "panels": panels_of("customer", customer, user),
            "actions": actions_of(customer, user) if edits else []}


class CustomerHistory(FilePage):
    """Every change of the file in words, of its contacts too."""

    part, tab, template, record_kind = "history", "history", "reception/customers/history.html", "customer"

    def context(self, customer):
        return {"entries": in_words(customer), "contact_changes": queries.contact_changes(queries.family_of(customer))}


class CustomerAccess(FilePage):
    """Who looked at the file, showed a number, exported or printed it (REC-30)."""

    part, tab, template, record_kind = "access", "access", "reception/customers/access.html", "customer"

    def context(self, customer):
        events = queries.access_of(queries.family_of(customer))
        for event in events:
            event.parts = ", ".join(str(part_in_words(field)) for field in event.fields)
        return {"events": events}


class EditCustomer(CustomerFormPage):
    """The facts of a file."""

    form = FileForm
    done = gettext_lazy("Customer file saved.")
    heading = gettext_lazy("Change customer file")

    def form_kwargs(self, target):
        return {"viewer": self.request.user, "customer": target, "owners": owners_for(self.request.user, target)}

    def initial(self, target):
        return {name: getattr(target, name) for name in ("name", "company", "source", "owner", "note", "version")}

    def act(self, target, answers):
        return services.change(self.actor, target, now=timezone.now(), **answers)


def owners_for(user, customer):
    """Who may own the file: people of the halls that know it; None where the viewer may not hand it over."""
    far = reach(user, Can.EDIT)
    if not (far.everything or far.halls or far.teams) or not queries.in_full(user, customer, Can.EDIT):
        return None
    here = postings_on(timezone.localdate()).filter(hall__in=customer.halls.values("hall"))
    return Employee.objects.filter(Q(pk__in=here.values("employee")) | Q(pk=customer.owner_id))


def facts_of(customer, user):
    """The facts that the viewer may see, as label and value."""
    rows = [{"label": _("Number"), "value": customer.number, "kind": "num"},
            {"label": _("Owner"), "value": customer.owner, "kind": "name"},
            {"label": _("Company"), "value": customer.company},
            {"label": _("Known in"), "value": queries.hall_words(customer)},
            {"label": _("File opened"), "value": day(timezone.localtime(customer.created_at))},
            {"label": _("Last seen"), "value": moment(customer.last_seen_at)}]
    if queries.may_see(user, "source", customer):
        rows.append({"label": _("How they heard of us"), "value": customer.source})
    return rows


def tabs_of(customer, user, active):
    """The tabs of a file that the viewer may open."""
    tabs = [("file", pgettext("customers", "File"), "customer", None), ("history", _("History"), "customer_history", "history"),
            ("access", _("Who looked"), "customer_access", "access"), ("consents", _("Consents"), "customer_consents", Can.CONSENTS),
            ("data", _("Data held"), "customer_data", Can.EXPORT)]
    return [{"label": label, "url": addresses.of(page, customer.pk), "active": key == active}
            for key, label, page, part in tabs if part is None or (may(user, part) if isinstance(part, Can) else queries.may_see(user, part, customer))]


def actions_of(customer, user):
    """What this person may do with the file now."""
    def address(page):
        return addresses.of(page, customer.pk)

    actions = [{"label": _("Change the file"), "url": address("edit_customer"), "icon": "pencil", "key": "e"},
               {"label": _("Add a contact"), "url": address("add_contact"), "icon": "phone"}]
    if queries.may_see(user, "communications", customer):
        actions.append({"label": _("Write down a communication"), "url": address("add_communication"), "icon": "message-square"})
    if may(user, Can.CHOICE):
        actions.append({"label": _("The customer's choice"), "url": address("customer_choice"), "icon": "hand"})
    actions += [{"label": _("How to reach the customer"), "url": address("customer_wishes"), "icon": "heart-handshake"},
                {"label": _("Attention mark"), "url": address("customer_attention"), "icon": "flag"},
                {"label": _("Checked with the customer"), "url": address("confirm_customer"), "icon": "check", "method": "post"}]
    return actions
