"""Rating work samples: one's own draft, handing it in, amendments. The pattern of scorecards (hiring.judging)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import sample_counts, sample_telling, samples
from hiring.judging import locked
from hiring.models import SampleRating
from hiring.pipeline import Refused
from vault import trail

VALUES = (*samples.KEYS, "answered", "note")


@transaction.atomic
def save(sample, *, by, values: dict, submit: bool = False) -> SampleRating:
    """Keeps one's own draft, and hands it in when `submit`; after that, saving begins an amendment: a new version.

    `values`: a SampleLevel or "" for each of samples.KEYS, answered, note. Raises Refused for a sample that is not
    in, or without a level for each of the four.
    """
    if sample.finished_at is None or sample.cancelled_at:
        raise Refused(_("This sample has not come in."))
    rating = _my_draft(sample, by)
    _remember(rating, by, submit)
    for name in VALUES:
        setattr(rating, name, values[name])
    if submit:
        if not all(getattr(rating, key) for key in samples.KEYS):
            raise Refused(_("Choose a level for each of the four before you hand it in."))
        rating.submitted_at = timezone.now()
    rating.save()
    if submit:
        sample_telling.rated(sample)
    _trail("sample.rated" if submit else "sample.rating_saved", sample, by)
    return rating


def _remember(rating, by, submit):
    """A draft can be taken back; what was handed in is corrected by a new version, never changed."""
    if submit:
        rating.undoable, rating.undo_until = {}, None
        return
    before = {name: getattr(rating, name) for name in VALUES} if rating.pk else {}
    undoing.remember(rating, "rating", before, by=by)


@transaction.atomic
def take_back(sample, mark: str, *, by) -> None:
    """The last keeping of one's own draft. Raises undoing.Refused."""
    locked(sample.application)
    rating = SampleRating.objects.filter(sample=sample, rater=by, submitted_at=None).first()
    if rating is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    taken = undoing.take(rating, mark, by=by)
    if not taken.values:
        rating.delete()
    else:
        for name, value in taken.values.items():
            setattr(rating, name, value)
        rating.save()
    _trail("sample.rating_taken_back", sample, by)


def _my_draft(sample, by) -> SampleRating:
    """One's draft, locked behind the application, so that two tabs do not make two."""
    locked(sample.application)
    mine = SampleRating.objects.filter(sample=sample, rater=by)
    if draft := mine.filter(submitted_at=None).first():
        return draft
    newest = mine.aggregate(n=Max("version"))["n"] or 0
    return SampleRating(company_id=sample.company_id, sample=sample, rater=by, version=newest + 1)


def mine(sample, member) -> SampleRating | None:
    """One's draft, else the newest one handed in."""
    return SampleRating.objects.filter(sample=sample, rater=member).order_by("-version").first()


def opened(sample, member) -> list[SampleRating]:
    """What everybody handed in, once one's own is in; nothing before. One query."""
    rows = SampleRating.objects.filter(sample=sample).latest().select_related("rater").order_by("pk")
    found = list(rows.visible_to(member))
    return found if any(row.rater_id == member.pk for row in found) else []


def means(ratings) -> dict[str, tuple[float | None, int]]:
    """{criterion: (mean, how many levels it is made of)}; "no evidence" counts in neither."""
    return {key: sample_counts.mean([getattr(row, key) for row in ratings]) for key in samples.KEYS}


def _trail(action, sample, by):
    trail.record(
        action,
        company_id=sample.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=sample.application_id,
    )
