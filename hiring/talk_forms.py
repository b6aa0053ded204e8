"""Forms of the times agreed with applicants."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.typed import likely_day
from hiring import busy
from hiring.booking_forms import HostsField
from hiring.models import Interview


class WallClock(forms.DateTimeField):
    """A time as the reader's clock shows it. An hour it skips, or shows twice, is refused with the reason."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            raise ValidationError(_why(error.params["datetime"]) or error.messages) from error


def _why(local) -> str:
    """Which of the two it is; "" for a time that no zone can place."""
    zone = timezone.get_current_timezone()
    try:
        first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    except OverflowError:
        return ""
    if first > second:
        return _now(
            "On this day the clock shows this hour twice, because summer time ends. Choose a time before or after it."
        )
    return _now(
        "On this day the clock skips this hour, because summer time begins. Choose a time before or after it."
    )


class InterviewForm(forms.ModelForm):
    """A time in the reader's own zone, and who sits in; somebody alone in the shop is not asked who.

    Over what a host has already it is kept after one more tap (`asks_anyway`, a button named "anyway").
    """

    starts_at = WallClock(
        label=_("Starts"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480)
    hosts = HostsField(required=False)
    invite = forms.BooleanField(label=_("Send the applicant an invitation"), required=False, initial=True)
    asks_anyway = False

    class Meta:
        model = Interview
        fields = ["starts_at", "minutes", "kind", "place"]

    def __init__(self, *args, team=(), by=None, moving=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.moving = by, moving
        if len(team) > 1:
            self.fields["hosts"].offer(team)
            if moving is None and by:
                self.fields["hosts"].initial = [by.pk]
        else:
            del self.fields["hosts"]

    def clean_starts_at(self):
        starts = self.cleaned_data["starts_at"]
        if starts < timezone.now():
            raise forms.ValidationError(_("This time is over already."))
        likely_day(starts.date())
        return starts

    def clean(self):
        """Tells whom it clashes with; one more tap keeps it all the same."""
        data = self.cleaned_data
        if not {"starts_at", "minutes"} <= set(data) or "anyway" in self.data:
            return
        end = data["starts_at"] + timedelta(minutes=data["minutes"])
        for host in self.sitting_in() or filter(None, [self.by]):
            if taken := busy.of([host], data["starts_at"], end, leaving_out=self.moving):
                self.asks_anyway = True
                self.add_error("starts_at", _clash(host, *taken[0]))

    def sitting_in(self) -> list:
        """Who was ticked; empty when nobody was."""
        return list(self.cleaned_data.get("hosts") or [])

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


def _clash(host, start, end) -> str:
    values = {
        "who": host,
        "start": date_format(timezone.localtime(start), "SHORT_DATETIME_FORMAT"),
        "end": date_format(timezone.localtime(end), "TIME_FORMAT"),
    }
    return _now("%(who)s is taken then: %(start)s to %(end)s.") % values


class MoveForm(InterviewForm):
    """The time of a talk that was agreed already."""

    invite = None
    seen = forms.IntegerField(required=False, min_value=0, max_value=32_767, widget=forms.HiddenInput)

    def __init__(self, *args, interview, hosts=(), **kwargs):
        super().__init__(*args, initial=_as_it_is(interview, hosts), moving=interview, **kwargs)


def _as_it_is(interview, hosts) -> dict:
    names = ("starts_at", "minutes", "kind", "place")
    now = {name: getattr(interview, name) for name in names}
    return now | {"seen": interview.revision, "hosts": list(hosts)}
