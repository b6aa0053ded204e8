from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.forms import DATE, TIME
from onboarding.models import Point, Series
from onboarding.models.meetings import DAYS

REVISION = {"required": False, "min_value": 0, "max_value": 2**31 - 1, "widget": forms.HiddenInput}


class HourForm(Explained, forms.Form):
    at = forms.TimeField(label=_("Time"), widget=TIME)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, initial=30)
    place = forms.CharField(label=_("Where"), max_length=300, required=False)
    video_link = forms.URLField(label=_("Video link"), max_length=500, required=False, assume_scheme="https")
    seen = forms.IntegerField(**REVISION)

    def clean_video_link(self):
        link = self.cleaned_data["video_link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("The link must begin with https://."))
        return link


class SeriesForm(HourForm):
    """When the two meet every week."""

    WHY = {
        "weekday": _("Friday is suggested: the week is fresh, and Monday begins with a clear head."),
        "minutes": _("Half an hour is enough for three points."),
        "ends_on": _("Empty: it goes on."),
    }

    weekday = forms.TypedChoiceField(label=_("Every week on"), choices=DAYS, coerce=int)
    ends_on = forms.DateField(label=_("Until"), widget=DATE, required=False, validators=[likely_day])
    field_order = ["weekday", "at", "minutes", "place", "video_link", "ends_on", "seen"]

    def __init__(self, *args, onboarding, series: Series | None = None, suggested: int, **kwargs):
        self.onboarding = onboarding
        now = {"weekday": suggested, "at": "15:00", "video_link": onboarding.video_link}
        if series is not None:
            now = {name: getattr(series, name) for name in self.base_fields if name != "seen"}
            now["seen"] = series.revision
        elif not onboarding.video_link:
            now["place"] = onboarding.place
        super().__init__(*args, initial=now, **kwargs)
        self.explain()

    def clean_weekday(self):
        weekday = self.cleaned_data["weekday"]
        if weekday not in self.onboarding.weekdays:
            raise forms.ValidationError(
                _("%(name)s does not work on that day.") % {"name": self.onboarding.hire}
            )
        return weekday


class MoveForm(HourForm):
    """Another time for one meeting, or for it and all that follow."""

    WHY = {"following": _("Then the weekday of the new day is the weekday from now on.")}

    on = forms.DateField(label=_("Day"), widget=DATE, validators=[likely_day])
    following = forms.BooleanField(label=_("All following ones, too"), required=False)
    field_order = ["on", "at", "minutes", "place", "video_link", "following", "seen"]

    def __init__(self, *args, meeting, **kwargs):
        self.today = meeting.onboarding.today()
        now = {name: getattr(meeting, name) for name in ("on", "at", "minutes", "place", "video_link")}
        super().__init__(*args, initial=now | {"seen": meeting.sequence}, **kwargs)
        self.explain()

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over."))
        return day


class PointForm(forms.ModelForm):
    class Meta:
        model = Point
        fields = ["text", "source", "with_buddy"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, onboarding, part, **kwargs):
        super().__init__(*args, **kwargs)
        has_buddy = onboarding.buddy_id not in {None, onboarding.manager_id}
        if part == "buddy" or not has_buddy:
            del self.fields["with_buddy"]


class NotesForm(forms.Form):
    notes = forms.CharField(
        label=_("Notes"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    seen = forms.IntegerField(**REVISION)

    def __init__(self, *args, meeting, **kwargs):
        now = {"notes": meeting.notes, "seen": meeting.revision}
        super().__init__(*args, initial=now, **kwargs)


class ActionForm(forms.Form):
    text = forms.CharField(label=_("What will be done?"), max_length=500)
    owner = forms.ModelChoiceField(Membership.objects.none(), label=_("Who"))
    due_on = forms.DateField(label=_("Until"), widget=DATE, validators=[likely_day])

    def __init__(self, *args, onboarding, **kwargs):
        super().__init__(*args, auto_id="action_%s", **kwargs)  # it stands beside the form of a point
        people = [onboarding.hire_id, onboarding.manager_id, onboarding.buddy_id]
        rows = Membership.objects.for_company(onboarding.company_id).active().filter(pk__in=people)
        self.fields["owner"].queryset = rows.order_by("name", "pk")
