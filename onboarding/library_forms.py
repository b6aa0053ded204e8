"""Forms of the example library and of the tone."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.why import Explained
from onboarding import library
from onboarding.models import Example, Situation, Tone

OTHER = pgettext_lazy("situation", "Something else")
REVISION = {"required": False, "min_value": 0, "max_value": 2**31 - 1, "widget": forms.HiddenInput}


def rows(n) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": n, "dir": "auto"})


class ExampleForm(Explained, forms.ModelForm):
    WHY = {
        "situation": _("Whoever meets the same finds it there."),
        "message": _("Leave names, addresses and order numbers out."),
        "why": _("The thought is worth more than the words: one sentence is enough."),
    }

    situation = forms.ChoiceField(
        label=_("Situation"), choices=[("", OTHER), *Situation.choices], required=False
    )
    seen = forms.IntegerField(**REVISION)

    class Meta:
        model = Example
        fields = ["situation", "topic", "channel", "language", "message", "reply", "why"]
        widgets = {"message": rows(5), "reply": rows(9), "why": rows(2)}

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, initial=library.shown(row) | {"seen": row.revision}, **kwargs)
        for name in ("message", "reply"):
            self.fields[name].required = True
        self.fields["language"].choices = [("", _("Any language")), *self.fields["language"].choices[1:]]
        self.explain()

    def clean(self):
        data = super().clean()
        if not data.get("situation") and not data.get("topic") and "topic" not in self.errors:
            self.add_error("topic", _("Say in a few words what it is about."))
        return data


class ToneForm(Explained, forms.ModelForm):
    WHY = {
        "says": _("A word or a sentence per line, such as “Thank you for telling us”."),
        "never": _("A word or a sentence per line, such as “As per our policy”."),
        "sample": _("Leave it empty, and the sample of the chosen step stands there."),
    }

    level = forms.TypedChoiceField(
        label=_("How we sound"), choices=Tone.Level.choices, coerce=int, widget=forms.RadioSelect
    )
    seen = forms.IntegerField(**REVISION)

    class Meta:
        model = Tone
        fields = ["level", "says", "never", "sample"]
        widgets = {"says": rows(4), "never": rows(4), "sample": rows(4)}

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, instance=row, **kwargs)
        self.initial["seen"] = row.revision
        self.explain()
