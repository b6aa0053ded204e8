"""Noting a call: facts beside it, tries that failed, its Undo, the sheet of questions, and who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from accounts import undoing
from hiring import fact_outcomes, facts, reference_script, references
from hiring.models import (
    CallTry,
    CvCheck,
    FactAnswer,
    FactKind,
    FactToCheck,
    Referee,
    ReferenceCall,
    Requirement,
)
from hiring.models.references import Relation
from hiring.pipeline import Refused
from tests.hiring.acts import text, url
from tests.hiring.factories import make_card
from tests.hiring.referred import make_finalist, make_referee

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return make_finalist(company, members=[manager])


@pytest.fixture
def rolf(ada):
    return make_referee(ada)


@pytest.fixture
def fact(ada, owner):
    return facts.add_fact(ada, by=owner, quote="Forty tickets <b>", kind="volumes")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def answered(fact, outcome="", told="", **more) -> dict:
    return {"overall": "mixed", "seen": "0", f"fact_{fact.pk}": outcome, f"fact_{fact.pk}_told": told} | more


class TestFactsBesideTheCall:
    def test_stand_there_with_the_applicants_words(self, boss, rolf, fact):
        page = text(boss.get(url("reference_call", rolf)))
        assert ("Forty tickets &lt;b&gt;" in page, f'name="fact_{fact.pk}"' in page) == (True, True)

    def test_are_kept_as_this_referees_answer(self, boss, rolf, fact):
        boss.post(url("reference_call", rolf), answered(fact, "contradicted", "Twenty"))
        answer = FactAnswer.objects.get()
        assert (answer.referee, answer.outcome, answer.told) == (rolf, "contradicted", "Twenty")
        assert FactToCheck.objects.get().outcome == "contradicted"

    def test_not_asked_is_no_answer_and_takes_one_off(self, boss, rolf, fact, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values={"outcome": "confirmed", "told": ""})
        boss.post(url("reference_call", rolf), answered(fact))
        assert (FactAnswer.objects.count(), FactToCheck.objects.get().outcome) == (0, "")

    def test_a_form_without_them_changes_none(self, boss, rolf, fact, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values={"outcome": "confirmed", "told": ""})
        boss.post(url("reference_call", rolf), {"overall": "good", "seen": "0"})
        assert FactAnswer.objects.count() == 1

    def test_two_values_that_were_compared_stay(self, boss, rolf, fact, owner):
        values = {"outcome": "differs", "told": "Half", "claimed": "40", "found": "20"}
        fact_outcomes.note(fact, by=owner, referee=rolf, values=values)
        boss.post(url("reference_call", rolf), answered(fact, "contradicted", "Half"))
        assert (FactAnswer.objects.get().outcome, FactAnswer.objects.get().found) == ("contradicted", "20")

    @pytest.mark.parametrize(
        ("outcome", "told", "why"),
        [
            ("differs", "", "Write down what was said."),
            ("contradicted", "", "Write down what was said."),
            ("", "Typed", "Choose what came of it"),
            ("maybe", "Typed", "maybe is not one of the available choices"),
            ("confirmed", "x" * 501, "at most 500 characters"),
        ],
    )
    def test_what_is_wrong_is_said_and_typed_words_stay(self, boss, rolf, fact, outcome, told, why):
        answer = boss.post(url("reference_call", rolf), answered(fact, outcome, told, notes="Kept notes"))
        page = text(answer)
        assert (answer.status_code, why in page, "Kept notes" in page) == (422, True, True)
        assert (ReferenceCall.objects.count(), FactAnswer.objects.count()) == (0, 0)

    def test_undo_takes_both_back(self, rolf, fact, owner):
        outcomes = {fact.pk: {"outcome": "differs", "told": "Half"}}
        call = references.save_call(rolf, by=owner, values={"overall": "good"}, outcomes=outcomes)
        references.take_back_call(rolf, undoing.offered(call, "reference", owner), by=owner)
        assert (ReferenceCall.objects.count(), FactAnswer.objects.count()) == (0, 0)

    def test_undo_brings_both_back_as_they_were(self, rolf, fact, owner):
        first = {fact.pk: {"outcome": "differs", "told": "Half"}}
        references.save_call(rolf, by=owner, values={"overall": "mixed"}, outcomes=first)
        second = {fact.pk: {"outcome": "confirmed", "told": ""}}
        call = references.save_call(rolf, by=owner, values={"overall": "good"}, outcomes=second)
        references.take_back_call(rolf, undoing.offered(call, "reference", owner), by=owner)
        assert (ReferenceCall.objects.get().overall, FactToCheck.objects.get().outcome) == (
            "mixed",
            "differs",
        )

    def test_what_was_noted_on_the_page_before_cannot_undo_the_call(self, rolf, fact, owner):
        noted = fact_outcomes.note(
            fact, by=owner, referee=rolf, values={"outcome": "differs", "told": "Half"}
        )
        mark = undoing.offered(noted, "outcome", owner)
        outcomes = {fact.pk: {"outcome": "contradicted", "told": "Less"}}
        references.save_call(rolf, by=owner, values={"overall": "bad"}, outcomes=outcomes)
        with pytest.raises(undoing.Gone):
            fact_outcomes.take_back(fact, mark, by=owner)
        assert FactAnswer.objects.get().outcome == "contradicted"

    def test_somebody_elses_fact_is_left_alone(self, rolf, owner, company):
        other = facts.add_fact(make_finalist(company), by=owner, quote="Theirs")
        outcomes = {other.pk: {"outcome": "contradicted", "told": "x"}}
        references.save_call(rolf, by=owner, values={"overall": "bad"}, outcomes=outcomes)
        assert FactAnswer.objects.count() == 0

    def test_two_tabs_see_both_answers(self, boss, rolf, fact, manager):
        outcomes = {fact.pk: {"outcome": "confirmed", "told": "Theirs"}}
        references.save_call(rolf, by=manager, values={"overall": "good"}, seen=0, outcomes=outcomes)
        answer = boss.post(url("reference_call", rolf), answered(fact, "differs", "Mine"))
        page = text(answer)
        assert (answer.status_code, "Theirs" in page, "Mine" in page) == (409, True, True)
        assert FactToCheck.objects.get().outcome == "confirmed"


class TestTheApplicantsSide:
    @pytest.mark.parametrize(("on", "kept"), [("2026-02-03", "2026-02-03"), ("", None)])
    def test_has_its_day_today_unless_said(self, boss, rolf, on, kept):
        body = {"overall": "mixed", "deviation": "on", "deviation_note": "Dates", "candidate_said": "A typo"}
        boss.post(url("reference_call", rolf), body | {"candidate_said_on": on, "seen": "0"})
        call = ReferenceCall.objects.get()
        assert str(call.candidate_said_on) == (kept or str(localdate()))

    def test_no_words_have_no_day(self, boss, rolf):
        boss.post(url("reference_call", rolf), {"overall": "good", "candidate_said_on": "2026-02-03"})
        assert ReferenceCall.objects.get().candidate_said_on is None

    def test_of_tomorrow_is_refused(self, boss, rolf):
        body = {
            "overall": "good",
            "candidate_said": "x",
            "candidate_said_on": localdate() + timedelta(days=2),
        }
        assert boss.post(url("reference_call", rolf), body).status_code == 422


class TestTries:
    def test_are_listed_with_the_time_to_call_again(self, boss, ada, rolf):
        body = {"outcome": "call_again", "again_at": "2031-01-05T10:00", "note": "In a <b>"}
        answer = boss.post(url("reference_try", rolf), body)
        page = text(boss.get(url("reference_call", rolf)))
        assert (answer.status_code, "In a &lt;b&gt;" in page, "call again" in page) == (302, True, True)
        assert "Asked to be called again" in text(boss.get(url("candidate", ada)))

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"outcome": "asleep"},
            {"outcome": "call_again", "again_at": "2020-01-01T10:00"},
            {"outcome": "call_again", "again_at": "2999-01-01T10:00"},
            {"outcome": "call_again", "again_at": "soon"},
            {"outcome": "wrong", "note": "x" * 201},
        ],
    )
    def test_odd_ones_are_refused(self, boss, rolf, body):
        answer = boss.post(url("reference_try", rolf), body)
        assert (answer.status_code, CallTry.objects.count()) == (422, 0)

    def test_without_agreement_is_refused_on_the_page(self, boss, ada):
        row = make_referee(ada, agreed=False)
        answer = boss.post(url("reference_try", row), {"outcome": "not_reached"})
        assert (answer.status_code, "has not agreed yet" in text(answer)) == (422, True)

    def test_are_taken_back_once(self, boss, rolf, owner):
        row = references.note_try(rolf, by=owner, values={"outcome": "wrong"})
        address = f"{url('try_take_back', row)}?mark={undoing.offered(row, 'try', owner)}"
        assert ([boss.post(address).status_code for _ in "12"], CallTry.objects.count()) == ([302, 404], 0)

    def test_several_do_not_count_as_a_reference(self, rolf, owner, ada):
        for _ in range(3):
            references.note_try(rolf, by=owner, values={"outcome": "not_reached"})
        assert (CallTry.objects.count(), ReferenceCall.objects.count()) == (3, 0)


class TestAgreement:
    def test_heard_on_a_day_is_kept_with_the_call(self, boss, ada):
        row = make_referee(ada, agreed=False)
        body = {"overall": "good", "agreed": "on", "agreed_on": "2026-01-05"}
        boss.post(url("reference_call", row), body)
        row.refresh_from_db()
        assert (str(localdate(row.agreed_at)), row.agreed_how, row.call.overall) == (
            "2026-01-05",
            "told",
            "good",
        )

    def test_of_tomorrow_is_refused(self, boss, ada):
        row = make_referee(ada, agreed=False)
        body = {"overall": "good", "agreed": "on", "agreed_on": "2999-01-05"}
        assert boss.post(url("reference_call", row), body).status_code == 422
        assert Referee.objects.get().agreed_at is None

    def test_taken_back_cannot_be_ticked_again(self, boss, ada):
        row = make_referee(ada, agreed=False, withdrawn_at=timezone.now())
        answer = boss.post(url("reference_call", row), {"overall": "good", "agreed": "on"})
        assert (answer.status_code, "took their agreement back" in text(answer)) == (422, True)

    def test_of_somebody_forgotten_is_no_use(self, ada, owner):
        row = make_referee(ada, forgotten_at=timezone.now())
        with pytest.raises(Refused, match="asked to be forgotten"):
            references.save_call(row, by=owner, values={"overall": "good"})


class TestTheSheet:
    def texts(self, referee) -> list[str]:
        application = referee.application
        found = reference_script.script(
            referee, fact_outcomes.of(application), reference_script.weakest(application)
        )
        return [question.text for question in found]

    def test_has_five_standard_questions_when_nothing_is_marked(self, rolf):
        assert len(self.texts(rolf)) == 5

    @pytest.mark.parametrize(
        ("kind", "again"),
        [
            ("manager", "Would you hire them again?"),
            ("colleague", "Would you work with them again?"),
            ("customer", "Would you like to be helped by them again?"),
            ("other", "Would you work with them again?"),
            ("", "Would you work with them again?"),
        ],
    )
    def test_is_worded_for_who_they_were(self, ada, kind, again):
        assert self.texts(make_referee(ada, kind=kind))[-1] == again

    @pytest.mark.parametrize("kind", Relation.values)
    def test_asks_each_kind_how_they_know_each_other(self, kind):
        assert len(set(reference_script.standard(kind).values())) == 5

    @pytest.mark.parametrize("kind", FactKind.values)
    def test_asks_openly_about_each_kind_of_fact(self, ada, rolf, owner, kind):
        facts.add_fact(ada, by=owner, quote="Forty tickets", kind=kind)
        found = self.texts(rolf)
        assert (len(found), "Forty" in " ".join(found)) == (4, False)

    @pytest.mark.parametrize(
        ("outcome", "asked"),
        [("confirmed", False), ("differs", False), ("contradicted", False), ("unverifiable", True)],
    )
    def test_leaves_out_what_is_settled(self, rolf, fact, owner, outcome, asked):
        fact_outcomes.note(fact, by=owner, values={"outcome": outcome, "told": "x"})
        assert ("How much was it, in a day or in a week?" in self.texts(rolf)) is asked

    @pytest.mark.parametrize(
        ("levels", "names"),
        [
            ([2, 3], ["Writes clearly", "Stays calm"]),
            ([3, 2], ["Stays calm", "Writes clearly"]),
            ([4, 5], []),
            ([None, 1], ["Stays calm"]),
        ],
    )
    def test_asks_about_the_weakest_must_haves_first(self, ada, owner, levels, names):
        make_card(ada, owner, levels=levels)
        assert [row.label for row in reference_script.weakest(ada)] == names

    @pytest.mark.parametrize(("mark", "asked"), [("unclear", 1), ("not_met", 1), ("met", 0)])
    def test_asks_about_what_the_cv_left_unclear(self, ada, mark, asked):
        must = ada.job.requirements.order_by("position").first()
        CvCheck.objects.create(company=ada.company, application=ada, requirement=must, mark=mark)
        assert len(reference_script.weakest(ada)) == asked

    def test_asks_about_must_haves_only(self, ada, owner):
        Requirement.objects.update(level="nice")
        make_card(ada, owner, levels=[1, 1])
        assert reference_script.weakest(ada) == []

    def test_fits_a_page_with_their_words_for_the_caller(self, boss, rolf, fact):
        page = text(boss.get(url("reference_script", rolf)))
        assert ("Forty tickets &lt;b&gt;" in page, "data-print" in page) == (True, True)

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize(("name", "queries"), [("reference_call", 12), ("reference_script", 10)])
    def test_costs_the_same_for_one_and_for_three(
        self, boss, rolf, ada, owner, rows, name, queries, django_assert_num_queries
    ):
        for n in range(rows):
            row = facts.add_fact(ada, by=owner, quote=f"Claim {n}")
            fact_outcomes.note(row, by=owner, referee=rolf, values={"outcome": "confirmed", "told": ""})
            references.note_try(rolf, by=owner, values={"outcome": "not_reached"})
        boss.get(url(name, rolf))
        with django_assert_num_queries(queries):
            boss.get(url(name, rolf))
