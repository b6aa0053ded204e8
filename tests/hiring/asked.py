"""Questions of each kind, for tests."""

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from hiring import applying, questions
from hiring.models import Question

KINDS = {
    "text": {},
    "line": {},
    "one": {"options": ["E-mail", "Chat"]},
    "several": {"options": ["Mon", "Tue", "Wed"]},
    "number": {"unit": "years", "least": 0, "most": 50},
    "date": {},
    "file": {},
    "hours": {},
}


def ask(job, by, *kinds, **fields) -> list[Question]:
    """One question of each kind, after those the job has."""
    return [questions.add(job, text=f"A {kind}?", kind=kind, by=by, **KINDS[kind] | fields) for kind in kinds]


def file(name="sample.txt", text="Dear customer, your parcel is on its way. "):
    return SimpleUploadedFile(name, (text * 9).encode())


def said(question):
    """As the form's field cleans it."""
    keys = [option["key"] for option in question.offered]
    return {
        "text": "In words",
        "line": "A line",
        "one": keys[:1] and keys[0],
        "several": keys[:2],
        "number": Decimal(3),
        "date": date(2027, 1, 11),
        "file": file(),
        "hours": "1000000",
    }[question.kind]


WORDS = {
    "text": "In words",
    "line": "A line",
    "one": "E-mail",
    "several": "Mon\nTue",
    "number": "3 years",
    "date": "Jan. 11, 2027",
    "file": "sample.txt",
    "hours": "Mon: mornings",
}


def posted(question):
    """As a browser sends it."""
    value = said(question)
    return {"date": "2027-01-11", "hours": ["mo-morning"], "number": "3"}.get(question.kind, value)


def apply(job, given=None, **more):
    """An application by the form with these answers."""
    person = {"name": "Ann Applicant", "email": "ann@mail.example", "phone": ""}
    person |= more.pop("person", {})
    return applying.apply(job, person=person, answers=given or {}, key=more.pop("key", "k" * 32), **more)
