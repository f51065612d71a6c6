"""Words to and from the customer, pauses, more time."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.facts import ComplaintExtension
from complaints.handling.forms import timing as forms
from complaints.handling.models import Channel
from complaints.handling.permissions import Can
from complaints.handling.services import timing
from complaints.handling.views.routing import usual_method
from complaints.handling.views.verbs import ComplaintVerb


class ToCustomer(ComplaintVerb, abstract=True):
    """Words by a way that is chosen."""

    def initial(self, target):
        """By the way the customer is reached."""
        return {"method": usual_method(target)}


class Tell(ToCustomer):
    """How it stands."""

    verb, form, submit, done = "tell", forms.TellForm, _("It was told"), _("Noted. The next report is due later.")

    def run(self, target, answers, now):
        """Note it."""
        return timing.tell(self.actor, target, now=now, **answers)


class AskCustomer(ToCustomer):
    """A question to the customer."""

    verb, form, submit, done = "ask_customer", forms.AskForm, _("It was asked"), _("Noted.")

    def run(self, target, answers, now):
        """Note it."""
        return timing.ask_customer(self.actor, target, now=now, **answers)


class Publish(ComplaintVerb):
    """On the tracking page."""

    verb, form, submit, done = "publish", forms.PublishForm, _("Publish"), _("Published on the tracking page.")

    def run(self, target, answers, now):
        """Publish it."""
        return timing.publish(self.actor, target, now=now, **answers)


class CustomerWord(ComplaintVerb):
    """What the customer said."""

    capability = Can.REGISTER
    verb, form, submit, done = "customer_word", forms.WordForm, _("Note it"), _("Noted. A pause ended with it.")

    def initial(self, target):
        """By telephone, as most do."""
        return {"channel": Channel.PHONE}

    def run(self, target, answers, now):
        """Note it."""
        return timing.customer_word(self.actor, target, now=now, **answers)


class ContactInVain(ToCustomer):
    """Nobody answered."""

    verb, form, submit, done = "contact_in_vain", forms.ContactForm, _("Note it"), _("Noted.")

    def run(self, target, answers, now):
        """Note it."""
        return timing.contact_in_vain(self.actor, target, now=now, **answers)


class Note(ComplaintVerb):
    """For the house alone."""

    capability = Can.REGISTER
    template = "complaints/handling/note.html"
    verb, form, submit, done = "note", forms.NoteForm, _("Save the note"), _("Noted in the house.")

    def run(self, target, answers, now):
        """Note it."""
        return timing.note(self.actor, target, now=now, **answers)


class Contain(ComplaintVerb):
    """Done at once."""

    verb, form, submit, done = "contain", forms.ContainForm, _("Note it"), _("Noted.")

    def run(self, target, answers, now):
        """Note it."""
        return timing.contain(self.actor, target, now=now, **answers)


class Urge(ComplaintVerb):
    """The customer or a superior urges."""

    capability = Can.REGISTER
    verb, form, submit, done = "urge", forms.UrgeForm, _("Urge"), _("The handler is urged.")

    def run(self, target, answers, now):
        """Urge."""
        return timing.urge(self.actor, target, now=now, **answers)


class Pause(ComplaintVerb):
    """The clock rests."""

    verb, form, submit, done = "pause", forms.PauseForm, _("Let it rest"), _("The clock rests.")

    def run(self, target, answers, now):
        """Pause it."""
        return timing.pause(self.actor, target, now=now, **answers)


class Resume(ComplaintVerb):
    """The clock runs on."""

    verb, form, submit, done = "resume", forms.ResumeForm, _("Let it run"), _("The clock runs on.")

    def run(self, target, answers, now):
        """Resume it."""
        return timing.resume(self.actor, target, now=now, **answers)


class AskExtension(ComplaintVerb):
    """More time."""

    verb, form, submit, done = "ask_extension", forms.ExtensionForm, _("Ask"), _("Asked. A superior decides.")

    def run(self, target, answers, now):
        """Ask."""
        return timing.ask_extension(self.actor, target, now=now, **answers)


class DecideExtension(ToCustomer):
    """The superior's word."""

    capability = Can.DECIDE
    template = "complaints/handling/settle.html"
    verb, form, submit, done = "decide_extension", forms.DecideExtensionForm, _("Decide"), _("Decided.")

    def context(self, target, form):
        """What was asked stands above the form."""
        asked = target.extensions.filter(outcome=ComplaintExtension.Outcome.WAITING).first()
        lines = ((_("More working days"), asked.days), (_("Reason"), asked.reason), (_("Asked by"), asked.asked_by)) if asked else ()
        return super().context(target, form) | {"asked": lines}

    def run(self, target, answers, now):
        """Decide."""
        return timing.decide_extension(self.actor, target, now=now, **answers)
