"""Files that may be one person: looked through, told apart, merged, and a merge undone (REC-23)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.limits import used_up
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from config.web.templatetags.hk import day, moment
from reception.customers import queries, services
from reception.customers.forms import MergeForm, ReasonForm
from reception.customers.models import Customer, CustomerMerge
from reception.customers.permissions import Can
from reception.customers.services.merging import CHOOSABLE
from reception.customers.views.found import CustomerFormPage, found_customer

SEARCH_AGAIN = 300  # seconds between two searches through all files
WHY = {"phone": gettext_lazy("same phone"), "email": gettext_lazy("same e-mail"), "wechat": gettext_lazy("same WeChat"),
       "name_company": gettext_lazy("same name and company")}


def reasons_in_words(pair):
    """Why two files stand in the list."""
    return ", ".join(str(WHY.get(reason, reason)) for reason in pair.reasons)


class Duplicates(ListPage):
    """Pairs of files that may be one person."""

    capability = Can.EDIT
    columns = (
        Column("pair", pgettext_lazy("customers", "Files"), lambda pair: f"{pair.first} / {pair.second}", cell="reception/customers/_cell_pair.html"),
        Column("reasons", gettext_lazy("Why"), reasons_in_words),
        Column("found", gettext_lazy("Found"), lambda pair: pair.found_at, sort="found_at", cell="reception/customers/_cell_found.html"),
        Column("acts", gettext_lazy("Decide"), lambda pair: "", cell="reception/customers/_cell_decide.html"),
    )
    default_sort = "-found_at"
    template = "reception/customers/duplicates.html"
    title = gettext_lazy("Duplicates")
    empty = gettext_lazy("No two files in your reach look like one person.")

    def rows(self):
        """Pairs in reach."""
        return queries.duplicate_pairs(self.request.user)

    def context(self):
        """The ways back, of the last merges too; the search for whoever may start it."""
        return {"customers_url": reverse("customers"), "find_url": reverse("find_duplicates") if may(self.request.user, Can.EXPORT) else "",
                "merges": queries.merges_to_undo(self.request.user)}


class FindDuplicates(Page):
    """Look for new pairs now instead of tonight: for those who answer for files, since it reads those of the whole company."""

    capability = Can.EXPORT

    def post(self, request):
        """Look, tell how many, show the list; once in a while for the whole company."""
        if used_up("find_duplicates", "company", limit=1, seconds=SEARCH_AGAIN):
            messages.info(request, _("All files were looked through a few minutes ago; what was found stands in this list."))
        else:
            count = services.find_duplicates(self.actor, now=timezone.now())
            messages.success(request, _("Looked through all files. New pairs in the whole company: %(count)s.") % {"count": count})
        return HttpResponseRedirect(reverse("duplicates"))


class DismissPair(Page):
    """These are different people."""

    capability = Can.EDIT

    def post(self, request, pk, other):
        """Keep the two apart and go back to where the person came from."""
        first, second = (found_customer(request.user, key, Can.EDIT) for key in (pk, other))
        try:
            services.dismiss_pair(self.actor, first, second, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        back = reverse("customer", args=[first.pk]) if request.POST.get("back") == "file" else reverse("duplicates")
        return HttpResponseRedirect(back)


def side_by_side(files, user):
    """The facts of two files, each with both values and whether they are alike; only what the viewer may see."""
    facts = [(_("Name"), "name", [file.name for file in files]), (_("Company"), "", [file.company for file in files]),
             (_("Contacts"), "num", ["\n".join(contact.masked for contact in file.contacts.all()) for file in files]),
             (_("Known in"), "", [", ".join(str(known.hall) for known in file.halls.select_related("hall")) for file in files]),
             (_("Owner"), "name", [str(file.owner or "") for file in files]),
             (_("Choice"), "", [file.get_choice_display() for file in files]),
             (_("Last seen"), "num", [moment(file.last_seen_at) for file in files]),
             (_("File opened"), "num", [day(timezone.localtime(file.created_at)) for file in files])]
    if all(queries.may_see(user, "note", file) for file in files):
        facts.append((_("Note"), "", [file.note for file in files]))
    for label, css, (first, second) in facts:
        yield {"label": label, "css": css, "values": [first, second], "same": first == second}


class MergeCustomers(FormPage):
    """Two files side by side: the first is kept, each differing fact is chosen."""

    capability = Can.EDIT
    form = MergeForm
    template = "reception/customers/merge.html"
    done = gettext_lazy("The two files are one now. Both numbers lead to it.")

    def target(self, pk, other):
        """(kept, merged), both in reach."""
        return found_customer(self.request.user, pk, Can.EDIT), found_customer(self.request.user, other, Can.EDIT)

    def shown(self, files):
        """The facts that this viewer sees of both files and so may choose."""
        return [name for name in CHOOSABLE if all(queries.may_see(self.request.user, name, file) for file in files)]

    def form_kwargs(self, target):
        return {"kept": target[0], "merged": target[1], "shown": self.shown(target)}

    def initial(self, target):
        return {"kept_version": target[0].version, "merged_version": target[1].version}

    def act(self, target, answers):
        kept, merged = target
        chosen = {name: side for name, side in answers.items() if name in CHOOSABLE}
        return services.merge(self.actor, kept, merged, choices=chosen, reason=answers["reason"], now=timezone.now(),
                              versions=(answers["kept_version"], answers["merged_version"]))

    def next_address(self, target, result):
        return reverse("customer", args=[target[0].pk])

    def context(self, target, form):
        kept, merged = target
        return {"kept": kept, "merged": merged, "rows": list(side_by_side(target, self.request.user)),
                "same_name": not (kept.name and merged.name) or kept.sort_key == merged.sort_key,
                "swap_url": reverse("merge_customers", args=[merged.pk, kept.pk]),
                "cancel_url": reverse("customer", args=[kept.pk])}


class UndoMerge(CustomerFormPage):
    """Two files again, as they were."""

    form = ReasonForm
    template = "reception/customers/undo_merge.html"
    heading = gettext_lazy("Undo the merge")
    submit_label = gettext_lazy("Undo the merge")
    done = gettext_lazy("The merge is undone. Both files stand as before.")

    def target(self, pk):
        done = get_object_or_404(CustomerMerge.objects.select_related("kept", "merged", "by"), pk=pk)
        get_object_or_404(Customer.objects.visible_to(self.request.user, Can.EDIT), pk=done.kept_id)
        return done

    def customer_of(self, target):
        return target.kept

    def act(self, target, answers):
        return services.undo_merge(self.actor, target, reason=answers["reason"], now=timezone.now())

    def context(self, target, form):
        return super().context(target, form) | {"sub_text": f"{target.kept.number} / {target.merged.number}", "facts": facts_of(target)}


def facts_of(done):
    """What a merge did, for whoever thinks of undoing it."""
    count = sum(len(ids) for ids in done.moved.get("rows", {}).values())
    back = ngettext("%(n)s entry: visits, contacts and the like", "%(n)s entries: visits, contacts and the like", count) % {"n": count}
    return [{"label": _("Stays"), "value": f"{done.kept} · {done.kept.number}", "url": reverse("customer", args=[done.kept_id]), "kind": "name"},
            {"label": _("Comes back"), "value": f"{done.merged} · {done.merged.number}", "kind": "name"},
            {"label": _("Merged"), "value": f"{moment(done.at)} · {done.by}", "kind": "name"},
            {"label": _("Reason"), "value": done.reason},
            {"label": _("Goes back"), "value": back if count else _("nothing but the file itself")}]
