"""One way at a time: what counts as entered, passed, stayed and hired."""

import pytest

from hiring.tally import DAY, Move, Tally

ORDER = ("cv", "phone", "interview", "references", "offer", "hired")


def way(*steps, person=1, source="wwr", how="page"):
    """Moves a day apart; a step is a stage to go to, or an outcome to end in."""
    moves, stage = [], ""
    for day, step in enumerate(("cv", *steps)):
        to, outcome = (step, "active") if step in ORDER else (stage, step)
        moves.append(Move(person, 7, source, stage, to, outcome, day * DAY, how))
        stage = to
    return moves


def counted(*ways) -> Tally:
    tally = Tally(ORDER)
    for one in ways:
        tally.add(one)
    return tally


def stage(code, *ways):
    return counted(*ways).stages()[ORDER.index(code)]


def test_going_twice_into_a_stage_is_entering_once():
    found = stage("phone", way("phone", "interview", "phone", "not_selected"))
    assert (found.entered, found.over, found.passed, found.spells) == (1, 1, 1, 2)


def test_whoever_is_refused_where_they_stand_has_not_passed():
    found = stage("phone", way("phone", "not_selected"))
    assert (found.entered, found.over, found.passed) == (1, 1, 0)


def test_being_taken_up_again_is_no_entering():
    assert stage("phone", way("phone", "not_selected", "phone")).entered == 1


def test_the_stay_of_somebody_still_there_has_no_length():
    found = stage("phone", way("phone"))
    assert (found.spells, found.median_days, found.open) == (0, None, 1)


def test_the_middle_of_an_even_number_of_stays_lies_between_them():
    long = [*way("phone")[:1], Move(2, 7, "", "cv", "phone", "active", 4 * DAY, "page")]
    assert stage("cv", way("phone"), long).median_days == 2.5


def test_a_stay_in_another_system_is_not_known():
    assert stage("cv", way("phone", how="import")).spells == 0


def test_a_hire_is_counted_from_the_application():
    [hire] = counted(way("phone", "hired", person=3)).hires
    assert (hire.person, hire.job, (hire.at - hire.applied) / DAY) == (3, 7, 2)


@pytest.mark.parametrize("steps", [("hired", "offer"), ("hired", "withdrawn")])
def test_a_hire_that_was_undone_is_none(steps):
    assert counted(way(*steps)).hires == []


def test_sources_stand_by_their_size_then_by_their_name():
    ways = [way(source=source) for source in ("b", "a", "c", "c")]
    assert [(s.code, s.people) for s in counted(*ways).sources()] == [("c", 2), ("a", 1), ("b", 1)]


def test_past_the_call_counts_those_who_are_over():
    ways = [way("phone"), way("phone", "interview", "withdrawn"), way("phone", "not_selected")]
    [found] = counted(*ways).sources()
    assert (found.people, found.called, found.past_call, found.hired) == (3, 2, 1, 0)
