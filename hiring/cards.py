"""Scorecards: one's own draft, handing it in, amendments; others' cards open when one's own is in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import drafting, interview_times
from hiring.judging import locked, requirements
from hiring.models import CardAnswer, Rating, Scorecard
from hiring.overwriting import to_take_back
from hiring.pipeline import Refused
from vault import trail


class Changed(Exception):
    """Kept or handed in somewhere else since the form was opened. `row` is as it is now, None when it is gone."""

    def __init__(self, row):
        self.row = row
        super().__init__(stamp(row))


@transaction.atomic
def save(
    application, *, by, values: dict, submit: bool = False, seen: str | None = None, typing: bool = False
) -> Scorecard:
    """Keeps one's own draft, and hands it in when `submit`.

    `values`: recommendation, trust, ratings {requirement pk: (level or None, note)}; a requirement that is left
    out is not rated yet, None is "no evidence". May have `words` {requirement pk: note} for notes without a level,
    `answers` {(requirement pk, code): (question, note)} and `reason`, a WhyAmended. After handing in, saving begins
    an amendment: a new version, which needs a reason before it is handed in. `seen` is the `stamp` the form was made
    from, None when it says nothing; `typing`: it was kept by itself.
    Raises Changed, and Refused before the interview has begun, for a note without a level, without a recommendation.
    """
    card = _my_draft(application, by, seen)
    fresh = card.pk is None
    _remember(card, by, submit, typing)
    card.recommendation, card.trust = values["recommendation"], values["trust"]
    card.reason = values.get("reason", "") if card.version > 1 else ""
    card.rubric_version = application.job.rubric_version
    if submit:
        _may_submit(application, card, values)
        card.submitted_at = timezone.now()
    card.revision, card.kept_at = card.revision + 1, timezone.now()
    card.save()
    _write(card, values)
    if submit or fresh or not typing:
        _trail("scorecard.submitted" if submit else "scorecard.saved", card, by)
    return card


def _remember(card, by, submit, typing):
    """A draft can be taken back; what was handed in is corrected by a new version, never changed."""
    if submit:
        card.undoable, card.undo_until = {}, None
        return
    drafting.remember(card, "card", _now(card) if card.pk else {}, by=by, typing=typing)


def _now(card) -> dict:
    ratings = [[row.requirement_id, row.level, row.note, row.unrated] for row in card.ratings.all()]
    answers = [[row.requirement_id, row.code, row.question, row.note] for row in card.answers.all()]
    kept = {"recommendation": card.recommendation, "trust": card.trust, "reason": card.reason}
    return kept | {"ratings": ratings, "answers": answers}


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last keeping of one's own draft. Raises undoing.Refused."""
    locked(application)
    card = to_take_back(Scorecard, application=application, interviewer=by, submitted_at=None)
    before = undoing.take(card, mark, by=by).values
    if not before:
        card.delete()
    else:
        card.recommendation, card.trust, card.reason = (
            before["recommendation"],
            before["trust"],
            before["reason"],
        )
        card.revision, card.kept_at = card.revision + 1, timezone.now()
        card.save()
        _write(card, _values(before))
    _trail_of(application, "scorecard.taken_back", by)


def _values(before) -> dict:
    return {
        "ratings": {pk: (level, note) for pk, level, note, unrated in before["ratings"] if not unrated},
        "words": {pk: note for pk, _level, note, unrated in before["ratings"] if unrated},
        "answers": {(pk, code): (question, note) for pk, code, question, note in before["answers"]},
    }


def _my_draft(application, by, seen) -> Scorecard:
    """One's draft, locked behind the application, so that two tabs do not make two. Raises Changed."""
    locked(application)
    newest = mine(application, by)
    if seen is not None and stamp(newest) != seen:
        raise Changed(newest)
    if newest and newest.is_draft:
        return newest
    return Scorecard(
        company_id=application.company_id,
        application=application,
        interviewer=by,
        version=newest.version + 1 if newest else 1,
    )


def _may_submit(application, card, values):
    if interview_times.not_begun(interview_times.of(application)):
        raise Refused(_("The interview has not begun: hand the scorecard in afterwards."))
    if not card.recommendation:
        raise Refused(_("Choose a recommendation before you hand it in."))
    if values.get("words"):
        raise Refused(_("Choose a level for each note, or “No evidence”."))
    if card.version > 1 and not card.reason:
        raise Refused(_("Say why you change what you handed in."))


def _write(card, values: dict):
    """Ratings and answers as they are said now, of requirements that are on the job's list."""
    known = set(requirements(card.application).values_list("pk", flat=True))
    ratings = {pk: (level, note, False) for pk, (level, note) in values["ratings"].items()}
    ratings |= {pk: (None, note, True) for pk, note in values.get("words", {}).items()}
    mine = {"company_id": card.company_id, "scorecard": card}
    card.ratings.all().delete()
    Rating.objects.bulk_create(
        Rating(requirement_id=pk, level=level, note=note, unrated=unrated, **mine)
        for pk, (level, note, unrated) in ratings.items()
        if pk in known
    )
    card.answers.all().delete()
    CardAnswer.objects.bulk_create(
        CardAnswer(requirement_id=pk, code=code, question=question, note=note, **mine)
        for (pk, code), (question, note) in values.get("answers", {}).items()
        if pk in known and note
    )


# -- reading


def mine(application, member) -> Scorecard | None:
    """One's draft, else the newest one handed in."""
    rows = Scorecard.objects.filter(application=application, interviewer=member)
    return rows.order_by("-version").first()


def opened(application, member) -> list[Scorecard]:
    """The newest that each of the others handed in, once one's own is in; nothing before. Three queries."""
    rows = Scorecard.objects.filter(application=application).latest().visible_to(member)
    rows = rows.exclude(interviewer=member).select_related("interviewer").order_by("pk")
    return list(rows.prefetch_related("ratings", "answers"))


def closed(application, member) -> bool:
    """Whether colleagues handed in cards that this member does not see yet."""
    rows = Scorecard.objects.filter(application=application).submitted().exclude(interviewer=member)
    seen = Scorecard.objects.visible_to(member).values("pk")
    return rows.exclude(pk__in=seen).exists()


def stamp(card) -> str:
    """What a form remembers of the card it was filled from."""
    return card.stamp if card else ""


def _trail_of(application, action, by):
    trail.record(
        action, company_id=application.company_id, actor_id=by.user_id, kind="application", pk=application.pk
    )


def _trail(action, card, by):
    _trail_of(card.application, action, by)
