"""Forms of before and after."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from accounts.typed import likely_day
from readiness import after
from readiness.fields import DayField, NumberField
from readiness.models import Assessment

LISTED = 20


class BeforeField(forms.ModelChoiceField):
    def label_from_instance(self, row):
        return date_format(localtime(row.created_at), "DATE_FORMAT")


class BeginForm(forms.Form):
    job_title = forms.CharField(label=_("Who began?"), max_length=200, help_text=_("The job is enough."))
    start_date = DayField(label=_("First day"), validators=[likely_day])
    hours_week = NumberField(label=_("Hours a week that were agreed"), high=168)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)


class DetailsForm(forms.Form):
    start_date = DayField(label=_("First day"), validators=[likely_day])
    look_on = DayField(label=_("Remind me on"), validators=[likely_day])
    before = BeforeField(Assessment.objects.none(), label=_("Compare with the answer of"), required=False)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, row):
        now = {"start_date": row.start_date, "look_on": row.look_on, "before": row.before_id}
        super().__init__(
            data, initial=now | {"seen": row.revision}, use_required_attribute=False, label_suffix=""
        )
        self.row = row
        rows = after.candidates(row)
        self.fields["before"].queryset = Assessment.objects.filter(
            pk__in=[*rows.values_list("pk", flat=True)[:LISTED], row.before_id or 0]
        ).order_by("-created_at", "-pk")
        self.fields["before"].empty_label = _("None")

    def clean_look_on(self):
        day = self.cleaned_data["look_on"]
        if day != self.row.look_on and day <= localdate():
            raise ValidationError(_("Choose a day to come."))
        return day

    def values(self) -> dict:
        chosen = self.cleaned_data["before"]
        plain = {name: self.cleaned_data[name] for name in ("start_date", "look_on")}
        return plain | {"before_id": chosen.pk if chosen else None}


class WeekForm(forms.Form):
    """One number a week, or two. Any day of the week will do."""

    day = DayField(label=_("Any day of the week"), validators=[likely_day])
    owner = NumberField(label=_("Your hours on customers"), high=168)
    person = NumberField(label=_("Hours of the new person"), high=168)
    why = forms.CharField(
        label=_("If it rose: why?"),
        max_length=300,
        required=False,
        help_text=_("For yourself, and for the day you think about more hours."),
    )

    def __init__(self, data=None, *, row):
        day = max(after.monday_of(localdate()) - timedelta(days=7), after.monday_of(row.start_date))
        super().__init__(data, initial={"day": day}, use_required_attribute=False, label_suffix="")
        self.row = row

    def clean_day(self):
        monday = after.monday_of(self.cleaned_data["day"])
        if monday > localdate():
            raise ValidationError(_("This week has not begun yet."))
        return monday

    def values(self) -> dict:
        data = self.cleaned_data
        return {"monday": data["day"], **{name: data[name] for name in ("owner", "person", "why")}}
