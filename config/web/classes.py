"""Pages of the classes of confidentiality: every kind of record with its class, and setting one higher (GEN-10)."""
from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.accounts.trace import REASON_LENGTH
from config.contributions.records import KINDS
from config.privacy import classes
from config.privacy.models import KindClass
from config.web.forms import HallkeeperForm
from config.web.history import in_words
from config.web.pages import Page, VerbPage

TONES = {"public": "none", "internal": "none", "confidential": "soon", "secret": "late"}


def label(name):
    """A class in words."""
    return str(KindClass.Class(name).label)


class Classes(Page):
    """What each class asks, and every kind of record with the class it was built with and the one it has."""

    capability = "accounts.read"

    def get(self, request):
        """Kinds by their class, the most confidential first."""
        rows = [self.row(kind) for kind in KINDS.all()]
        rows.sort(key=lambda row: (-classes.ORDER.index(row["name"]), row["label"]))
        return self.show("house/classes.html", {"rows": rows, "may_set": may(request.user, "accounts.edit"), "rules": [
            {"label": label(name), "tone": TONES[name], "rule": classes.RULES[name]} for name in reversed(classes.ORDER)]})

    def row(self, kind):
        """One kind as the table shows it."""
        name = classes.class_of(self.request.user, kind.key)
        return {"key": kind.key, "label": str(kind.label), "name": name, "class": label(name), "tone": TONES[name],
                "built": label(kind.confidentiality), "raised": name != kind.confidentiality}


class ClassForm(HallkeeperForm):
    """The class, and why."""

    confidentiality = forms.ChoiceField(label=gettext_lazy("Class"), widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))

    def __init__(self, *args, least, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["confidentiality"].choices = [(name, label(name)) for name in classes.ORDER[classes.ORDER.index(least):]]


class Classify(VerbPage):
    """Set the class of one kind, never below the one it was built with."""

    capability, form, template = "accounts.edit", ClassForm, "house/classify.html"
    done = gettext_lazy("The class is set. It holds from now on, on every page.")

    def target(self, key):
        """The kind."""
        kind = KINDS.get(key)
        if kind is None:
            raise Http404
        return kind

    def row(self, kind):
        """What was set so far, or None."""
        return KindClass.objects.filter(kind=kind.key).first()

    def form_kwargs(self, target):
        """The least class."""
        return {"least": target.confidentiality}

    def initial(self, target):
        """As it is."""
        return {"confidentiality": classes.class_of(self.request.user, target.key)}

    def act(self, target, answers):
        """Set it."""
        return classes.classify(self.actor, target.key, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The table."""
        return reverse("classes")

    def context(self, target, form):
        """Heading, and what was set before."""
        row = self.row(target)
        return {"heading": _("Class of: %(kind)s") % {"kind": target.label}, "back_label": _("Confidentiality classes"), "submit_label": _("Set the class"),
                "cancel_url": reverse("classes"), "history": in_words(row, limit=20) if row else (),
                "sub_text": _("Built as %(class)s; it can be set higher, never below.") % {"class": label(target.confidentiality)}}
