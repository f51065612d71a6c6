"""What is asked about shifts."""
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import DayField
from config.web.forms import HallkeeperForm
from staff.organisation.models import Post
from staff.shifts import queries


class TimeInput(forms.TimeInput):
    """A time of day, picked or typed."""

    input_type = "time"

    def __init__(self):
        super().__init__({"class": "w-s num"}, format="%H:%M")


class ShiftForm(HallkeeperForm):
    """Who works where from when to when; a shift may end after midnight."""

    hall = forms.ModelChoiceField(None, label=_("Hall"), empty_label="—")
    day = DayField(label=_("Day"))
    employee = forms.ModelChoiceField(None, label=_("Person"), empty_label="—")
    post = forms.ModelChoiceField(None, label=_("Post"), empty_label="—", required=False,
                                  help_text=_("Left empty for managers and whoever has no fixed place."))
    starts = forms.TimeField(label=_("From"), widget=TimeInput())
    ends = forms.TimeField(label=_("Until"), widget=TimeInput())

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        halls = queries.halls_to_plan(viewer).order_by("pk")
        self.fields["hall"].queryset = halls
        self.fields["employee"].queryset = queries.people_to_plan(viewer).order_by("sort_key", "pk")
        self.fields["post"].queryset = Post.objects.filter(hall__in=halls, is_active=True).select_related("hall").order_by("hall", "order", "pk")
        self.fields["post"].label_from_instance = lambda post: f"{post} · {post.hall}"

    def clean(self):
        """Day and times become moments; an end before the start lies on the next day."""
        cleaned = super().clean()
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            cleaned["starts"] = timezone.make_aware(datetime.combine(day, starts))
            last = day + timedelta(days=1) if ends < starts else day
            cleaned["ends"] = timezone.make_aware(datetime.combine(last, ends))
        return cleaned


class EndShiftForm(HallkeeperForm):
    """When a shift ends instead, and why; without a time it is not worked at all."""

    ends = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput(),
                           help_text=_("Left empty, a shift that has not begun is taken back."))
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))
