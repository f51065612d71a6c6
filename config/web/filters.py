"""The base of filter forms: GET, all optional, `narrow(rows)` applies what was chosen."""
from crispy_forms.layout import Layout

from config.web.forms import HallkeeperForm


class FilterForm(HallkeeperForm):
    """Filters of a list. Unreadable values are shown as errors and narrow nothing. A field `q` stands as search line above the others."""

    def __init__(self, data, *, viewer, **kwargs):
        self.viewer = viewer
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.required = False
        if "q" in self.fields:
            self.helper.layout = Layout(*(name for name in self.fields if name != "q"))

    @property
    def search(self):
        """The search line as a bound field, or None."""
        return self["q"] if "q" in self.fields else None

    @property
    def has_more(self):
        """Whether there is anything beside the search line."""
        return len(self.fields) > (1 if "q" in self.fields else 0)

    @property
    def is_open(self):
        """Whether something beside the search line was chosen, so that one sees by what the list is narrowed."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def narrow(self, rows):
        """The rows that pass."""
        raise NotImplementedError

    def is_narrowed(self):
        """Whether anything was chosen, which decides the words of an empty list."""
        return any(self.data.get(name) for name in self.fields)
