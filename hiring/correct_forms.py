"""What an applicant may put right behind their link."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.why import Explained
from hiring import corrections
from hiring.answer_fields import Asking
from hiring.apply_forms import PersonForm


class CorrectForm(Explained, Asking, PersonForm):
    """One's own details, the answers, and CV or letter where there was none."""

    WHY = {"email": gettext_lazy("A new address gets a mail with a new link to this page.")}
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args, application, questions, given, **kwargs):
        super().__init__(*args, job=application.job, **kwargs)
        self.application = application
        self.addable = corrections.addable(application)
        for name in {"cv", "cv_text", "letter", "cover_letter"} - set(self.addable):
            del self.fields[name]
        for name in corrections.OWN:
            self.fields[name].initial = getattr(application, name)
        self.fields["email"].required = bool(application.email)
        self.fields["seen"].initial = corrections.stamp(application)
        self.ask(questions, given)
        self.explain()

    @property
    def own(self) -> dict:
        """Words; files are `uploads`."""
        names = {*corrections.OWN, "cv_text", "cover_letter"} & set(self.fields)
        return {name: self.cleaned_data[name] for name in sorted(names)}

    @property
    def uploads(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("cv", "letter") if name in self.fields}

    def touched(self) -> dict:
        """Answers that differ from what stood there."""
        changed = set(self.changed_data)
        return {
            question: said for question, said in self.answers.items() if self.name_of(question) in changed
        }

    def brought(self):
        return [self[name] for name in ("cv", "cv_text", "cover_letter", "letter") if name in self.fields]
