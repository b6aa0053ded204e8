"""What an act on several people still has to know: asked once, for all of them. `said()` is what the act keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership
from accounts.typed import likely_day
from hiring import rules
from hiring.forms import TO_THEIR_FACE, AssignForm, area
from hiring.models import Reason, Told


class LaterForm(forms.Form):
    """Nothing to ask."""

    def __init__(self, *args, team=(), asks=(), **kwargs):
        super().__init__(*args, **kwargs)

    def said(self) -> dict:
        return dict(self.cleaned_data)


class ForwardForm(LaterForm):
    """One chip for each question that a step may ask; left open, those whom it concerns stay where they are."""

    def __init__(self, *args, asks: list[rules.Ask] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = [ask.code for ask in asks]
        for ask in asks:
            chips = [(code, label) for code, label in ask.chips]
            self.fields[f"ask_{ask.code}"] = forms.ChoiceField(
                label=ask.text, choices=[("", _("Leave them where they are")), *chips], required=False
            )
        if asks:
            self.fields["text"] = forms.CharField(
                label=_("In your words (may stay empty)"), required=False, max_length=1_000
            )

    def said(self) -> dict:
        answers = {code: chip for code in self.asked if (chip := self.cleaned_data[f"ask_{code}"])}
        return {"answers": answers, "text": self.cleaned_data.get("text", "")}


class RefuseForm(LaterForm):
    """One reason about the job for all, and how they hear of it."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Reason)
    text = forms.CharField(
        label=_("In your words, for each of them"), required=False, max_length=1_000, widget=area(2),
        help_text=TO_THEIR_FACE,
    )  # fmt: skip
    tell = forms.ChoiceField(label=_("How do they hear of it?"), choices=Told, widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why no message?"), required=False, max_length=500)
    phone = forms.BooleanField(label=_("Whoever has no e-mail address is told by phone"), required=False)

    def clean(self):
        if self.cleaned_data.get("tell") == Told.NONE and not self.cleaned_data.get("why", "").strip():
            self.add_error("why", _("Say why no message goes out."))


class ShowForm(LaterForm):
    membership = AssignForm.base_fields["membership"]

    def __init__(self, *args, team=(), **kwargs):
        super().__init__(*args, **kwargs)
        interviewers = AssignForm(team=team).interviewers
        _offer(self.fields["membership"], interviewers)
        self.fields["membership"].label = _("Show these people to")

    def said(self) -> dict:
        return {"member": self.cleaned_data["membership"].pk}


class StepForm(LaterForm):
    what = forms.CharField(label=_("next step"), max_length=200)
    on = forms.DateField(
        label=_("on"), required=False, validators=[likely_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    who = forms.ModelChoiceField(
        label=pgettext_lazy("who does the next step", "who"),
        required=False,
        queryset=Membership.objects.none(),
    )

    def __init__(self, *args, team=(), **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["who"], team)

    def said(self) -> dict:
        data = self.cleaned_data
        who, on = data["who"], data["on"]
        return {"what": data["what"], "on": on.isoformat() if on else "", "who": who.pk if who else None}


def _offer(field, members):
    """Choices from people at hand; a posted one is looked up among them."""
    field.queryset = Membership.objects.filter(pk__in=[member.pk for member in members])
    field.choices = [("", "---------"), *((member.pk, str(member)) for member in members)]
