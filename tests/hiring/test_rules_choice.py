"""An offer to the only person there ever was, or past skipped stages: asked about, in every combination."""

import pytest

from hiring import pipeline, rules
from hiring.models import How, Stage
from hiring.models.moves import Step
from tests.hiring.acts import put
from tests.hiring.factories import ANSWERS, go, make_application, make_job, make_reference
from vault import erasing

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada")


def asked(application, by) -> set[str]:
    found = rules.asks(application, Step.NEXT, to=Stage.OFFER, by=by)
    return {ask.code for ask in found} & {"only_one", "skipped"}


def on_the_way(application, by, *, skip):
    """To references, past the call or not."""
    for stage in (
        [Stage.INTERVIEW, Stage.REFERENCES] if skip else [Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES]
    ):
        go(application, stage, by)


@pytest.mark.parametrize("others", [0, 1, 3])
@pytest.mark.parametrize("skip", [False, True])
def test_each_is_asked_for_itself(job, ada, owner, others, skip):
    for _n in range(others):
        make_application(job)
    on_the_way(ada, owner, skip=skip)
    assert asked(ada, owner) == ({"skipped"} if skip else set()) | (set() if others else {"only_one"})


@pytest.mark.parametrize("missing", ["only_one", "skipped"])
def test_the_offer_waits_for_an_answer_to_each(ada, owner, missing):
    on_the_way(ada, owner, skip=True)
    answers = {code: chip for code, chip in ANSWERS.items() if code != missing}
    with pytest.raises(pipeline.NeedsAnswers, match=missing):
        go(ada, Stage.OFFER, owner, answers=answers)
    ada.refresh_from_db()
    assert ada.stage == Stage.REFERENCES


def test_answered_it_passes_and_the_answers_are_kept(ada, owner):
    on_the_way(ada, owner, skip=True)
    move = go(ada, Stage.OFFER, owner)
    assert (move.answers["only_one"], move.answers["skipped"]) == ("right", "enough")


@pytest.mark.parametrize("chip", ["", "known to me", "right "])
def test_only_a_chip_of_its_own_is_an_answer(ada, owner, chip):
    on_the_way(ada, owner, skip=False)
    with pytest.raises(pipeline.NeedsAnswers):
        go(ada, Stage.OFFER, owner, answers=ANSWERS | {"only_one": chip})


class TestOnlyOne:
    def test_a_test_of_ones_own_is_nobody(self, job, ada):
        make_application(job, is_test=True)
        assert rules.only_one(ada)

    def test_somebody_of_another_job_is_not_a_choice_for_this_one(self, company, ada):
        make_application(make_job(company))
        assert rules.only_one(ada)

    @pytest.mark.parametrize("outcome", ["not_selected", "withdrawn"])
    def test_somebody_who_is_out_was_considered(self, job, ada, outcome):
        put(make_application(job), Stage.CV, outcome)
        assert not rules.only_one(ada)

    def test_somebody_erased_since_was_too(self, job, ada, owner):
        other = make_application(job)
        erasing.erase("candidate", other.candidate_id, by_id=owner.user_id, company_id=owner.company_id)
        assert not rules.only_one(ada)


class TestSkipped:
    def test_a_skip_that_was_taken_back_is_not_asked_about(self, job, ada, owner):
        make_application(job)
        pipeline.undo(go(ada, Stage.INTERVIEW, owner), by=owner)
        ada.refresh_from_db()
        on_the_way(ada, owner, skip=False)
        assert asked(ada, owner) == set()

    def test_a_skip_into_the_offer_has_its_own_reason_alone(self, job, ada, owner):
        found = rules.asks(ada, Step.SKIP, to=Stage.OFFER, by=owner)
        assert [ask.code for ask in found] == ["skip"]

    def test_the_stages_are_written_down_as_skipped(self, ada, owner):
        move = pipeline.advance(
            ada, to=Stage.REFERENCES, by=owner, expected=ada.standing, how=How.PAGE, answers={"skip": "known"}
        )
        assert move.skipped == [Stage.PHONE, Stage.INTERVIEW]


def test_references_that_were_called_do_not_answer_for_a_choice(ada, owner):
    on_the_way(ada, owner, skip=False)
    make_reference(ada)
    assert asked(ada, owner) == {"only_one"}
