"""Name, address, phone and CV of somebody who was entered by hand or brought in, put right."""

from django.db import transaction
from django.utils.translation import gettext as _

from hiring import pipeline
from hiring.models import Application
from vault import files, folding, trail

FIELDS = ("name", "email", "phone")


def may_correct(application) -> bool:
    """Who applied themselves has typed this themselves."""
    return application.entered_by_id is not None and application.erased_at is None


def correct(application, *, by, cv=None, **values) -> Application:
    """`values` are FIELDS; `cv` an upload that takes the place of the old one. Raises Refused and files.Refused."""
    stored = files.store(cv, company_id=application.company_id, actor_id=by.user_id) if cv else None
    try:
        return _correct(application, by, stored, values)
    except BaseException:
        if stored:
            files.delete(stored)
        raise


@transaction.atomic
def _correct(application, by, stored, values):
    _job, row = pipeline.lock(application)
    if not may_correct(row):
        raise pipeline.Refused(_("This person applied themselves: only they can change it."))
    new = values | ({"cv": stored} if stored else {})
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    old = row.cv if stored else None
    for name in changed:
        setattr(row, name, new[name])
    if changed:
        row.search = folding.fold(" ".join([row.name, row.email, row.phone]))
        row.sort_name = folding.sort_key(row.name)[:250]
        row.words_due = True  # what hides the name in the index of words is the name
        row.keys_due = True  # by another address it may be somebody who applied before
        row.save(update_fields=[*changed, "search", "sort_name", "words_due", "keys_due"])
        trail.record(
            "application.corrected", company_id=row.company_id, actor_id=by.user_id, kind="application",
            pk=row.pk, fields=changed,
        )  # fmt: skip
    if old:
        files.delete(old)
    return row
