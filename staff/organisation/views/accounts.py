"""Pages about the account of a person: giving one, first passwords, sessions, the second step, a lock."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts import services as accounts
from config.errors import Refused
from staff.organisation import services
from staff.organisation.forms import people as forms
from staff.organisation.permissions import Can
from staff.organisation.views.base import PersonVerb


class AccountVerb(PersonVerb, abstract=True):
    """A verb on the account of a person; a password it makes is shown once, on the answer itself."""

    capability = Can.ACCOUNTS_EDIT
    form = forms.EmptyForm
    answers_with_page = True
    password = ""

    def user(self, target):
        """The account, or a sentence."""
        if target.user is None:
            raise Refused(_("%(name)s has no account. Give one first.") % {"name": target.name})
        return target.user

    def post(self, request, **key):
        """Remember whom it is about, for the page that shows the password."""
        self.person = self.target(**key)
        return super().post(request, **key)

    def lead_on(self, address):
        """Show the first password once, or go back to the person."""
        if self.password:
            return self.show("staff/organisation/people/first_password.html", {"person": self.person, "password": self.password, "address": address})
        return super().lead_on(address)


class GiveAccount(AccountVerb):
    """An account for somebody without one."""

    form, heading, submit = forms.AccountForm, _("Account for %(name)s"), _("Make account")
    hint = _("The first password is shown once, on the next page. It has to be changed at the first log-in.")

    def act(self, target, answers):
        """Make it."""
        self.password = services.give_account(self.actor, target, now=timezone.now(), **answers)


class ResetPassword(AccountVerb):
    """A new first password."""

    heading, submit = _("New first password for %(name)s"), _("Make a new password")
    hint = _("All open sessions of this person end. The new password is shown once and must be changed at the next log-in.")

    def act(self, target, answers):
        """Make it."""
        self.password = accounts.reset_password(self.actor, self.user(target), now=timezone.now())


class EndSessions(AccountVerb):
    """Every open session ends."""

    form, heading, submit = forms.ReasonForm, _("End all sessions of %(name)s"), _("End sessions")
    done = _("All sessions are ended.")

    def act(self, target, answers):
        """End them."""
        accounts.end_sessions(self.actor, self.user(target), now=timezone.now(), **answers)


class ResetSecondFactor(AccountVerb):
    """The phone is lost."""

    heading, submit = _("Reset the second step of %(name)s"), _("Reset")
    hint = _("Phone and recovery codes are forgotten, all sessions end; the next log-in sets the second step up anew.")
    done = _("The second step is reset.")

    def act(self, target, answers):
        """Forget both."""
        accounts.reset_second_factor(self.actor, self.user(target), now=timezone.now())


class Release(AccountVerb):
    """A locked-out person may try again."""

    heading, submit, done = _("Release the user name of %(name)s"), _("Release"), _("The person can log in again.")
    hint = _("After five wrong tries a user name rests for 15 minutes. Release it once you know that the person tried themselves.")

    def act(self, target, answers):
        """Take the lock off."""
        accounts.release(self.actor, self.user(target), now=timezone.now())
