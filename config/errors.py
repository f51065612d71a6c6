"""What a business act says when it may not happen."""


class Refused(Exception):
    """A rule of the regulation or of the record says no.

    The text is shown to the person unchanged, so it is one sentence in their language: what is so, then
    what to do. `field` names the form field the sentence belongs beside; without one it stands above the form.
    """

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.field = field


class Changed(Refused):
    """Somebody saved the same record since this person opened it; nothing was overwritten."""
