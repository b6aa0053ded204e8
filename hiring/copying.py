"""A job's words taken down and written out again: as another job, or as a template of the shop.

Never people, days that have passed, addresses, links or anything that happened: only what somebody would type again.
"""

from secrets import token_hex

from django.db import models, transaction
from django.utils.timezone import localdate

from accounts import deleting, zones
from hiring.models import Job, JobMember, JobTemplate, Question, Requirement
from vault import trail

FIELDS = (
    "title", "language", "hours_week", "employment_type", "place", "city", "region", "country", "good_at", "also_helps",
    "summary", "about_company", "responsibilities", "why_us", "how_to_apply", "benefits", "pay_min", "pay_max",
    "currency", "pay_period", "cover_hours", "answer_by", "hide_names", "words_left",
)  # fmt: skip
ROWS = {"requirements": Requirement, "questions": Question}


def taken_down(job) -> dict:
    """What a copy of the job needs, as values that JSON keeps."""
    content = {"fields": {name: getattr(job, name) for name in FIELDS}}
    for name, model in ROWS.items():
        rows = model.objects.filter(job=job, retired_at=None).order_by("position", "pk")
        content[name] = [_of_row(row) for row in rows]
    return content


def _of_row(row) -> dict:
    """Every column that is about the text, also those that are added to the model later."""
    return {field.name: getattr(row, field.name) for field in _columns(type(row))}


def _columns(model):
    own = {"id", "created_at", "retired_at"}
    columns = model._meta.concrete_fields
    return [field for field in columns if not field.is_relation and field.name not in own]


@transaction.atomic
def write_out(content: dict, *, company, by) -> Job:
    """A draft with these words. What the models do not know (any more) is left out."""
    job = Job.objects.create(
        company=company,
        slug=f"draft-{token_hex(6)}",  # until it is published nobody can open the address
        created_by=by,
        **_known(Job, FIELDS, content.get("fields", {}), company),
    )
    JobMember.objects.create(company=company, job=job, membership=by)
    for name, model in ROWS.items():
        columns = [field.name for field in _columns(model)]
        rows = [_known(model, columns, row, company) for row in content.get(name, [])]
        model.objects.bulk_create(model(company=company, job=job, **row) for row in rows)
    _record("job.drafted", job, by)
    return job


def _known(model, names, values, company) -> dict:
    """JSON keeps numbers and days as text. A day that has passed is left empty."""
    found = {name: _value(model._meta.get_field(name), values[name]) for name in names if name in values}
    day = found.get("answer_by")
    if day and day < localdate(timezone=zones.named(company.timezone)):
        found["answer_by"] = None
    return found


def _value(field, value):
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def copy(job, *, by) -> Job:
    """Another draft with the same words."""
    return write_out(taken_down(job), company=job.company, by=by)


# -- templates


@transaction.atomic
def save_template(job, *, name: str, by) -> JobTemplate:

    content = taken_down(job)
    content["fields"]["answer_by"] = None  # a day belongs to one hiring
    row = JobTemplate.objects.create(company_id=job.company_id, name=name, content=content, created_by=by)
    _record("job_template.saved", row, by)
    return row


def use_template(template, *, company, by) -> Job:
    return write_out(template.content, company=company, by=by)


@transaction.atomic
def rename_template(template, *, name: str, by) -> None:
    if template.name != name:
        template.name = name
        template.save(update_fields=["name"])
        _record("job_template.renamed", template, by)


@transaction.atomic
def delete_template(template, *, by) -> None:
    deleting.stamp(template, by=by)
    template.save(update_fields=deleting.STAMP)
    _record("job_template.deleted", template, by)


@transaction.atomic
def put_back_template(template, *, by) -> None:
    deleting.stamp(template, by=None)
    template.save(update_fields=deleting.STAMP)
    _record("job_template.put_back", template, by)


def _record(action, row, by):
    kind = "job" if isinstance(row, Job) else "job_template"
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind=kind, pk=row.pk)
