"""Forms of the stages. Each gets what it needs by keyword and answers with plain values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from hiring import rules
from hiring.models import (
    Application,
    Note,
    Reason,
    Told,
)
from hiring.models.judging import Mark

TO_THEIR_FACE = _("Write what you would say to their face; they may ask to read it.")


def area(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": area(2)}
        help_texts = {"text": TO_THEIR_FACE}


class NoteEditForm(NoteForm):
    """A note again, with the revision it was read at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, note, **kwargs):
        super().__init__(*args, initial={"text": note.text, "seen": note.revision}, **kwargs)


class NextStepForm(forms.ModelForm):
    """One thing to do next, by when, by whom."""

    class Meta:
        model = Application
        fields = ["next_step", "next_step_on", "next_step_who"]
        widgets = {"next_step_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_members(self.fields["next_step_who"], team)


def team_of(company) -> list[Membership]:
    """Who may be given something to do in hiring."""
    members = Membership.objects.for_company(company).in_role(Role.OWNER, Role.MANAGER, Role.INTERVIEWER)
    return list(members.order_by("name", "pk"))


def _offer_members(field, members):
    """Choices from people at hand, without asking the database once more; a posted one is looked up among them."""
    field.queryset = Membership.objects.filter(pk__in=[member.pk for member in members])
    field.choices = [("", "---------"), *((member.pk, str(member)) for member in members)]


class AssignForm(forms.Form):
    membership = forms.ModelChoiceField(label=_("Show this person to"), queryset=Membership.objects.none())

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.interviewers = [member for member in team if member.role == Role.INTERVIEWER]
        _offer_members(self.fields["membership"], self.interviewers)


class RefusalForm(forms.Form):
    """Not selected: a reason about the job, and how they hear of it."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Reason)
    text = forms.CharField(
        label=_("In your words"), required=False, max_length=1_000, widget=area(2), help_text=TO_THEIR_FACE
    )
    tell = forms.ChoiceField(label=_("How do they hear of it?"), choices=Told, widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why no message?"), required=False, max_length=500)

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        if not application.email:
            self.fields["tell"].choices = [(Told.PHONE, Told.PHONE.label), (Told.NONE, Told.NONE.label)]

    def clean(self):
        if self.cleaned_data.get("tell") == Told.NONE and not self.cleaned_data.get("why", "").strip():
            self.add_error("why", _("Say why no message goes out."))


class WhyForm(forms.Form):
    """A reason chip with a few words: taking up again, undoing a hire."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("In your words"), required=False, max_length=1_000, widget=area(2))

    def __init__(self, *args, chips, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = chips


TAKE_UP = (
    ("mistake", _("It was a mistake")),
    ("news", _("Something new came up")),
    ("other_fell_out", _("Somebody else fell out")),
    rules.OTHER,
)


def marks_of(data, requirements) -> dict:
    """The tick-list as posted: {requirement pk: mark or ""}, for fields that were there."""
    posted = {row.pk: data.get(f"mark_{row.pk}") for row in requirements}
    return {pk: mark for pk, mark in posted.items() if mark is not None and mark in {"", *Mark.values}}
