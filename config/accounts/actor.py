"""Who acts: every service takes an Actor first, so that each change is somebody's."""
from dataclasses import dataclass

from config.accounts.models import User


@dataclass(frozen=True)
class Actor:
    """The person who acts, for whom (as deputy), and by which channel ('web', 'job', 'public', 'kiosk')."""

    user: User | None
    on_behalf_of: User | None = None
    channel: str = "web"
    name: str = ""

    @classmethod
    def system(cls, job):
        """The house itself, in the scheduled or long job of this name."""
        return cls(user=None, channel="job", name=job)

    @classmethod
    def customer(cls, reference):
        """A customer on a public page, known only by the reference of the own record."""
        return cls(user=None, channel="public", name=reference)

    @property
    def is_person(self):
        """Whether an account stands behind the act."""
        return self.user is not None

    def __str__(self):
        return str(self.user) if self.user else self.name
