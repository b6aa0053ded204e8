"""Forms about referees: who they are, calls that did not come about, and what they said."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import likely_day
from hiring.fact_forms import SEEN, day_field, not_ahead
from hiring.forms import TO_THEIR_FACE, area
from hiring.models import CallTry, FactOutcome, Referee
from hiring.models import ReferenceCall as Call

NOT_ASKED = [("", gettext_lazy("Not asked")), *FactOutcome.choices]
WHO = ["name", "kind", "relation", "email", "phone", "since", "until"]


class AgreedForm(forms.Form):
    """The applicant's agreement, as somebody heard it."""

    agreed = forms.BooleanField(label=gettext_lazy("The applicant agreed that I call them"), required=False)
    agreed_on = day_field(gettext_lazy("They told me on"), required=False)

    def clean_agreed_on(self):
        return not_ahead(self.cleaned_data["agreed_on"])


class RefereeForm(AgreedForm, forms.ModelForm):
    class Meta:
        model = Referee
        fields = WHO

    field_order = [*WHO, "agreed", "agreed_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("Who are they?")

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in WHO}


class TryForm(forms.ModelForm):
    """Nobody answered, or they asked to be called at another time."""

    class Meta:
        model = CallTry
        fields = ["outcome", "again_at", "note"]
        widgets = {"again_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}

    def clean_again_at(self):
        again = self.cleaned_data["again_at"]
        if again and again < timezone.now():
            raise forms.ValidationError(_("This time is over already."))
        if again:
            likely_day(again.date())
        return again

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class CallForm(forms.ModelForm):
    """What was said, and for each fact what this referee said to it. `answers`: {fact's number: FactAnswer}."""

    seen = forms.IntegerField(**SEEN)
    candidate_said_on = day_field(gettext_lazy("They said so on"), required=False)

    class Meta:
        model = Call
        fields = [
            "overall", "hesitation", "hesitation_note", "deviation", "deviation_note", "candidate_said",
            "candidate_said_on", "notes",
        ]  # fmt: skip
        widgets = {"overall": forms.RadioSelect, "notes": area(4)}
        help_texts = {"notes": TO_THEIR_FACE}

    def __init__(self, *args, facts=(), answers=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision if self.instance.pk else 0
        self.fields["overall"].choices = Call._meta.get_field("overall").choices
        self.fields["overall"].required = True
        self.facts = list(facts)
        for fact in self.facts:
            self._ask(fact, (answers or {}).get(fact.pk))

    def _ask(self, fact, answer):
        name = f"fact_{fact.pk}"
        self.fields[name] = forms.ChoiceField(label=fact.quote, choices=NOT_ASKED, required=False)
        self.fields[name].widget.attrs["class"] = "form-select"
        self.fields[f"{name}_told"] = forms.CharField(
            label=_("What they said"), max_length=500, required=False
        )
        self.initial |= {
            name: answer.outcome if answer else "",
            f"{name}_told": answer.told if answer else "",
        }

    def clean_candidate_said_on(self):
        return not_ahead(self.cleaned_data["candidate_said_on"])

    def clean(self):
        data = self.cleaned_data
        if data.get("deviation") and not data.get("deviation_note", "").strip():
            self.add_error("deviation_note", _("Say what differs."))
        data["candidate_said_on"] = data.get("candidate_said_on") if data.get("candidate_said") else None
        if data.get("candidate_said") and not data["candidate_said_on"]:
            data["candidate_said_on"] = timezone.localdate()
        for fact in self.facts:
            self._clean_fact(f"fact_{fact.pk}")

    def _clean_fact(self, name):
        outcome, told = self.cleaned_data.get(name), self.cleaned_data.get(f"{name}_told")
        if outcome in {FactOutcome.DIFFERS, FactOutcome.CONTRADICTED} and not told:
            self.add_error(f"{name}_told", _("Write down what was said."))
        if told and not outcome and name not in self.errors:
            self.add_error(name, _("Choose what came of it, or take the words out."))

    @property
    def fact_rows(self) -> list:
        return [(fact, self[f"fact_{fact.pk}"], self[f"fact_{fact.pk}_told"]) for fact in self.facts]

    @property
    def said_fields(self) -> list:
        """Everything but the facts."""
        return [self[name] for name in self._meta.fields]

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def outcomes(self) -> dict:
        """Of the facts that stood on the page: a form without them changes none."""
        found = {}
        for fact in self.facts:
            name = f"fact_{fact.pk}"
            if name in self.data:
                outcome, told = self.cleaned_data[name], self.cleaned_data[f"{name}_told"]
                found[fact.pk] = {"outcome": outcome, "told": told} if outcome else None
        return found
