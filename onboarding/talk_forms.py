from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.forms import DATE
from onboarding.meeting_forms import REVISION
from onboarding.models import Decision

ROWS = forms.Textarea(attrs={"rows": 8})


class SideForm(forms.Form):
    """One's own side of a review."""

    body = forms.CharField(label=_("Your side"), max_length=8000, required=False, widget=ROWS)
    seen = forms.IntegerField(**REVISION)

    def __init__(self, *args, text, **kwargs):
        now = {"body": text.body if text else "", "seen": text.number if text else 0}
        super().__init__(*args, initial=now, **kwargs)


class AgreedForm(Explained, forms.Form):
    WHY = {
        "body": _("Both of you sign these words."),
        "expected": _("It stands beside the next review."),
    }

    body = forms.CharField(label=_("What we agree on"), max_length=8000, widget=ROWS)
    expected = forms.CharField(
        label=_("What is expected next"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen = forms.IntegerField(**REVISION)

    def __init__(self, *args, text, **kwargs):
        now = {"body": "", "expected": "", "seen": 0}
        if text:
            now = {"body": text.body, "expected": text.expected, "seen": text.number}
        super().__init__(*args, initial=now, **kwargs)
        self.explain()


class DecisionForm(Explained, forms.Form):
    WHY = {
        "until": _("Only for an extension. Look into the contract and the law of the country first."),
        "reason": _("For yourselves. The new colleague never reads it here."),
    }

    what = forms.ChoiceField(
        label=_("What did you decide?"), choices=Decision.What.choices, widget=forms.RadioSelect
    )
    until = forms.DateField(label=_("Until"), widget=DATE, required=False, validators=[likely_day])
    reason = forms.CharField(label=_("Why?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.IntegerField(**REVISION)

    def __init__(self, *args, newest, **kwargs):
        now = {"seen": 0}
        if newest:
            now = {"what": newest.what, "until": newest.until, "reason": newest.reason, "seen": newest.number}
        super().__init__(*args, initial=now, **kwargs)
        self.explain()


class TellForm(forms.Form):
    words = forms.CharField(
        label=_("What you tell them"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Better said in person first. They read the decision and these words, never your reason."
        ),
    )
