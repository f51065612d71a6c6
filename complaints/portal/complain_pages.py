"""The public complaint form and the page with the code (CMP-01, CMP-03): no account, no script needed."""
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from complaints.portal import keys, limits, queries, services
from complaints.portal.forms import ComplainForm, opened_now
from config.errors import Refused
from config.web import errors
from config.web.pages import FormPage, Page
from reception.customers.consent_texts import consent_texts
from staff.organisation.models import Hall


def kept_from_others(response):
    """Tell browsers and search engines to forget it. Another site never learns the link: the house's own referrer policy is same-origin (with none
    at all, a browser would send the forms of the page without the origin that guards them)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class Complain(FormPage):
    """The four questions. `?hall=code`, as a poster says it, chooses the hall."""

    public = True
    form = ComplainForm
    template = "complaints/portal/complain.html"
    once, keeps = True, False

    def form_kwargs(self, target):
        """The halls of today."""
        return {"today": timezone.localdate()}

    def initial(self, target):
        """The hall of the poster, else the only one; the moment in which the form is shown."""
        halls = Hall.objects.open_on(timezone.localdate())
        code = self.request.GET.get("hall", "")[:50].replace("\0", "")
        found = halls.filter(code=code).first() if code else None
        only = list(halls.order_by("pk")[:2]) if found is None else []
        return {"hall": found or (only[0] if len(only) == 1 else None), "opened": opened_now()}

    def context(self, target, form):
        """What is said beside the questions."""
        texts = consent_texts()["texts"]["storing"]
        return {"ways": queries.ways(timezone.localdate()), "chosen": getattr(form.initial.get("hall"), "pk", None),
                "consent": texts.get((translation.get_language() or "").lower(), texts["en"]), "aside": bool(form.data.get("reported_by")),
                "opened": form.hidden_again() if form.is_bound else form.initial["opened"]}

    def act(self, target, answers):
        """Register it; counted here, where what is sent again does not come."""
        if limits.is_over("new", limits.network(self.request), limits.COMPLAINTS) or limits.is_over("new", "all", limits.ALL_COMPLAINTS):
            raise Refused(_("Many people write to us right now. Please try again in an hour, or call the hall. What you typed stays here."))
        return services.complain(
            kind=answers["kind"], hall=answers["hall"], matter=answers["matter"], demand=answers["demand"], phone=self.sent.phone, email=self.sent.email,
            name=answers["name"], reported_by=answers["reported_by"], photos=answers["photos"],
            language=(translation.get_language() or "zh-hans").lower(), now=timezone.now())

    def next_address(self, target, result):
        """The page with the code."""
        return reverse("complained", args=[keys.track_key(result.public_code)])


class Linked(Page, abstract=True):
    """A page behind the secret link; a made-up link gets a plain word, many of them nothing."""

    public = True

    def dispatch(self, request, *args, **kwargs):
        """Nothing of it is stored by the browser."""
        return kept_from_others(super().dispatch(request, *args, **kwargs))

    def unknown(self):
        """No such link."""
        if limits.is_over("key", limits.network(self.request), limits.WRONG_KEYS):
            return errors.too_many(self.request, seconds=limits.WRONG_KEYS[1])
        return self.show("complaints/portal/unknown.html", status=404)


class Complained(Linked):
    """The code in big type, what comes next and by when, the link to keep."""

    def get(self, request, key):
        """Show it."""
        row = queries.by_key(key)
        if row is None:
            return self.unknown()
        link = request.build_absolute_uri(reverse("tracked", args=[key]))
        with timezone.override(row.hall.timezone):
            return self.show("complaints/portal/complained.html", {
                "code": row.public_code, "halves": (row.public_code[:4], row.public_code[4:]), "link": link, "ack_due": row.ack_due_at,
                "solve_due": row.promised_until, "is_light": row.is_light, "by_phone": bool(row.contact_phone), "by_mail": bool(row.contact_email),
                "hall": row.hall})
