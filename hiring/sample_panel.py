"""How far the work sample of one person is, for their page: the status first, then what people saw in it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from accounts import notices, undoing
from hiring import samples, samples_rating
from hiring.models import Outcome, Stage, WorkSample


def context(member, application, *, requirements=None) -> dict:
    """Two queries at the most, none where there is no sample."""
    if application.stage == Stage.CV:
        return {"sample": None, "sample_offered": False}
    sample = _standing(application)
    can = application.outcome == Outcome.ACTIVE and application.stage != Stage.HIRED
    if sample is None:
        return {"sample": None, "sample_offered": can and member.is_boss}
    ratings = samples_rating.opened(sample, member) if sample.finished_at else []
    return {
        "sample": sample,
        "sample_offered": False,
        "sample_after": after(sample),
        "sample_undo": undo_address(sample, member),
        "sample_ratings": ratings,
        "sample_means": lines(ratings),
    }


def exists() -> Exists:
    """For a query of applications: is there a sample? Then a page without one need not ask again."""
    return Exists(WorkSample.objects.standing().filter(application=OuterRef("pk")))


def _standing(application) -> WorkSample | None:
    if not getattr(application, "has_sample", True):
        return None
    return WorkSample.objects.filter(application=application).standing().first()


def after(sample) -> str:
    """ "2 days": how long after it was asked for. Nothing else is told of the applicant's time."""
    return timesince(sample.sent_at, sample.finished_at, depth=1) if sample.finished_at else ""


def undo_address(sample, member) -> str:
    """Of the sending, while its mail waits."""
    if not undoing.offered(sample, "sent", member) or sample.sent_at > timezone.now():
        return ""
    return notices.marked(reverse("hiring:samples_take_back", args=[sample.job_id]), sample.batch)


def lines(ratings) -> list[dict]:
    """Each criterion with its anchors, the mean and how many levels made it."""
    found = samples_rating.means(ratings)
    return [{"criterion": row, "mean": found[row.key][0], "n": found[row.key][1]} for row in samples.CRITERIA]
