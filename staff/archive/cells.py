"""The cells of the archive's lists; drawn without a template."""
from django.utils.html import format_html

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.archive import states

ITEM_TONES = {states.RECEIVED: "soon", states.FILED: "done", states.FOUND: "ok", states.MISSING: "late", states.DAMAGED: "late", states.DESTROYED: "none"}
REQUEST_TONES = {states.SUBMITTED: "wait", states.APPROVED: "ok", states.REJECTED: "stop", states.OPEN: "run", states.EXPIRED: "none", states.ENDED: "none",
                 states.HANDED_OUT: "run", states.RETURNED: "done"}
STOCK_TONES = {states.TAKING: "run", states.CLOSED: "done"}


def number(item):
    """The number, as a link."""
    return format_html('<a class="num" href="{}">{}</a>', addresses.of("archive_item", item.pk), item.number)


def item_state(item):
    """The state with its sign."""
    return hk.status(ITEM_TONES[item.state], word(item, "state"))


def request_number(request):
    """The number, as a link."""
    return format_html('<a class="num" href="{}">{}</a>', addresses.of("archive_request", request.pk), request.number)


def request_state(request):
    """The state with its sign."""
    return hk.status(REQUEST_TONES[request.state], word(request, "state"))


def until(request):
    """Until when the access runs."""
    return hk.when(request.ends_at) if request.ends_at else "—"


def wanted(request):
    """When it is wanted."""
    return hk.when(request.wanted_at)


def slot(stocktaking):
    """The day on which it began, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("stocktaking", stocktaking.pk), hk.day(stocktaking.slot))


def stock_state(stocktaking):
    """The state with its sign."""
    return hk.status(STOCK_TONES[stocktaking.state], word(stocktaking, "state"))


def missing(stocktaking):
    """How many are missing, with a sign where any are."""
    return hk.status("late", str(stocktaking.missing)) if stocktaking.missing else "0"
