"""A field of the application form for each kind of question. None of them is ever required."""

from django import forms
from django.utils.translation import gettext as _

from hiring import answers, hours, hours_words
from hiring.hours_field import HoursField
from hiring.models import QuestionKind as Kind
from vault import files

RADIOS = 7  # more options than these go into one list to open


def field(question) -> forms.Field:
    made = _FIELDS[question.kind](question)
    made.required, made.widget.is_required = False, False
    made.label = str(question.label)
    made.help_text = " ".join(filter(None, [question.hint, _limits(question), str(made.help_text)]))
    return made


def _text(question):
    return forms.CharField(max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


def _line(question):
    return forms.CharField(max_length=300)


def _one(question):
    choices = [(option["key"], option["text"]) for option in question.offered]
    if len(choices) <= RADIOS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", _("Please choose")), *choices])


def _several(question):
    choices = [(option["key"], option["text"]) for option in question.offered]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)


def _number(question):
    return forms.DecimalField(
        max_digits=12,
        decimal_places=2,
        min_value=_end(question.least),
        max_value=_end(question.most),
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )


def _end(number):
    """50 where the database says 50.00: the browser and the sentence beside the field repeat it."""
    return int(number) if number is not None and number == int(number) else number


def _date(question):
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _file(question):
    help_text = _("PDF, Word, OpenDocument or plain text, up to 10 MB.")
    return files.FileField(purpose=f"answer:{question.pk}", help_text=help_text)


def _hours(question):
    made = HoursField()
    made.widget.needed = hours_words.needed(hours.from_text(question.job.cover_hours))
    return made


_FIELDS = {
    Kind.TEXT: _text,
    Kind.LINE: _line,
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.FILE: _file,
    Kind.HOURS: _hours,
}


def _limits(question) -> str:
    """Unit and range of a number, in a sentence."""
    if question.kind != Kind.NUMBER:
        return ""
    said = {"least": _bare(question.least), "most": _bare(question.most), "unit": question.unit}
    if question.least is not None and question.most is not None:
        return (_("From %(least)s to %(most)s %(unit)s.") % said).replace(" .", ".")
    if question.least is not None:
        return (_("%(least)s %(unit)s or more.") % said).replace("  ", " ")
    if question.most is not None:
        return (_("%(most)s %(unit)s or less.") % said).replace("  ", " ")
    return _("In %(unit)s.") % said if question.unit else ""


def _bare(number):
    return number if number is None else answers.bare(number)


class Asking:
    """A form with the extra questions: `ask()` in its __init__, then their fields, and what was said to them."""

    def ask(self, questions, given=None):
        """`given` {question's number: Answer} of who has answered before."""
        self.questions, given = questions, given or {}
        for question in questions:
            made = self.fields[self.name_of(question)] = field(question)
            made.initial = answers.initial(given.get(question.pk), question)
            kept = given.get(question.pk)
            if question.kind == Kind.FILE and kept and kept.file:
                made.help_text = _("You sent %(name)s. Choose another to replace it.") % {"name": kept.text}

    @staticmethod
    def name_of(question) -> str:
        return f"question-{question.pk}"

    def question_fields(self):
        return [self[self.name_of(question)] for question in self.questions]

    @property
    def answers(self) -> dict:
        return {question: self.cleaned_data[self.name_of(question)] for question in self.questions}

    def unanswered(self) -> list[str]:
        """Labels of the questions left empty; of a valid form. No is an answer, and so is nought."""
        return [str(question.label) for question, said in self.answers.items() if said in answers.EMPTY]

    def typed_answers(self) -> list[tuple[str, str]]:
        """(label, words) of what was answered in words, to be copied when the form came too late."""
        texts = [q for q in self.questions if q.kind in answers.IN_WORDS]
        found = [(q.label, self[self.name_of(q)].value()) for q in texts]
        return [(label, text) for label, text in found if text]
