"""Forms about facts to check: a claim from a talk, what came of it, and what the applicant said to that."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.forms import TO_THEIR_FACE, area
from hiring.models import FactAnswer, FactKind, FactOutcome, FactToCheck, Referee

SEEN = {"required": False, "min_value": 0, "max_value": 2**31 - 1, "widget": forms.HiddenInput}
ELSEWHERE = gettext_lazy("Nobody: seen in a certificate or elsewhere")


def day_field(label, **more):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def not_ahead(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."))
    return day


class SaidForm(forms.Form):
    """Something they said in a talk that a referee could confirm."""

    quote = forms.CharField(label=gettext_lazy("They said"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("About"), choices=FactKind, initial=FactKind.OTHER)


class OutcomeForm(forms.ModelForm):
    """What one referee said to a fact; two dates or two numbers can be compared."""

    seen = forms.IntegerField(**SEEN)

    class Meta:
        model = FactAnswer
        fields = ["referee", "outcome", "told", "claimed", "found"]
        widgets = {"outcome": forms.RadioSelect, "told": area(2)}
        help_texts = {
            "told": TO_THEIR_FACE,
            "claimed": gettext_lazy("A date or a number, if there is one."),
            "found": gettext_lazy("Dates within a month and numbers within a fifth count as the same."),
        }

    def __init__(self, *args, fact, referees, **kwargs):
        kwargs.setdefault("auto_id", f"fact{fact.pk}_%s")
        super().__init__(*args, initial={"seen": fact.revision}, **kwargs)
        self.fields["outcome"].choices = FactOutcome.choices
        field = self.fields["referee"]
        field.label = gettext_lazy("Who said so?")
        field.queryset = Referee.objects.filter(pk__in=[row.pk for row in referees])
        field.choices = [*((row.pk, row.shown_name) for row in referees), ("", ELSEWHERE)]

    def clean(self):
        weighs = self.cleaned_data.get("outcome") in {FactOutcome.DIFFERS, FactOutcome.CONTRADICTED}
        if weighs and not self.cleaned_data.get("told", "").strip():
            self.add_error("told", _("Write down what was said."))

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("outcome", "told", "claimed", "found")}


class CandidateSaidForm(forms.ModelForm):
    """The applicant's side of it."""

    seen = forms.IntegerField(**SEEN)
    candidate_said_on = day_field(gettext_lazy("On"))

    class Meta:
        model = FactToCheck
        fields = ["candidate_said", "candidate_said_on"]
        widgets = {"candidate_said": area(2)}
        help_texts = {"candidate_said": TO_THEIR_FACE}

    def __init__(self, *args, fact, **kwargs):
        initial = {"seen": fact.revision, "candidate_said_on": timezone.localdate()}
        initial |= {"candidate_said": fact.candidate_said} if fact.candidate_said else {}
        initial |= {"candidate_said_on": fact.candidate_said_on} if fact.candidate_said_on else {}
        kwargs.setdefault("auto_id", f"said{fact.pk}_%s")
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["candidate_said"].required = True

    def clean_candidate_said_on(self):
        return not_ahead(self.cleaned_data["candidate_said_on"])
