"""Forms of goals and of what comes after."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.typed import likely_day, plain_number, western
from accounts.why import Explained
from onboarding import goal_numbers
from onboarding.forms import DATE
from onboarding.goals import Said
from onboarding.models import Direction, Goal, GoalKind, Lesson, Reader, Unit

MOST = 9_999_999
WHOLE = 2**31 - 1
FIRST_TARGET = {GoalKind.CSAT: Decimal(95)}
UNITS = {
    GoalKind.CSAT: [Unit.PERCENT],
    GoalKind.REPEAT: [Unit.PURCHASES, Unit.CUSTOMERS],
    GoalKind.REPLY: [Unit.HOURS, Unit.MINUTES],
    GoalKind.OWN: list(Unit),
}
DIRECTIONS = {
    GoalKind.CSAT: Direction.UP,
    GoalKind.REPEAT: Direction.UP,
    GoalKind.REPLY: Direction.DOWN,
}


def _typed(value):
    """Any digits, a comma or a point."""
    try:
        return plain_number(value) if isinstance(value, str) and value.strip() else value
    except ValueError:
        raise ValidationError(_("Write a number, such as 12 or 2.5."), code="invalid") from None


class NumberField(forms.DecimalField):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options):
        super().__init__(max_digits=12, decimal_places=2, **options)

    def to_python(self, value):
        return super().to_python(_typed(value))

    def prepare_value(self, value):
        """As it may be typed again."""
        if not isinstance(value, Decimal):
            return value
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain


class CountField(forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options):
        super().__init__(max_value=WHOLE, **options)

    def to_python(self, value):
        return super().to_python(_typed(value))


class DayField(forms.DateField):
    widget = DATE

    def __init__(self, **options):
        super().__init__(validators=[likely_day], **options)

    def to_python(self, value):
        return super().to_python(western(value) if isinstance(value, str) else value)


class GoalForm(Explained, forms.Form):
    """A goal of one kind: what that kind leaves open is asked, and no more."""

    WHY = {
        "direction": _("It says whether a higher or a lower number is progress."),
        "baseline": _("Progress is counted from here. Leave it open, and the first number is the beginning."),
        "until": _("May stay open."),
        "a_week": _("Then the page can say how much waiting it spares your customers."),
        "reader": _("Both see every number."),
    }

    name = forms.CharField(label=_("What is it about?"), max_length=120)
    unit = forms.ChoiceField(label=_("Counted in"), widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=Direction.choices, widget=forms.RadioSelect
    )
    baseline = NumberField(label=_("How much is it now?"), required=False)
    target = NumberField(label=_("What do you aim for?"))
    until = DayField(label=_("By when?"), required=False)
    a_week = CountField(label=_("Messages a week"), required=False, min_value=1)
    reader = forms.ChoiceField(
        label=_("Who writes the numbers down?"),
        choices=Reader.choices,
        initial=Reader.BOTH,
        widget=forms.RadioSelect,
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=WHOLE, widget=forms.HiddenInput)

    def __init__(self, *args, kind, goal=None, **kwargs):
        self.kind = GoalKind(kind)
        super().__init__(*args, initial=self._now(goal), **kwargs)
        self.fields["unit"].choices = [(unit.value, unit.label) for unit in UNITS[self.kind]]
        for name in self._settled():
            del self.fields[name]
        self.explain()

    def _now(self, goal) -> dict:
        if goal is None:
            return {"unit": UNITS[self.kind][0], "target": FIRST_TARGET.get(self.kind)}
        names = [*self.base_fields, "revision"]
        now = {name: getattr(goal, name) for name in names if hasattr(goal, name)}
        return now | {"seen": goal.revision}

    def _settled(self) -> list[str]:
        """What the kind says by itself."""
        gone = ["name", "direction"] if self.kind != GoalKind.OWN else []
        gone += ["unit"] if len(UNITS[self.kind]) == 1 else []
        return gone if self.kind == GoalKind.REPLY else [*gone, "a_week"]

    def clean(self):
        data = super().clean()
        for name in ("baseline", "target"):
            if data.get(name) is not None and name not in self.errors:
                self._check_range(name, data[name])
        if not self.errors:
            self._check_way(data)
        return data

    def _check_range(self, name, value):
        high = 100 if self._unit() == Unit.PERCENT else MOST
        low = -MOST if self.kind == GoalKind.OWN and high == MOST else 0
        if not low <= value <= high:
            said = _("Write a number from %(low)s to %(high)s.")
            self.add_error(name, ValidationError(said, params={"low": low, "high": high}))

    def _check_way(self, data):
        """A target that lies behind would be reached before anybody began."""
        start, target = data.get("baseline"), data["target"]
        if start is not None and goal_numbers.better_by(self._direction(), start, target) <= 0:
            self.add_error("target", _("That is no better than it is now. Aim for something better."))

    def _unit(self):
        return self.cleaned_data.get("unit") or UNITS[self.kind][0]

    def _direction(self):
        return self.cleaned_data.get("direction") or DIRECTIONS.get(self.kind, Direction.UP)

    def values(self) -> dict:
        """Plain fields of a Goal."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return data | {"unit": str(self._unit()), "direction": str(self._direction())}


class ReadingForm(forms.Form):
    """One number, or two counts of which the share is the number."""

    day = DayField(label=_("Day"))
    value = NumberField(label=_("How much is it?"))
    positive = CountField(label=_("Positive answers"), min_value=0)
    total = CountField(label=_("Of how many answers?"), min_value=1)
    seen = forms.IntegerField(required=False, min_value=0, max_value=WHOLE, widget=forms.HiddenInput)

    def __init__(self, *args, goal: Goal, reading=None, **kwargs):
        now = {"day": goal.onboarding.today()}
        if reading is not None:
            now = {name: getattr(reading, name) for name in ("day", "value", "positive", "total")}
            now |= {"seen": reading.revision}
        super().__init__(*args, initial=now, **kwargs)
        self.goal = goal
        for name in ["value"] if goal.counted else ["positive", "total"]:
            del self.fields[name]

    def clean_value(self):
        value = self.cleaned_data["value"]
        high = 100 if self.goal.unit == Unit.PERCENT else MOST
        low = -MOST if self.goal.kind == GoalKind.OWN and high == MOST else 0
        if not low <= value <= high:
            said = _("Write a number from %(low)s to %(high)s.")
            raise ValidationError(said, params={"low": low, "high": high})
        return value

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > self.goal.onboarding.today():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        data = super().clean()
        positive, total = data.get("positive"), data.get("total")
        if positive is not None and total is not None and positive > total:
            self.add_error("positive", _("No more can be positive than have answered."))
        return data

    def said(self) -> Said:
        return Said(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class LessonForm(forms.ModelForm):
    seen = forms.IntegerField(required=False, min_value=0, max_value=WHOLE, widget=forms.HiddenInput)

    class Meta:
        model = Lesson
        fields = ["keep", "change", "drop", "longest"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}
        help_texts = {
            "keep": _("In the plan, the advert or the questions you asked."),
            "change": _("In the plan, the advert or the questions you asked."),
            "drop": _("Steps nobody needed, questions that told you nothing."),
            "longest": _("It is what to begin with earlier next time."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision if self.instance.pk else 0

    def clean(self):
        data = super().clean()
        if not any(data.get(name, "").strip() for name in self.Meta.fields):
            self.add_error("keep", _("Write something into one of the four."))
        return data
