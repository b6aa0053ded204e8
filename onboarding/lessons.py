"""What was learned for the next hire: one short text per plan, changed with both tabs in mind, and taken back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import conflicts, undoing
from onboarding import steps
from onboarding.models import Lesson
from vault import trail

FIELDS = ("keep", "change", "drop", "longest")
LEARNED = "learned"


def of(onboarding) -> Lesson:
    """What is written so far; a new row that is not saved where nothing is."""
    found = Lesson.objects.filter(onboarding=onboarding).select_related("by").first()
    return found or Lesson(company_id=onboarding.company_id, onboarding=onboarding)


def write(onboarding, *, by, seen=None, **texts) -> bool:
    """`seen` is the revision the form was made from, 0 for none. Raises conflicts.Changed."""
    if not steps.leads(by, onboarding):
        raise PermissionDenied
    with transaction.atomic():
        row, made = Lesson.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
            onboarding=onboarding,
            defaults={"company_id": onboarding.company_id, "template": _template(onboarding)},
        )
        before = {name: getattr(row, name) for name in FIELDS}
        if before == texts:
            return False
        conflicts.check(row, None if made else seen)
        undoing.remember(row, LEARNED, before, by=by)
        _save(row, texts, by, "learned", made)
    return True


def _template(onboarding):
    return onboarding.version.template if onboarding.version_id else None


def _save(row, texts, by, verb, made=False) -> None:
    for name, text in texts.items():
        setattr(row, name, text)
    row.by, row.at = by, timezone.now()
    row.revision += 0 if made else 1
    row.save(update_fields=[*texts, "by", "at", "revision", *undoing.FIELDS])
    trail.record(
        f"onboarding.{verb}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="onboarding",
        pk=row.onboarding_id,
        fields=sorted(texts),
    )


def take_back(onboarding, mark: str, *, by) -> None:
    """Raises undoing.Refused."""
    if not steps.leads(by, onboarding):
        raise PermissionDenied
    with transaction.atomic():
        rows = Lesson.objects.select_for_update(no_key=True, of=("self",))
        row = rows.filter(onboarding=onboarding).first() or Lesson(onboarding=onboarding)
        taken = undoing.take(row, mark, by=by)
        _save(row, taken.values, by, "taken_back")


def written(company):
    """Of the whole company, the newest first, without the emptied ones."""
    rows = Lesson.objects.for_company(company).exclude(keep="", change="", drop="", longest="")
    return rows.select_related("onboarding__hire", "by").order_by("-at", "-pk")
