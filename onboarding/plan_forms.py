"""The forms of the plan editor."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import places
from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.forms import DATE, TIME
from onboarding.kinds import Part, Rule
from onboarding.models import TemplateStep

BEFORE = "before"
# How people say a due day, and the rule and the sign that stand for it.
COUNTED = {
    BEFORE: (Rule.DAY, -1, 1, 250, pgettext_lazy("a due day", "Working days before the first day")),
    Rule.DAY: (Rule.DAY, 1, 1, 500, pgettext_lazy("a due day", "Working day; 1 is the first day")),
    Rule.CALENDAR: (Rule.CALENDAR, 1, 0, 700, pgettext_lazy("a due day", "Calendar days after the first day")),
    Rule.WEEK: (Rule.WEEK, 1, 1, 100, pgettext_lazy("a due day", "End of week; 1 is the first week")),
    Rule.AFTER: (Rule.AFTER, 1, 0, 250, pgettext_lazy("a due day", "Working days after another step is done")),
    Rule.SIGNED: (Rule.SIGNED, 1, 0, 250, pgettext_lazy("a due day", "Working days after the signature")),
    Rule.PROBATION: (
        Rule.PROBATION, -1, 0, 250, pgettext_lazy("a due day", "Working days before the end of probation"),
    ),
}  # fmt: skip


class NameForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)


class SaveForm(forms.Form):
    note = forms.CharField(label=_("What is different? (if you like)"), max_length=200, required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CountryForm(forms.Form):
    country = forms.ChoiceField(label=_("Country"), choices=places.countries)


class DayOffForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DATE, validators=[likely_day])
    name = forms.CharField(label=_("What for"), max_length=80, required=False)


class ProbationForm(forms.Form):
    until = forms.DateField(
        label=_("Last day of probation"),
        widget=DATE,
        required=False,
        validators=[likely_day],
        help_text=_("As the contract has it. Empty: the decision is on day 90."),
    )

    def __init__(self, *args, onboarding, **kwargs):
        super().__init__(*args, initial={"until": onboarding.probation_until}, **kwargs)
        self.start = onboarding.start_date

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < self.start:
            raise forms.ValidationError(_("That is before the first day."))
        return until


class PlanStepForm(Explained, forms.ModelForm):
    """One step of a plan to begin with."""

    WHY = {
        "owner": _("Their list shows it."),
        "partner": _("A paper or a practice reply goes to them; a meeting is with them."),
        "number": _("How many of what you chose above."),
        "when": _("Others do not see the step at all."),
        "skill": _("As the interviews name it; empty means for everybody."),
        "minutes": _("So that nobody plans too much for one day."),
        "required": _("Only required steps can be late, and count for how far along somebody is."),
    }

    counted = forms.ChoiceField(
        label=_("When is it due?"), choices=[(key, way[4]) for key, way in COUNTED.items()]
    )
    number = forms.IntegerField(label=pgettext_lazy("of days", "Number"), min_value=0, max_value=700)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    field_order = [
        "title", "body", "kind", "owner", "partner", "counted", "number", "after",
        "when", "country", "skill", "required", "minutes", "at", "seen",
    ]  # fmt: skip

    class Meta:
        model = TemplateStep
        fields = [
            "title", "body", "kind", "owner", "partner", "number", "after", "when", "country", "skill",
            "required", "minutes", "at",
        ]  # fmt: skip
        widgets = {"body": forms.Textarea(attrs={"rows": 3}), "at": TIME}
        labels = {"at": _("At what time? (if it matters)")}

    def __init__(self, *args, others, **kwargs):
        """`others` are the steps that this one may follow."""
        super().__init__(*args, **kwargs)
        step = self.instance
        self.initial |= {"title": step.label, "body": step.text, "number": abs(step.number)}
        self.initial |= {"counted": _said(step), "seen": step.revision if step.pk else None}
        self.fields["title"].required = True
        self.fields["after"] = forms.ChoiceField(
            label=self.fields["after"].label,
            required=False,
            choices=[("", _("None")), *((row.ref, row.label) for row in others)],
        )
        self.fields["country"] = forms.ChoiceField(
            label=self.fields["country"].label, required=False, choices=_countries
        )
        self.fields["partner"].choices = [("", _("Nobody")), *Part.choices]
        self.fields["minutes"].min_value, self.fields["minutes"].max_value = 1, 480
        self.order_fields(self.field_order)
        self.explain()

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 480:
            raise forms.ValidationError(_("Between 1 and 480 minutes."))
        return minutes

    def clean(self):
        data = super().clean()
        if data.get("partner") and data.get("partner") == data.get("owner"):
            self.add_error("partner", _("That is who does it already. Choose somebody else, or nobody."))
        if "counted" in data and data.get("number") is not None:
            self._count(data)
        return data

    def _count(self, data):
        rule, sign, least, most, _name = COUNTED[data["counted"]]
        number = data["number"]
        if not least <= number <= most:
            self.add_error(
                "number",
                _("Between %(least)s and %(most)s here.") % {"least": least, "most": most},
            )
        if rule == Rule.AFTER and not data.get("after"):
            self.add_error("after", _("Choose the step it follows."))
        data["rule"], data["number"] = rule, sign * number

    def values(self) -> dict:
        """What the plan's step is to be."""
        names = list(self.Meta.fields)
        return {name: self.cleaned_data[name] for name in names} | {"rule": self.cleaned_data["rule"]}

    def _post_clean(self):
        """Nothing is written into the instance: the plan's writer does that under its lock."""


def _countries():
    return [("", _("Everywhere")), *places.countries()]


def _said(step) -> str:
    return BEFORE if step.rule == Rule.DAY and step.number < 0 else step.rule
