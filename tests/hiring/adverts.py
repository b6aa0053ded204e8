"""Jobs as the editor makes them, and forms as a browser sends them."""

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import localdate

from hiring import adverts, questions
from hiring.job_forms import Editor
from hiring.models import Job

BLANKS = {
    "about_company": "We sell tea.",
    "why_us": "Your ideas count.",
    "pay_min": Decimal("13.50"),
    "pay_max": Decimal("16.00"),
    "city": "Turku",
}


def make_draft(by, **fields):
    """A draft as "Start hiring" makes it; `fields` are set on top."""
    job = adverts.draft(company=by.company, by=by, hours=20)
    for name, value in fields.items():
        setattr(job, name, value)
    job.save()
    return job


def make_published(by, **fields):
    """A job on the air with every blank filled in."""
    answer_by = localdate() + timedelta(days=30)
    job = make_draft(by, **({"answer_by": answer_by} | BLANKS | fields))
    return adverts.publish(job, by=by)


def typed(job, **changes) -> dict:
    """What the editor posts when only `changes` were typed."""
    data = {}
    for form in Editor(job).forms:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else str(value)
    return data | {"seen": str(Job.objects.get(pk=job.pk).revision)} | changes


SAID = {"hours": ["mo-morning", "tu-morning"]}  # to questions that take no words


def address(job, name="apply") -> str:
    return reverse(f"careers:{name}", args=[job.company.slug, job.slug])


def application(job, **changes) -> dict:
    """A complete application as the form posts it."""
    data = {
        "name": "Ann Applicant",
        "email": "ann@mail.example",
        "phone": "",
        "cv_text": "Two years in a tea shop.",
        "cover_letter": "I like your tea.",
        "key": "k" * 32,
    }
    data |= {
        f"question-{question.pk}": SAID.get(question.kind, "Mornings.") for question in questions.asked(job)
    }
    return data | changes
