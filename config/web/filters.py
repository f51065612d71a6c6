"""The base of filter forms: GET, all optional, `narrow(rows)` applies what was chosen."""
from config.web.forms import HallkeeperForm


class FilterForm(HallkeeperForm):
    """Filters of a list. Unreadable values are shown as errors and narrow nothing."""

    def __init__(self, data, *, viewer, **kwargs):
        self.viewer = viewer
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.required = False

    def narrow(self, rows):
        """The rows that pass."""
        raise NotImplementedError

    def is_narrowed(self):
        """Whether anything was chosen, which decides the words of an empty list."""
        return any(self.data.get(name) for name in self.fields)
