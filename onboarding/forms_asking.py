"""When somebody answers, and who steps in."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.forms import DATE, WEEKDAYS
from onboarding.models.plan import zone_of

TIME = forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M")
USUAL = [
    ("", _("I would rather not say")),
    (15, _("within a quarter of an hour")),
    (60, _("within an hour")),
    (240, _("within half a day")),
    (480, _("within a working day")),
]


class AnswerHoursForm(Explained, forms.Form):
    """Two times for each weekday; a day without times is a day without answers."""

    WHY = {
        "usual_minutes": _("After three answers it is counted, and the count is shown instead."),
        "stand_in": _("Shown while you are not there, and told when a question waits for long."),
        "away_until": _("Your last day away. Until then questions go to whoever steps in."),
    }

    usual_minutes = forms.TypedChoiceField(
        label=_("How soon do you usually answer?"),
        choices=USUAL,
        coerce=int,
        empty_value=None,
        required=False,
    )
    stand_in = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Who steps in?"), required=False, empty_label=_("Nobody yet")
    )
    away_until = forms.DateField(label=_("Away until"), widget=DATE, required=False)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        self.row = row
        super().__init__(*args, initial=self._stored(row), **kwargs)
        for day, name in WEEKDAYS:
            for end, label in (("from", _("%(day)s, from")), ("until", _("%(day)s, until"))):
                field = forms.TimeField(label=label % {"day": name}, widget=TIME, required=False)
                self.fields[f"{end}_{day}"] = field
        team = Membership.objects.for_company(row.company_id).active().exclude(role=Role.HIRE)
        self.fields["stand_in"].queryset = team.exclude(pk=row.member_id).order_by("name", "pk")
        self.explain()

    def _stored(self, row) -> dict:
        now = {name: getattr(row, name) for name in ("usual_minutes", "stand_in", "away_until")}
        for day, (begin, end) in row.by_day.items():
            now |= {f"from_{day}": begin, f"until_{day}": end}
        return now | {"seen": row.revision}

    def days(self):
        """(name, from, until) of each weekday, as bound fields."""
        return [(name, self[f"from_{day}"], self[f"until_{day}"]) for day, name in WEEKDAYS]

    def others(self):
        return [self[name] for name in ("usual_minutes", "stand_in", "away_until")]

    def clean_away_until(self):
        day = self.cleaned_data["away_until"]
        if day and day != self.row.away_until:
            likely_day(day)
            if day < timezone.localdate(timezone=zone_of(self.row.member, self.row.member.company)):
                raise forms.ValidationError(_("This day has passed already."))
        return day

    def clean(self):
        data = super().clean()
        windows = {}
        for day, _name in WEEKDAYS:
            begin, end = data.pop(f"from_{day}", None), data.pop(f"until_{day}", None)
            if begin and end and begin < end:
                windows[day] = (begin, end)
            elif begin or end:
                self.add_error(f"until_{day}", _("Give both times, the earlier one first."))
        if not windows and not self.errors:
            raise forms.ValidationError(_("Name the hours of at least one day."))
        return data | {"windows": windows}
