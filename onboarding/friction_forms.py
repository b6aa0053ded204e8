"""Forms of what customers say."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.why import Explained
from onboarding.library_forms import REVISION, rows
from onboarding.models import Friction, Heard, Mending

FIX = {"label": _("How it could be mended"), "max_length": 1000, "required": False, "widget": rows(2)}


class FrictionForm(Explained, forms.Form):
    WHY = {
        "example": _("Leave names, addresses and order numbers out."),
        "fix": _("An idea is enough; it need not be finished."),
    }

    kind = forms.ChoiceField(choices=Heard.choices, initial=Heard.STUMBLE, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("What is it, in a sentence?"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    example = forms.CharField(
        label=_("What did somebody write?"), max_length=1000, required=False, widget=rows(2)
    )
    fix = forms.CharField(**FIX)
    mark = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain()


class WordsOfFrictionForm(forms.ModelForm):
    seen = forms.IntegerField(**REVISION)

    class Meta:
        model = Friction
        fields = ["body", "fix"]
        widgets = {"body": forms.TextInput(attrs={"dir": "auto"}), "fix": rows(3)}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["seen"] = instance.revision


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Where it stands"), choices=Mending.choices)
    note = forms.CharField(label=pgettext_lazy("beside a status", "Note"), max_length=300, required=False)
