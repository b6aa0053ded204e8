"""What somebody answered to an extra question: as a row, as words for people, and back as a form's value.

An answer keeps the kind it was given to and, for a choice, the keys of the options: another wording or another kind of
the question leaves it readable.
"""

from datetime import date
from decimal import Decimal

from django.utils import formats

from hiring import hours, hours_words
from hiring.models import QuestionKind as Kind

EMPTY = (None, "", [], ())
IN_WORDS = (Kind.TEXT, Kind.LINE)


def make(question, said) -> dict | None:
    """Fields of an Answer from the cleaned value of the question's field; None when nothing was answered.

    Words are in the language that is active: the form's.
    """
    if said in EMPTY:
        return None
    value = _VALUES.get(question.kind, _no_value)(question, said)
    made = {"kind": question.kind, "value": value, "file": said if question.kind == Kind.FILE else None}
    return made | {"text": _said(question.kind, value, question) or _plain(said)}


def _no_value(question, said) -> dict:
    return {}


def _number(question, said) -> dict:
    return {"number": str(said), "unit": question.unit}


_VALUES = {
    Kind.ONE: lambda question, said: {"keys": [said]},
    Kind.SEVERAL: lambda question, said: {"keys": list(said)},
    Kind.NUMBER: _number,
    Kind.DATE: lambda question, said: {"date": said.isoformat()},
    Kind.HOURS: lambda question, said: {"hours": said},
}


def _plain(said) -> str:
    """A text as it is; a file by its name."""
    return getattr(said, "original_name", None) or str(said)


# -- read again


def words(answer) -> str:
    """The answer for somebody to read, in the language that is active; needs `question`."""
    return _said(answer.kind, answer.value, answer.question) or answer.text


def _said(kind, value, question) -> str:
    """Empty where the text itself is all there is."""
    return _WORDS[kind](value, question) if value else ""


def _said_options(value, question) -> str:
    texts = {option["key"]: option["text"] for option in question.options}
    found = [texts.get(key) for key in value["keys"]]
    return "" if None in found else "\n".join(found)


def _said_number(value, question) -> str:
    return f"{bare(Decimal(value['number']))} {value['unit']}".strip()


def bare(number: Decimal) -> str:
    """As people write it: 5, not 5.00, and with their own comma."""
    whole = number == number.to_integral_value()
    return formats.number_format(number.quantize(Decimal(1)) if whole else number.normalize())


def _said_hours(value, question) -> str:
    return "\n".join(hours_words.said(hours.from_text(value["hours"])))


_WORDS = {
    Kind.ONE: _said_options,
    Kind.SEVERAL: _said_options,
    Kind.NUMBER: _said_number,
    Kind.DATE: lambda value, question: formats.date_format(date.fromisoformat(value["date"]), "DATE_FORMAT"),
    Kind.HOURS: _said_hours,
}


# -- in a form again


def initial(answer, question):
    """What the question's field shows of this answer; None where the question has become another kind."""
    if answer is None:
        return None
    if question.kind in IN_WORDS:
        return answer.text if answer.kind in IN_WORDS else None
    return _BACK[question.kind](answer.value) if question.kind == answer.kind and answer.value else None


_BACK = {
    Kind.ONE: lambda value: value["keys"][0],
    Kind.SEVERAL: lambda value: value["keys"],
    Kind.NUMBER: lambda value: Decimal(value["number"]),
    Kind.DATE: lambda value: date.fromisoformat(value["date"]),
    Kind.HOURS: lambda value: value["hours"],
}


# -- for the shop


def of(application) -> list:
    """The answers of an application in the order of the questions, with question and file."""
    return list(application.answers.select_related("question", "file").order_by("question__position", "pk"))
