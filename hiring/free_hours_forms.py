"""The form of one's free hours: a line of text a day, days off, and how near and how far."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import places
from accounts.typed import likely_day
from hiring import hours_text
from hiring.free_hours import MOST_OFF

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HoursField(forms.CharField):
    """Hours of one day as text; minutes from midnight for the rest of us."""

    def __init__(self, **kwargs):
        attrs = {"dir": "ltr", "placeholder": "9:00-17:00", "autocomplete": "off"}
        super().__init__(required=False, max_length=120, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return hours_text.read(text)
        except hours_text.Unreadable:
            raise forms.ValidationError(
                _("Write hours as 9:00-17:00, several with a comma between them. Empty means not free.")
            ) from None


class StaysField(forms.MultipleChoiceField):
    """Of the days off that are kept, those that stay; one that went meanwhile is no mistake of whoever ticked it."""

    def validate(self, value):
        pass

    def clean(self, value):
        known = {key for key, _label in self.choices}
        return [key for key in super().clean(value) if key in known]


class FreeHoursForm(forms.Form):
    zone = forms.ChoiceField(label=_("These are hours in this time zone"), choices=places.zones)
    off_from = forms.DateField(label=_("Off from"), required=False, widget=DATE)
    off_until = forms.DateField(
        label=_("until, and with this day"), required=False, widget=DATE, help_text=_("Empty: one day.")
    )
    before = forms.IntegerField(label=_("Minutes kept clear before a talk"), min_value=0, max_value=240)
    after = forms.IntegerField(label=_("Minutes kept clear after a talk"), min_value=0, max_value=240)
    notice_hours = forms.IntegerField(
        label=_("Nothing sooner than in so many hours"), min_value=0, max_value=336
    )
    days_ahead = forms.IntegerField(label=_("Nothing later than in so many days"), min_value=1, max_value=90)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    DAYS = tuple(f"day_{n}" for n in range(7))
    NUMBERS = ("before", "after", "notice_hours", "days_ahead")

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, initial=_as_it_is(row), **kwargs)
        self.row = row
        for n, name in enumerate(self.DAYS):
            self.fields[name] = HoursField(label=WEEKDAYS[n])
        self.fields["stays"] = StaysField(
            label=_("Days off"), required=False, choices=[(f"{a}/{b}", _days(a, b)) for a, b in row.days_off],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.initial["stays"] = [f"{a}/{b}" for a, b in row.days_off]

    @property
    def days(self):
        return [self[name] for name in self.DAYS]

    def clean(self):
        first, last = self.cleaned_data.get("off_from"), self.cleaned_data.get("off_until")
        if last and not first:
            self.add_error("off_from", _("Say from which day."))
        for name in ("off_from", "off_until"):
            self._likely(name)
        if first and last and last < first:
            self.add_error("off_until", _("This day is before the first one."))
        if first and (last or first) < timezone.localdate():
            self.add_error("off_from", _("These days are over already."))
        if first and len(self.cleaned_data.get("stays", [])) >= MOST_OFF:
            self.add_error("off_from", _("That are many days off. Take some off the list first."))

    def _likely(self, name):
        try:
            if day := self.cleaned_data.get(name):
                likely_day(day)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def values(self) -> dict:
        data = self.cleaned_data
        off = [pair.split("/") for pair in data["stays"]]
        if data["off_from"]:
            off.append([day.isoformat() for day in (data["off_from"], data["off_until"] or data["off_from"])])
        numbers = {name: data[name] for name in self.NUMBERS}
        return numbers | {"zone": data["zone"], "week": [data[name] for name in self.DAYS], "days_off": off}


def _as_it_is(row) -> dict:
    values = {name: getattr(row, name) for name in ("zone", *FreeHoursForm.NUMBERS)}
    week = {f"day_{n}": hours_text.show(day) for n, day in enumerate(row.week)}
    return values | week | {"seen": row.revision}


def _days(first, last) -> str:
    begin, end = (date_format(date.fromisoformat(day), "DATE_FORMAT") for day in (first, last))
    return begin if first == last else _now("%(first)s to %(last)s") % {"first": begin, "last": end}
