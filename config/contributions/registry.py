"""What a registry is: members with a key, in the order they were added, each key once."""


class Registry:
    """Members by key. `add` refuses a second member with the same key."""

    def __init__(self, name):
        self.name = name
        self._members = {}

    def add(self, member):
        """Take `member` (it has `.key`) in and hand it back, so that a room can keep it."""
        if member.key in self._members:
            raise ValueError(f"{self.name}: '{member.key}' is registered twice.")
        self._members[member.key] = member
        return member

    def get(self, key):
        """The member of this key, or None."""
        return self._members.get(key)

    def all(self):
        """Every member, in the order of registration."""
        return list(self._members.values())

    def without(self, key):
        """Take a member out, for the tests that see its page change; returns it so that it can be put back."""
        return self._members.pop(key)


ALL = {}


def registry(name):
    """The registry of this name; there is one."""
    return ALL.setdefault(name, Registry(name))
