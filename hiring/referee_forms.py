"""What applicants and referees type behind their links."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hiring import referees_asked, reference_script, written_references
from hiring.forms import area
from hiring.models import Referee, WrittenReference
from hiring.models.references import Again
from hiring.referees import is_used

WORDS = 2_000  # of one answer
DIGITS = 5


def phone(text: str) -> str:
    if text and sum(char.isdigit() for char in text) < DIGITS:
        raise forms.ValidationError(_("This does not look like a phone number. You may leave it out."))
    return text


# -- the applicant


class NamedForm(forms.ModelForm):
    """One person we may ask. Of somebody who was asked already only the tick can be changed."""

    ok = forms.BooleanField(label=gettext_lazy("You may ask this person about me"), required=False)
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Referee
        fields = ["name", "kind", "relation", "email", "phone", "since", "until"]
        labels = {
            "name": pgettext_lazy("of a person", "Name"),
            "kind": gettext_lazy("Who are they to you?"),
            "relation": gettext_lazy("Where did you work together?"),
            "email": gettext_lazy("Their e-mail"),
            "phone": gettext_lazy("Their phone"),
            "since": gettext_lazy("From (month and year)"),
            "until": gettext_lazy("Until (month and year)"),
        }

    def __init__(self, *args, referee=None, **kwargs):
        initial = {"pk": referee.pk, "ok": referee.may_be_asked} if referee else {}
        super().__init__(*args, instance=referee, initial=initial, **kwargs)
        self.referee = referee
        self.used = bool(referee) and is_used(referee)
        self.fields["name"].required = False
        self.fields["kind"].choices = [("", "---------"), *OWN_KINDS]
        if self.used:
            for name in self._meta.fields:
                del self.fields[name]

    def clean_phone(self):
        return phone(self.cleaned_data["phone"])

    def clean(self):
        if self.used:
            return
        data = self.cleaned_data
        typed = [name for name in self._meta.fields if data.get(name)]
        if typed and not data.get("name", "") and not self.referee and "name" not in self.errors:
            self.add_error("name", _("Who is it?"))
        reached = data.get("email") or data.get("phone") or {"email", "phone"} & set(self.errors)
        if data.get("name") and not reached:
            self.add_error("email", _("An e-mail address or a phone number, so that we can reach them."))

    def _post_clean(self):
        """The row is written by hiring.referees_asked; here it only gives what stands in the fields."""

    @property
    def said_fields(self) -> list:
        return [self[name] for name in self._meta.fields if name in self.fields]

    @property
    def row(self) -> referees_asked.Row:
        values = {name: self.cleaned_data.get(name, "") for name in self._meta.fields if name in self.fields}
        return referees_asked.Row(self.referee and self.referee.pk, values, self.cleaned_data["ok"])


OWN_KINDS = (
    ("manager", pgettext_lazy("to the applicant", "My manager")),
    ("colleague", pgettext_lazy("to the applicant", "A colleague")),
    ("customer", pgettext_lazy("to the applicant", "A customer")),
    ("other", pgettext_lazy("to the applicant", "Somebody else")),
)


class NamedForms:
    """Up to four lines, of those who are there first; `data` as it was posted.

    Who was named elsewhere meanwhile stands among them as they are: a page that did not show them says nothing of them.
    """

    def __init__(self, application, data=None):
        there = referees_asked.shown(application)
        blank = referees_asked.MOST if data is not None else max(referees_asked.MOST - len(there), 0)
        self.forms = [self._known(referee, data) for referee in there]
        self.forms += [NamedForm(data, prefix=f"rnew{n}") for n in range(blank)]
        self.seen = _number(data.get("seen", "")) if data is not None else application.referees_asked.revision

    @staticmethod
    def _known(referee, data):
        prefix = f"r{referee.pk}"
        shown = data is not None and f"{prefix}-pk" in data
        return NamedForm(data if shown else None, referee=referee, prefix=prefix)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms if form.is_bound)

    @property
    def rows(self) -> list[referees_asked.Row]:
        return [form.row for form in self.forms if form.is_bound]

    @property
    def says_nothing(self) -> bool:
        """Of valid ones: nobody is named, and nobody was."""
        there = any(form.referee for form in self.forms)
        return not (there or any(row.values.get("name") for row in self.rows))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


# -- the referee


class WrittenForm(forms.Form):
    """The questions, each of them may be left out; one word at least."""

    again = forms.ChoiceField(choices=Again, required=False, widget=forms.RadioSelect)

    def __init__(self, *args, written, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = written_references.worded(written)
        for key, question in self.questions:
            self.fields[key] = forms.CharField(
                label=question, max_length=WORDS, required=False, widget=area(3)
            )
        self.fields["again"].label = reference_script.again(written.referee.kind)
        self.fields["again"].choices = Again.choices
        self.order_fields([key for key, _question in self.questions])

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Write to at least one of the questions before you send it."))

    @property
    def question_fields(self) -> list:
        return [self[key] for key, _question in self.questions]

    def values(self) -> dict:
        answers = {key: self.cleaned_data[key] for key, _question in self.questions if self.cleaned_data[key]}
        return {"answers": answers, "again": self.cleaned_data["again"]}


class TalkForm(forms.ModelForm):
    class Meta:
        model = WrittenReference
        fields = ["phone", "when"]
        labels = {
            "phone": gettext_lazy("Your phone number"),
            "when": gettext_lazy("When does it suit you?"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = True

    def clean_phone(self):
        return phone(self.cleaned_data["phone"])

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}
