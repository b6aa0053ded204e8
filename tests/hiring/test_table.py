"""Every pair of stage and action, allowed or refused; and any walk keeps the row and its history true."""

from contextlib import suppress
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiring import pipeline, rules
from hiring.models import Application, How, Outcome, Reason, Stage, StageMove, Told
from hiring.models.moves import MOVES, ORDER, Step, between, following, step
from hiring.pipeline import NeedsAnswers, Refused, Stale
from tests.hiring.factories import ANSWERS, make_application, make_job, make_offer

pytestmark = pytest.mark.django_db

# Written by hand, row by row: from this stage, what becomes of a move to each stage in ORDER.
TABLE = {
    "cv": ["-", "next", "skip", "skip", "skip", "-"],
    "phone": ["back", "-", "next", "skip", "skip", "-"],
    "interview": ["back", "back", "-", "next", "skip", "-"],
    "references": ["back", "back", "back", "-", "next", "-"],
    "offer": ["back", "back", "back", "back", "-", "hire"],
    "hired": ["-", "-", "-", "-", "unhire", "-"],
}


@pytest.mark.parametrize("start", ORDER)
@pytest.mark.parametrize("to", ORDER)
def test_the_table_is_the_reviewed_one(start, to):
    found = step(start, to)
    assert (found.value if found else "-") == TABLE[start][ORDER.index(to)]


def put(application, stage, outcome=Outcome.ACTIVE):
    """Placed there directly: the table is what is tested, not the way."""
    over = outcome != Outcome.ACTIVE or stage == Stage.HIRED
    Application.objects.filter(pk=application.pk).update(
        stage=stage, outcome=outcome, ended_at=timezone.now() if over else None
    )
    application.refresh_from_db()
    return application


@pytest.fixture
def application(company):
    return make_application(make_job(company))


# The database has no row that is hired and not active.
ROWS = [(s, o) for s in ORDER for o in Outcome.values if s != Stage.HIRED or o == Outcome.ACTIVE]


@pytest.mark.parametrize(("start", "outcome"), ROWS)
def test_every_move_is_made_or_refused_as_the_table_says(application, owner, start, outcome):
    for to in ORDER:
        put(application, start, outcome)
        kind = step(start, to)
        allowed = outcome == Outcome.ACTIVE and kind in {Step.NEXT, Step.SKIP, Step.BACK}
        assert moves(application, to, owner) == (to if allowed else start), (start, to)


def moves(application, to, by) -> str:
    with suppress(Refused):
        pipeline.advance(
            application, to=to, by=by, expected=application.standing, how=How.PAGE, answers=ANSWERS
        )
    return Application.objects.values_list("stage", flat=True).get(pk=application.pk)


ENDS = {
    "not_select": lambda row, by: pipeline.not_select(
        row, by=by, expected=row.standing, reason=Reason.HOURS, tell=Told.PHONE, how=How.PAGE
    ),
    "withdraw": lambda row, by: pipeline.withdraw(row, by=by, expected=row.standing, how=How.PAGE),
    "take_up": lambda row, by: pipeline.take_up(
        row, by=by, expected=row.standing, reason="news", how=How.PAGE
    ),
    "unhire": lambda row, by: pipeline.unhire(
        row, by=by, expected=row.standing, reason="no_show", how=How.PAGE
    ),
}
# What each action makes of somebody active, not selected, withdrawn; "-" is refused. Hired: see below.
AFTER = {
    "not_select": ["not_selected", "-", "-"],
    "withdraw": ["withdrawn", "-", "-"],
    "take_up": ["-", "active", "active"],
    "unhire": ["-", "-", "-"],
}


@pytest.mark.parametrize("action", ENDS)
@pytest.mark.parametrize("start", ORDER[:-1])
def test_every_end_is_made_or_refused(application, owner, action, start):
    for outcome, expected in zip(Outcome.values, AFTER[action], strict=True):
        put(application, start, outcome)
        try:
            ENDS[action](application, owner)
        except Refused:
            assert expected == "-", (start, outcome)
        application.refresh_from_db()
        assert (application.stage, application.outcome) == (start, outcome if expected == "-" else expected)


@pytest.mark.parametrize("action", ["not_select", "withdraw", "take_up"])
def test_somebody_hired_only_leaves_by_undoing_the_hire(application, owner, action):
    put(application, Stage.HIRED)
    with pytest.raises(Refused):
        ENDS[action](application, owner)


def test_forward_and_between_follow_the_order():
    assert [following(stage) for stage in ORDER] == [*ORDER[1:], None]
    assert between("cv", "offer") == ["phone", "interview", "references"]
    assert between("cv", "phone") == []
    assert set(MOVES) == set(ORDER)


STEPS = st.one_of(
    st.tuples(st.just("advance"), st.sampled_from([str(stage) for stage in ORDER])),
    st.tuples(st.sampled_from(["not_select", "withdraw", "take_up", "undo"]), st.just("")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(STEPS, min_size=1, max_size=8), answered=st.booleans())
def test_any_walk_leaves_one_true_history(company, owner, walk, answered):
    application = make_application(make_job(company))
    for action, to in walk:
        before = application.moves.count()
        made = take(application, owner, action, to, answered)
        application.refresh_from_db()
        assert application.moves.count() == before + made
        last = application.moves.latest("pk")
        assert (last.to_stage, last.to_outcome) == (application.stage, application.outcome)
        over = application.outcome != Outcome.ACTIVE or application.stage == Stage.HIRED
        assert (application.ended_at is not None) == over
    lines = list(application.moves.order_by("pk"))
    for one, other in pairwise(lines):
        assert (one.to_stage, one.to_outcome) == (other.from_stage, other.from_outcome)


def take(application, by, action, to, answered) -> bool:
    """One step of the walk; whether it was made."""
    try:
        if action == "advance":
            pipeline.advance(
                application, to=to, by=by, expected=application.standing, how=How.PAGE,
                answers=ANSWERS if answered else {},
            )  # fmt: skip
        elif action == "undo":
            pipeline.undo(application.moves.latest("pk"), by=by)
        else:
            ENDS[action](application, by)
    except (Refused, NeedsAnswers, Stale):
        return False
    return True


def test_a_draft_offer_hires_nobody(application, owner):
    put(application, Stage.OFFER)
    make_offer(application, owner)
    assert moves(application, Stage.HIRED, owner) == "offer"
    assert StageMove.objects.filter(to_stage=Stage.HIRED).count() == 0


def test_every_recorded_chip_reads_as_words():
    for rule in rules.RULES:
        assert [rules.chip_label(rule.code, chip) for chip, _label in rule.chips] == [
            str(label) for _chip, label in rule.chips
        ]
