"""What an applicant types, and what somebody types for them."""

import re
import secrets

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts import listed
from accounts.why import Explained
from hiring import adverts, applying, consents
from hiring.answer_fields import Asking
from hiring.models import QuestionKind
from hiring.models.consents import Purpose
from vault import files

KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


class PersonForm(forms.Form):
    """Who somebody is and what they bring: the part that the public form and entering by hand share."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone (optional)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    cv = files.FileField(
        label=gettext_lazy("CV as a file"),
        help_text=gettext_lazy("PDF, Word, OpenDocument or plain text, up to 10 MB."),
        required=False,
        purpose="cv",
    )
    cv_text = forms.CharField(
        label=gettext_lazy("Or type or paste your CV"),
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cover_letter = forms.CharField(
        label=gettext_lazy("A few lines to us"),
        help_text=gettext_lazy("Why this work, and why you? Half a page is plenty."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    letter = files.FileField(
        label=gettext_lazy("Or your letter as a file"),
        help_text=gettext_lazy("PDF, Word, OpenDocument or plain text, up to 10 MB."),
        required=False,
        purpose="letter",
    )
    PERSON = ("name", "email", "phone", "cv_text", "cover_letter")

    def __init__(self, *args, job, **kwargs):
        super().__init__(*args, **kwargs)
        self.job = job
        for name in ("cv", "letter"):
            self.fields[name].purpose = f"{name}:{job.pk}"

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and sum(char.isdigit() for char in phone) < 5:
            raise forms.ValidationError(_("This does not look like a phone number. You may leave it out."))
        return phone

    @property
    def person(self) -> dict:
        """The application's own fields."""
        return {name: self.cleaned_data[name] for name in self.PERSON}


class ApplicationForm(Explained, Asking, PersonForm):
    """The public form. Extra questions, CV and letter can be left out; the page asks once whether that is meant."""

    WHY = {
        "name": gettext_lazy("So that the shop knows what to call you."),
        "email": gettext_lazy("The receipt and the answer come here."),
        "phone": gettext_lazy("For a call at a time you agree on. Mail is enough."),
        "cv": gettext_lazy("It shows what you have done."),
        "cv_text": gettext_lazy("Counts as much as a file."),
        "cover_letter": gettext_lazy("It shows how you write, which is most of the work."),
        "letter": gettext_lazy("Either is enough; with both, both are read."),
        "adjustments": gettext_lazy("So that the call is fair to you. It is never weighed."),
        "keep_longer": gettext_lazy(
            "Without it the shop deletes your application when the law's time is over."
        ),
    }

    adjustments = forms.CharField(
        label=gettext_lazy(
            "Do you need anything changed in the application or interview to do your best? (optional)"
        ),
        help_text=gettext_lazy("Only whoever arranges the calls sees this."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keep_longer = forms.BooleanField(
        label=consents.TEXTS[Purpose.KEEP],
        required=False,
    )
    # Nobody sees this field; whatever fills it in is not a person.
    website = forms.CharField(required=False, max_length=2_000)
    key = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    via = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    test = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    PERSON = (*PersonForm.PERSON, "adjustments")

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(questions)
        self.explain()

    def clean_key(self):
        """A key that is no key of ours is replaced: it only ever guards against sending twice."""
        key = self.cleaned_data["key"]
        return key if KEY.fullmatch(key) else new_key()

    @property
    def is_test(self) -> bool:
        return adverts.is_test(self.job, self.cleaned_data["test"])

    def says_else(self, application) -> bool:
        """Sent once more: does it say anything that `application`, made by it, does not? Of an invalid one too."""
        said, taken = self.cleaned_data, {"cv", "letter", *map(self.name_of, self._files_asked())}
        if set(self.errors) - taken or said["keep_longer"] != bool(application.keep_longer_until):
            return True
        return applying.says_else(
            application,
            person={name: said[name] for name in self.PERSON},
            given={q: said[self.name_of(q)] for q in self.questions if self.name_of(q) in said},
            uploads={name: said.get(name) for name in ("cv", "letter")},
        )

    def _files_asked(self):
        """Whose upload may be kept no more, because the first sending took it."""
        return [question for question in self.questions if question.kind == QuestionKind.FILE]

    def left_out(self) -> list[str]:
        """Labels of what a reader will miss; of a valid form."""
        said = self.cleaned_data
        brought = {_("Your CV"): ("cv", "cv_text"), _("A few lines to us"): ("cover_letter", "letter")}
        lacking = [label for label, names in brought.items() if not any(said[name] for name in names)]
        return lacking + self.unanswered()


def new_key() -> str:
    return secrets.token_urlsafe(24)


class ByHandForm(PersonForm):
    """Somebody met elsewhere. Without an address they are told by phone."""

    UNKNOWN = gettext_lazy("I do not know")
    IN_MY_WORDS = {"friend": gettext_lazy("Somebody I know"), "own": gettext_lazy("Came to us directly")}
    source = forms.ChoiceField(label=gettext_lazy("Where from"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", self.UNKNOWN), *self._places()]
        self.fields["email"].required = False
        self.fields["cv_text"].label = _("Or the CV as text")
        self.fields["cover_letter"].label = _("What they wrote or told")
        self.fields["cover_letter"].help_text = _(
            "Write what you would say to their face; they may ask to read it."
        )

    def _places(self):
        """Where people come from, as the shop lists its places to advertise."""
        for place in listed.shown(self.job.company, listed.CHANNEL):
            own_words = None if place.name else self.IN_MY_WORDS.get(place.key)
            yield listed.code(place), own_words or listed.name_of(place)
