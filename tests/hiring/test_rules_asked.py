"""The questions before a move: which move asks which, what answers them, and what is written down of it."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from hiring import history, pipeline, rules
from hiring.models import CvCheck, Requirement, Stage, StageMove
from hiring.models.moves import MOVES, ORDER, Step, step
from hiring.pipeline import NeedsAnswers, Refused, Stale
from tests.hiring.acts import put, refuse, standing, text, undo, url, withdraw
from tests.hiring.factories import (
    ANSWERS,
    go,
    make_application,
    make_card,
    make_job,
    make_offer,
    make_reference,
    make_screen,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def asked(application, to, by) -> list[str]:
    found = rules.asks(application, step(application.stage, to), to=to, by=by)
    return [ask.code for ask in found]


# Nothing written down, a second applicant there, no colleague: what each move asks.
EMPTY_HANDED = {
    ("cv", "phone"): [],
    ("cv", "interview"): ["skip"],
    ("cv", "references"): ["skip"],
    ("cv", "offer"): ["skip"],
    ("phone", "cv"): ["back"],
    ("phone", "interview"): ["judgements"],
    ("phone", "references"): ["skip", "judgements"],
    ("phone", "offer"): ["skip", "judgements"],
    ("interview", "cv"): ["back"],
    ("interview", "phone"): ["back"],
    ("interview", "references"): ["musts"],
    ("interview", "offer"): ["skip", "musts"],
    ("references", "cv"): ["back"],
    ("references", "phone"): ["back"],
    ("references", "interview"): ["back"],
    ("references", "offer"): ["references"],
    ("offer", "cv"): ["back"],
    ("offer", "phone"): ["back"],
    ("offer", "interview"): ["back"],
    ("offer", "references"): ["back"],
    ("offer", "hired"): [],
}


@pytest.mark.parametrize("pair", EMPTY_HANDED, ids="-".join)
def test_what_each_move_asks(ada, job, manager, pair):
    make_application(job)
    start, to = pair
    assert asked(put(ada, start), to, manager) == EMPTY_HANDED[pair]


def test_every_move_of_the_table_is_in_that_list():
    forward = {(str(a), str(b)) for a, ways in MOVES.items() for b in ways if step(a, b) != Step.UNHIRE}
    assert set(EMPTY_HANDED) == forward


@pytest.mark.parametrize("pair", [pair for pair, codes in EMPTY_HANDED.items() if codes], ids="-".join)
def test_no_move_goes_through_without_its_answers(ada, job, owner, pair):
    make_application(job)
    start, to = pair
    put(ada, start)
    with pytest.raises(NeedsAnswers) as needed:
        go(ada, to, owner, answers={})
    assert [ask.code for ask in needed.value.asks] == EMPTY_HANDED[pair]
    assert (standing(ada), ada.moves.count()) == (start, 1)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_has_a_sentence_and_at_least_two_chips(self, rule):
        assert str(rule.text).strip()
        assert len(rule.chips) >= 2

    def test_codes_fit_their_column_and_are_unlike(self, rule):
        codes = [code for code, _label in rule.chips]
        assert (len(set(codes)), max(map(len, codes)) <= 30) == (len(codes), True)

    def test_every_chip_answers_it(self, rule):
        ask = rules.Ask(rule.code, rule.text, rule.chips)
        assert [rules.unanswered([ask], {rule.code: chip}) for chip, _label in rule.chips] == [[]] * len(
            rule.chips
        )

    @pytest.mark.parametrize("answer", ["", "yes", " ", "OTHER", None])
    def test_nothing_else_does(self, rule, answer):
        ask = rules.Ask(rule.code, rule.text, rule.chips)
        assert rules.unanswered([ask], {rule.code: answer}) == [ask]

    def test_another_rules_chip_does_not(self, rule):
        ask = rules.Ask(rule.code, rule.text, rule.chips)
        assert rules.unanswered([ask], {"another": rule.chips[0][0]}) == [ask]


class TestWhatIsWrittenDown:
    def test_only_what_was_asked(self, ada, job, owner):
        make_application(job)
        put(ada, Stage.PHONE)
        assert go(ada, Stage.INTERVIEW, owner).answers == {"judgements": "clear"}

    def test_nothing_when_nothing_was_asked(self, ada, owner):
        assert go(ada, Stage.PHONE, owner).answers == {}

    def test_the_words_beside_the_chip(self, ada, owner):
        move = go(ada, Stage.INTERVIEW, owner, text="We worked together")
        assert history.details(move) == [
            "I know this person's work",
            "Skipped: Phone screen",
            "We worked together",
        ]

    @pytest.mark.parametrize(
        ("to", "skipped"),
        [("phone", []), ("interview", ["phone"]), ("references", ["phone", "interview"]),
         ("offer", ["phone", "interview", "references"])],
    )  # fmt: skip
    def test_skipped_stages_by_name(self, ada, owner, to, skipped):
        assert go(ada, to, owner).skipped == skipped

    def test_a_stage_gone_back_over_is_not_skipped(self, ada, owner):
        put(ada, Stage.OFFER)
        assert go(ada, Stage.CV, owner).skipped == []

    def test_the_list_of_requirements_of_that_day(self, ada, owner):
        type(ada.job).objects.filter(pk=ada.job_id).update(rubric_version=3)
        assert go(ada, Stage.PHONE, owner).rubric_version == 3


class TestTheCall:
    @pytest.mark.parametrize("blank", ["direct", "polite", "interested"])
    def test_one_judgement_missing_is_asked_about(self, ada, manager, blank):
        make_screen(put(ada, Stage.PHONE), **{blank: ""})
        assert asked(ada, Stage.INTERVIEW, manager) == ["judgements"]

    def test_three_of_them_ask_nothing_whatever_they_say(self, ada, manager):
        make_screen(put(ada, Stage.PHONE), direct="no", polite="no", interested="no")
        assert asked(ada, Stage.INTERVIEW, manager) == []


class TestColleagues:
    @pytest.fixture
    def at_interview(self, ada, interviewer):
        put(ada, Stage.INTERVIEW)
        ada.assignments.create(company=ada.company, membership=interviewer)
        return ada

    def test_whose_card_is_missing_is_asked_about(self, at_interview, owner):
        assert "cards" in asked(at_interview, Stage.REFERENCES, owner)

    def test_a_draft_is_no_card(self, at_interview, owner, interviewer):
        make_card(at_interview, interviewer, submitted=False)
        assert "cards" in asked(at_interview, Stage.REFERENCES, owner)

    def test_handed_in_is(self, at_interview, owner, interviewer):
        make_card(at_interview, interviewer)
        assert "cards" not in asked(at_interview, Stage.REFERENCES, owner)

    def test_whoever_left_is_not_waited_for(self, at_interview, owner, interviewer):
        type(interviewer).objects.filter(pk=interviewer.pk).update(removed_at=timezone.now())
        assert "cards" not in asked(at_interview, Stage.REFERENCES, owner)

    def test_ones_own_missing_card_is_ones_own_business(self, ada, owner):
        put(ada, Stage.INTERVIEW).assignments.create(company=ada.company, membership=owner)
        assert "cards" not in asked(ada, Stage.REFERENCES, owner)

    def test_with_one_reviewer_no_word_of_it(self, ada, owner, boss):
        put(ada, Stage.INTERVIEW)
        page = text(boss.post(url("advance", ada), {"to": "references", "expected": "interview"}))
        assert ("must-have" in page, "colleague" in page) == (True, False)


class TestFinalists:
    @pytest.mark.parametrize(("there", "asks"), [(0, False), (1, False), (2, True), (3, True)])
    def test_the_third_one_is_asked_about(self, ada, job, manager, there, asks):
        for _ in range(there):
            put(make_application(job), Stage.REFERENCES)
        put(ada, Stage.INTERVIEW)
        assert ("finalists" in asked(ada, Stage.REFERENCES, manager)) is asks

    def test_people_out_of_the_running_are_no_finalists(self, ada, job, owner, manager):
        for _ in range(3):
            withdraw(put(make_application(job), Stage.REFERENCES), owner)
        put(ada, Stage.INTERVIEW)
        assert "finalists" not in asked(ada, Stage.REFERENCES, manager)

    def test_nor_those_of_another_job(self, ada, company, manager):
        other = make_job(company)
        for _ in range(3):
            put(make_application(other), Stage.REFERENCES)
        put(ada, Stage.INTERVIEW)
        assert "finalists" not in asked(ada, Stage.REFERENCES, manager)

    def test_coming_back_to_references_is_not_asked_about(self, ada, job, manager):
        for _ in range(3):
            put(make_application(job), Stage.REFERENCES)
        assert "finalists" not in asked(put(ada, Stage.OFFER), Stage.REFERENCES, manager)


class TestBeforeAnOffer:
    @pytest.fixture
    def finalist(self, ada):
        return put(ada, Stage.REFERENCES)

    def test_the_only_person_ever_is_asked_about(self, finalist, owner):
        make_reference(finalist)
        assert asked(finalist, Stage.OFFER, owner) == ["only_one"]

    def test_somebody_refused_was_considered_too(self, finalist, job, owner):
        make_reference(finalist)
        refuse(make_application(job), owner)
        assert asked(finalist, Stage.OFFER, owner) == []

    def test_a_test_of_ones_own_was_not(self, finalist, job, owner):
        make_reference(finalist)
        make_application(job, is_test=True)
        assert asked(finalist, Stage.OFFER, owner) == ["only_one"]

    def test_a_call_not_made_yet_is_no_reference(self, finalist, job, owner):
        make_application(job)
        make_reference(finalist, done_at=None)
        assert asked(finalist, Stage.OFFER, owner) == ["references"]

    @pytest.mark.parametrize(("said", "asks"), [("", True), ("It was a typo", False)])
    def test_a_contradiction_waits_for_their_answer(self, finalist, job, owner, said, asks):
        make_application(job)
        make_reference(finalist, deviation=True, deviation_note="Dates", candidate_said=said)
        assert ("contradiction" in asked(finalist, Stage.OFFER, owner)) is asks

    def test_a_stage_skipped_on_the_way_is_asked_about(self, ada, job, owner):
        make_application(job)
        make_reference(ada)
        go(ada, Stage.INTERVIEW, owner)
        put(ada, Stage.REFERENCES)
        assert asked(ada, Stage.OFFER, owner) == ["skipped"]

    def test_a_skip_that_was_taken_back_is_not(self, ada, job, owner):
        make_application(job)
        make_reference(ada)
        undo(go(ada, Stage.INTERVIEW, owner), owner)
        put(ada, Stage.REFERENCES)
        assert asked(ada, Stage.OFFER, owner) == []

    def test_a_skips_reason_stands_for_what_it_skipped(self, ada, owner):
        put(ada, Stage.CV)
        assert asked(ada, Stage.OFFER, owner) == ["skip"]


class TestGoingBack:
    def test_ones_own_fresh_step_asks_nothing(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        assert asked(ada, Stage.CV, owner) == []

    def test_a_colleagues_fresh_step_does(self, ada, owner, manager):
        go(ada, Stage.PHONE, owner)
        assert asked(ada, Stage.CV, manager) == ["back"]

    @pytest.mark.parametrize(("minutes", "asks"), [(9, []), (10, ["back"]), (11, ["back"])])
    def test_ten_minutes_are_the_edge(self, ada, owner, minutes, asks):
        move = go(ada, Stage.PHONE, owner)
        with time_machine.travel(move.at + timedelta(minutes=minutes), tick=False):
            assert asked(ada, Stage.CV, owner) == asks


class TestUndo:
    @pytest.mark.parametrize(("seconds", "late"), [(599, False), (600, True), (601, True)])
    def test_ten_minutes_are_the_edge(self, ada, owner, seconds, late):
        move = go(ada, Stage.PHONE, owner)
        with time_machine.travel(move.at + timedelta(seconds=seconds), tick=False):
            if late:
                with pytest.raises(Refused, match="Ten minutes"):
                    undo(move, owner)
            else:
                undo(move, owner)
        assert standing(ada) == ("phone" if late else "cv")

    def test_is_written_as_a_line_of_its_own(self, ada, owner):
        move = go(ada, Stage.PHONE, owner)
        undo(move, owner)
        line = StageMove.objects.latest("pk")
        assert (line.undoes, line.how, history.sentence(line, ada)) == (
            move, "undo", "Olga took the last step back: CV.",
        )  # fmt: skip

    def test_of_an_undo_is_refused(self, ada, owner):
        undo(go(ada, Stage.PHONE, owner), owner)
        with pytest.raises(Refused):
            undo(ada.moves.latest("pk"), owner)

    def test_of_the_application_itself_is_refused(self, ada, owner):
        with pytest.raises(Refused):
            undo(ada.moves.get(), owner)

    def test_somebody_elses_is_refused(self, ada, owner, manager):
        with pytest.raises(Refused, match="your own"):
            undo(go(ada, Stage.PHONE, owner), manager)
        assert standing(ada) == "phone"

    def test_an_older_one_is_stale(self, ada, owner):
        first = go(ada, Stage.PHONE, owner)
        go(ada, Stage.INTERVIEW, owner)
        with pytest.raises(Stale):
            undo(first, owner)

    def test_puts_the_cv_back_on_the_pile(self, ada, owner, job):
        undo(go(ada, Stage.PHONE, owner), owner)
        assert type(ada).objects.filter(job=job).unread().count() == 1

    def test_of_a_refusal_gives_everything_back(self, ada, owner):
        undo(refuse(ada, owner), owner)
        ada.refresh_from_db()
        assert (ada.standing, ada.reason, ada.told, ada.ended_at) == ("cv", "", "", None)

    def test_cannot_undo_a_hire(self, ada, owner):
        sign(put(ada, Stage.OFFER), owner)
        with pytest.raises(Refused, match="with a reason"):
            undo(ada.moves.latest("pk"), owner)


class TestMustsLeftOpen:
    def test_become_questions_for_the_call(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        assert set(CvCheck.objects.values_list("mark", flat=True)) == {"unclear"}

    @pytest.mark.parametrize("level", ["nice", "bonus"])
    def test_only_musts(self, ada, owner, level):
        Requirement.objects.filter(job=ada.job).update(level=level)
        go(ada, Stage.PHONE, owner)
        assert CvCheck.objects.count() == 0

    def test_going_out_and_in_again_doubles_nothing(self, ada, owner):
        for to in (Stage.PHONE, Stage.CV, Stage.PHONE):
            go(ada, to, owner)
        assert CvCheck.objects.count() == 2

    def test_one_taken_off_the_list_is_not_asked(self, ada, owner):
        Requirement.objects.filter(job=ada.job).update(retired_at=timezone.now())
        go(ada, Stage.PHONE, owner)
        assert CvCheck.objects.count() == 0


class TestHiring:
    def test_needs_a_signature(self, ada, owner):
        put(ada, Stage.OFFER)
        with pytest.raises(Refused, match="without a signature"):
            go(ada, Stage.HIRED, owner)

    @pytest.mark.parametrize("state", ["draft", "sent", "declined", "expired", "withdrawn"])
    def test_no_other_state_is_one(self, ada, owner, state):
        offer = make_offer(put(ada, Stage.OFFER), owner)
        if state != "draft":
            values = {"contract_text": "x", "contract_sha256": "y", "sent_at": timezone.now()}
            type(offer).objects.filter(pk=offer.pk).update(state=state, **values)
        with pytest.raises(Refused):
            go(ada, Stage.HIRED, owner)
        assert standing(ada) == "offer"

    def test_is_called_with_an_accepted_offer_only(self, ada, owner):
        draft = make_offer(put(ada, Stage.OFFER), owner)
        with pytest.raises(Refused):
            pipeline.hire(ada.job, ada, draft, by=owner, how="page")


class TestThePage:
    def test_asks_with_chips_and_keeps_the_words(self, boss, ada, job):
        make_application(job)
        data = {"to": "offer", "expected": "cv", "text": "Old <friend>", "how": "board"}
        answer = boss.post(url("advance", ada), data)
        page = text(answer)
        assert (answer.status_code, "This skips a stage. Why?" in page) == (422, True)
        assert ("Old &lt;friend&gt;" in page, 'value="known"' in page) == (True, True)

    @pytest.mark.parametrize("to", ["", "nowhere", "cv", "hired", "CV", "x" * 300, "phone\x00"])
    def test_a_stage_that_does_not_follow_moves_nobody(self, boss, ada, to):
        boss.post(url("advance", ada), {"to": to, "expected": "cv"})
        assert standing(ada) == "cv"

    @pytest.mark.parametrize("expected", ["", "phone", "cv:withdrawn", "x" * 300])
    def test_another_expectation_is_a_409(self, boss, ada, expected):
        answer = boss.post(url("advance", ada), {"to": "phone", "expected": expected})
        assert (answer.status_code, standing(ada)) == (409, "cv")

    def test_a_stale_page_gives_the_words_back(self, boss, ada, manager):
        go(ada, Stage.PHONE, manager)
        answer = boss.post(url("advance", ada), {"to": "phone", "expected": "cv", "text": "My long words"})
        assert (answer.status_code, "My long words" in text(answer), "Mika" in text(answer)) == (
            409,
            True,
            True,
        )

    @pytest.mark.parametrize("how", ["board", "list", "page"])
    def test_remembers_where_it_was_made(self, boss, ada, how):
        boss.post(url("advance", ada), {"to": "phone", "expected": "cv", "how": how})
        assert ada.moves.latest("pk").how == how

    @pytest.mark.parametrize("how", ["system", "bulk", "link", "undo", "form", "magic"])
    def test_believes_nobody_who_says_it_was_the_system(self, boss, ada, how):
        boss.post(url("advance", ada), {"to": "phone", "expected": "cv", "how": how})
        assert ada.moves.latest("pk").how == "page"

    def test_nul_and_endless_words_are_no_error(self, boss, ada):
        data = {"to": "phone", "expected": "cv", "text": "a\x00b" + "x" * 5_000}
        assert boss.post(url("advance", ada), data).status_code == 302
        assert (ada.moves.latest("pk").text[:3], len(ada.moves.latest("pk").text)) == ("abx", 2_000)

    def test_an_answer_that_was_not_asked_for_is_not_kept(self, boss, ada):
        data = {"to": "phone", "expected": "cv", "ask_skip": "known", "ask_evil": "x"}
        boss.post(url("advance", ada), data)
        assert ada.moves.latest("pk").answers == {}

    @pytest.mark.parametrize("name", ["advance", "withdraw"])
    def test_moves_nobody_by_get(self, boss, ada, name):
        assert (boss.get(url(name, ada)).status_code, standing(ada)) == (405, "cv")

    @pytest.mark.parametrize("name", ["not_select", "take_up", "unhire"])
    def test_asking_why_changes_nothing(self, boss, ada, name):
        boss.get(url(name, ada))
        assert (standing(ada), ada.moves.count()) == ("cv", 1)

    def test_forty_same_clicks_are_one_move_and_thirty_nine_conflicts(self, boss, ada):
        answers = [
            boss.post(url("advance", ada), {"to": "phone", "expected": "cv"}).status_code for _ in range(5)
        ]
        assert (sorted(answers), ada.moves.count()) == ([302, 409, 409, 409, 409], 2)


def test_the_order_of_stages_has_a_way_through():
    assert [step(a, b) for a, b in pairwise(ORDER)] == [Step.NEXT] * 4 + [Step.HIRE]


def test_advice_is_told_when_references_outnumber_interviews():
    assert len(rules.advice({"interview": 1, "references": 3})) == 1
    for counts in ({}, {"references": 2}, {"interview": 3, "references": 3}, {"interview": 9}):
        assert rules.advice(counts) == []


def test_an_unknown_chip_of_old_days_still_reads():
    assert [rules.chip_label(code, "gone") for code in ("skip", "never_was")] == ["gone", "gone"]


def test_answers_of_the_factories_are_chips(ada):
    chips = {rule.code: dict(rule.chips) for rule in rules.RULES}
    assert [code for code, chip in ANSWERS.items() if chip not in chips[code]] == []
