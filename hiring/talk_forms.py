"""Forms of the times agreed with applicants."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.typed import likely_day
from hiring.models import Interview


class InterviewForm(forms.ModelForm):
    """A time in the reader's own zone; hours that the clock skips or repeats are refused by Django."""

    invite = forms.BooleanField(label=_("Send the applicant an invitation"), required=False, initial=True)

    class Meta:
        model = Interview
        fields = ["starts_at", "minutes", "kind", "place"]
        widgets = {
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480)

    def clean_starts_at(self):
        starts = self.cleaned_data["starts_at"]
        if starts < timezone.now():
            raise forms.ValidationError(_("This time is over already."))
        likely_day(starts.date())
        return starts

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class MoveForm(InterviewForm):
    """The time of a talk that was agreed already."""

    invite = None
    seen = forms.IntegerField(required=False, min_value=0, max_value=32_767, widget=forms.HiddenInput)

    def __init__(self, *args, interview, **kwargs):
        super().__init__(*args, initial=_now(interview), **kwargs)


def _now(interview) -> dict:
    names = ("starts_at", "minutes", "kind", "place")
    return {name: getattr(interview, name) for name in names} | {"seen": interview.revision}
