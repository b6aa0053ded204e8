"""Forms about referees: who they are, and what they said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.forms import TO_THEIR_FACE, area
from hiring.models import Referee
from hiring.models import ReferenceCall as Call


class RefereeForm(forms.ModelForm):
    agreed = forms.BooleanField(label=_("The applicant agreed that I call them"), required=False)

    class Meta:
        model = Referee
        fields = ["name", "relation", "email", "phone"]


class CallForm(forms.ModelForm):
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = Call
        fields = [
            "overall", "hesitation", "hesitation_note", "deviation", "deviation_note", "candidate_said", "notes",
        ]  # fmt: skip
        widgets = {"overall": forms.RadioSelect, "notes": area(4)}
        help_texts = {"notes": TO_THEIR_FACE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision if self.instance.pk else 0
        self.fields["overall"].choices = Call._meta.get_field("overall").choices
        self.fields["overall"].required = True

    def clean(self):
        if self.cleaned_data.get("deviation") and not self.cleaned_data.get("deviation_note", "").strip():
            self.add_error("deviation_note", _("Say what differs."))

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}
