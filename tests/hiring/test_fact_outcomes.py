"""What came of facts to check: noted by referee, compared, explained by the applicant, taken back, and who may."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import conflicts, undoing
from hiring import fact_outcomes, fact_words, facts, rules
from hiring.models import Assignment, FactAnswer, FactOutcome, FactToCheck, JobMember, Referee, Stage
from hiring.models.moves import Step
from hiring.pipeline import Refused
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_reference
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.REFERENCES)


@pytest.fixture
def fact(ada, owner):
    return facts.add_fact(ada, by=owner, quote="Forty tickets a day", kind="volumes")


@pytest.fixture
def rolf(ada):
    return Referee.objects.create(company=ada.company, application=ada, name="Rolf")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def said(outcome="differs", told="Twenty", **more) -> dict:
    return {"outcome": outcome, "told": told, "claimed": "", "found": ""} | more


def now(fact):
    return FactToCheck.objects.get(pk=fact.pk)


class TestNoting:
    def test_keeps_who_said_what(self, fact, rolf, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said())
        answer = FactAnswer.objects.get()
        assert (answer.referee, answer.outcome, answer.told, answer.by) == (rolf, "differs", "Twenty", owner)

    def test_the_fact_carries_the_outcome_and_its_day(self, fact, rolf, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said())
        row = now(fact)
        assert (row.outcome, row.outcome_note, row.outcome_by, row.outcome_at is None) == (
            "differs", "Twenty", owner, False,
        )  # fmt: skip

    @pytest.mark.parametrize("first", FactOutcome.values)
    @pytest.mark.parametrize("second", FactOutcome.values)
    def test_a_kinder_second_referee_covers_nothing_up(self, fact, rolf, owner, first, second):
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said(first))
        fact_outcomes.note(fact, by=owner, values=said(second))
        order = list(fact_outcomes.GRAVEST_FIRST)
        assert now(fact).outcome == min(first, second, key=order.index)

    def test_the_same_referee_again_takes_the_place_of_the_first(self, fact, rolf, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said("contradicted"))
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said("confirmed"))
        assert (FactAnswer.objects.count(), now(fact).outcome) == (1, "confirmed")

    def test_a_form_from_before_is_told(self, fact, rolf, owner, manager):
        fact_outcomes.note(fact, by=manager, referee=rolf, values=said(), seen=1)
        with pytest.raises(conflicts.Changed):
            fact_outcomes.note(fact, by=owner, referee=rolf, values=said("confirmed"), seen=1)
        assert now(fact).outcome == "differs"

    def test_somebody_elses_referee_is_refused(self, fact, owner, company):
        other = make_reference(make_application(make_job(company))).referee
        with pytest.raises(Refused, match="somebody else"):
            fact_outcomes.note(fact, by=owner, referee=other, values=said())
        assert FactAnswer.objects.count() == 0

    def test_one_taken_off_meanwhile_is_gone(self, fact, owner):
        facts.remove(fact, by=owner)
        with pytest.raises(undoing.Gone):
            fact_outcomes.note(fact, by=owner, values=said())

    def test_is_in_the_trail_without_words(self, fact, owner):
        fact_outcomes.note(fact, by=owner, values=said())
        entry = TrailEntry.objects.get(action="fact.outcome_noted")
        assert (entry.subject_id, "Twenty" in str(vars(entry))) == (fact.application_id, False)

    def test_what_was_answered_stays_on_the_list(self, fact, owner):
        fact_outcomes.note(fact, by=owner, values=said())
        with pytest.raises(Refused, match="stays with the answer"):
            facts.remove(now(fact), by=owner)

    @pytest.mark.parametrize("odd", [{"outcome": "perhaps"}, {"outcome": ""}])
    def test_the_database_knows_what_there_is(self, fact, odd):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactAnswer.objects.create(company_id=fact.company_id, fact=fact, **odd)

    def test_one_answer_from_elsewhere_is_all(self, fact):
        values = {"company_id": fact.company_id, "fact": fact, "outcome": "confirmed"}
        FactAnswer.objects.create(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            FactAnswer.objects.create(**values)


class TestTakingBack:
    def mark(self, fact, what, by):
        return undoing.offered(now(fact), what, by)

    def test_leaves_no_answer_where_none_was(self, fact, rolf, owner):
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said())
        fact_outcomes.take_back(fact, self.mark(fact, "outcome", owner), by=owner)
        assert (FactAnswer.objects.count(), now(fact).outcome, now(fact).outcome_at) == (0, "", None)

    def test_brings_the_one_before_back(self, fact, rolf, owner, manager):
        fact_outcomes.note(fact, by=manager, referee=rolf, values=said("contradicted", "Five"))
        first = FactAnswer.objects.get()
        fact_outcomes.note(fact, by=owner, referee=rolf, values=said("confirmed"))
        fact_outcomes.take_back(fact, self.mark(fact, "outcome", owner), by=owner)
        back = FactAnswer.objects.get()
        assert (back.outcome, back.told, back.by, back.at) == ("contradicted", "Five", manager, first.at)

    def test_of_their_words_empties_them(self, fact, owner):
        fact_outcomes.note_candidate(fact, by=owner, said="With a team", on=localdate())
        fact_outcomes.take_back(fact, self.mark(fact, "said", owner), by=owner)
        assert (now(fact).candidate_said, now(fact).candidate_said_on) == ("", None)

    def test_twice_is_gone(self, fact, owner):
        fact_outcomes.note(fact, by=owner, values=said())
        mark = self.mark(fact, "outcome", owner)
        fact_outcomes.take_back(fact, mark, by=owner)
        with pytest.raises(undoing.Gone):
            fact_outcomes.take_back(fact, mark, by=owner)


class TestComparing:
    @pytest.mark.parametrize(
        ("claimed", "found", "words"),
        [
            ("May 2021", "3/2021", "More than a month apart."),
            ("2021-05", "4/2021", "Not more than a month apart."),
            ("40", "20", "50 % apart: more than a fifth."),
            ("40", "36", "10 % apart: not more than a fifth."),
            ("some", "20", ""),
        ],
    )
    def test_says_it_in_words(self, claimed, found, words):
        assert fact_words.apart(claimed, found) == words

    def test_on_the_page_keeps_nothing(self, boss, fact):
        body = {"do": "compare", "claimed": "40", "found": "20", "told": "Kept <b>"}
        answer = boss.post(url("fact_outcome", fact), body)
        page = text(answer)
        assert (answer.status_code, FactAnswer.objects.count()) == (200, 0)
        assert ("50 % apart" in page, "Kept &lt;b&gt;" in page, "Choose" in page) == (True, True, False)

    def test_without_two_values_says_what_is_missing(self, boss, fact):
        page = text(boss.post(url("fact_outcome", fact), {"do": "compare"}))
        assert "Type two dates" in page

    def test_judges_nothing(self, boss, fact, rolf):
        body = {"outcome": "confirmed", "claimed": "40", "found": "20", "referee": rolf.pk, "seen": 1}
        boss.post(url("fact_outcome", fact), body)
        page = text(boss.get(url("facts", fact.application)))
        assert (now(fact).outcome, "50 % apart" in page) == ("confirmed", True)


class TestTheRule:
    def asked(self, ada, owner):
        found = rules.asks(ada, Step.NEXT, to=Stage.OFFER, by=owner)
        return "contradiction" in [ask.code for ask in found]

    @pytest.mark.parametrize(("outcome", "asks"), [(o, o == "contradicted") for o in FactOutcome.values])
    def test_a_contradiction_asks_for_their_side(self, ada, fact, owner, outcome, asks):
        fact_outcomes.note(fact, by=owner, values=said(outcome))
        assert self.asked(ada, owner) is asks

    def test_their_side_answers_it(self, ada, fact, owner):
        fact_outcomes.note(fact, by=owner, values=said("contradicted"))
        fact_outcomes.note_candidate(fact, by=owner, said="Together", on=localdate())
        assert self.asked(ada, owner) is False

    @pytest.mark.parametrize("deviation", [True, False])
    @pytest.mark.parametrize("contradicted", [True, False])
    @pytest.mark.parametrize("call_answered", [True, False])
    @pytest.mark.parametrize("fact_answered", [True, False])
    def test_in_every_combination(
        self, ada, fact, owner, deviation, contradicted, call_answered, fact_answered
    ):
        make_reference(ada, deviation=deviation, candidate_said="So" if call_answered else "")
        FactToCheck.objects.update(
            outcome="contradicted" if contradicted else "",
            outcome_at=fact.at if contradicted else None,
            candidate_said="So" if fact_answered else "",
        )
        open_one = (deviation and not call_answered) or (contradicted and not fact_answered)
        assert self.asked(ada, owner) is open_one


class TestThePage:
    def test_is_there_only_while_there_are_some(self, boss, ada):
        answer = boss.get(url("facts", ada))
        panel = text(boss.get(url("candidate", ada)))
        assert (answer.status_code, answer["Location"]) == (302, url("candidate", ada))
        assert url("facts", ada) not in panel

    def test_is_linked_from_the_panel(self, boss, ada, fact):
        assert url("facts", ada) in text(boss.get(url("candidate", ada)))

    def test_keeps_and_offers_its_undo(self, boss, fact, rolf):
        body = {"outcome": "differs", "told": "Twenty <b>", "referee": rolf.pk, "seen": 1}
        page = text(boss.post(url("fact_outcome", fact), body, follow=True))
        assert ("Twenty &lt;b&gt;" in page, url("fact_take_back", fact) in page) == (True, True)

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ({"outcome": "differs"}, "Write down what was said."),
            ({"outcome": "contradicted", "told": "  "}, "Write down what was said."),
            ({"told": "Kept"}, "This field is required."),
            ({"outcome": "perhaps"}, "perhaps is not one of the available choices"),
            ({"outcome": "confirmed", "referee": "987654321"}, "Select a valid choice"),
            ({"outcome": "confirmed", "told": "x" * 501}, "at most 500 characters"),
            ({"outcome": "confirmed", "seen": "-1"}, ""),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, boss, fact, body, why):
        answer = boss.post(url("fact_outcome", fact), {"claimed": "Typed"} | body)
        page = text(answer)
        assert (answer.status_code, why in page, "Typed" in page) == (422, True, True)
        assert FactAnswer.objects.count() == 0

    def test_a_referee_of_another_person_is_no_choice(self, boss, fact, company):
        other = make_reference(make_application(make_job(company))).referee_id
        assert (
            boss.post(url("fact_outcome", fact), {"outcome": "confirmed", "referee": other}).status_code
            == 422
        )

    @pytest.mark.parametrize(
        ("name", "body", "theirs"),
        [
            ("fact_outcome", {"outcome": "confirmed", "told": "Mine"}, "Twenty"),
            ("fact_candidate", {"candidate_said": "Mine", "candidate_said_on": "2026-01-02"}, "Mine"),
        ],
    )
    def test_two_tabs_show_both(self, boss, fact, manager, name, body, theirs):
        fact_outcomes.note(fact, by=manager, values=said())
        answer = boss.post(url(name, fact), body | {"seen": 1})
        assert (answer.status_code, theirs in text(answer)) == (409, True)
        assert boss.post(url(name, fact), body | {"seen": 2}).status_code == 302

    def test_asks_the_applicant_where_something_contradicts(self, boss, fact, owner, ada):
        fact_outcomes.note(fact, by=owner, values=said("contradicted"))
        assert "Ask them what they say to it" in text(boss.get(url("facts", ada)))
        body = {"candidate_said": "It was a team", "candidate_said_on": "2026-05-04", "seen": 2}
        page = text(boss.post(url("fact_candidate", fact), body, follow=True))
        assert ("It was a team" in page, "Ask them what they say" in page) == (True, False)
        assert (now(fact).candidate_said_by.name, str(now(fact).candidate_said_on)) == ("Olga", "2026-05-04")

    @pytest.mark.parametrize(
        "body",
        [
            {"candidate_said": ""},
            {"candidate_said": "So", "candidate_said_on": ""},
            {"candidate_said": "So", "candidate_said_on": str(localdate() + timedelta(days=2))},
            {"candidate_said": "x" * 1001},
        ],
    )
    def test_their_side_needs_words_and_a_day_that_was(self, boss, fact, body):
        answer = boss.post(url("fact_candidate", fact), {"candidate_said_on": str(localdate())} | body)
        assert (answer.status_code, now(fact).candidate_said) == (422, "")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_costs_the_same_for_one_and_for_three(
        self, boss, ada, owner, rolf, rows, django_assert_num_queries
    ):
        for n in range(rows):
            row = facts.add_fact(ada, by=owner, quote=f"Claim {n}")
            fact_outcomes.note(row, by=owner, referee=rolf, values=said())
        boss.get(url("facts", ada))
        with django_assert_num_queries(8):
            boss.get(url("facts", ada))


class TestWhoMay:
    @pytest.mark.parametrize("name", ["fact_outcome", "fact_candidate", "fact_take_back"])
    def test_interviewers_and_rivals_write_nothing(self, fact, ada, interviewer, rival, sign_in, name):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        body = {"outcome": "confirmed", "candidate_said": "x", "candidate_said_on": "2026-01-01"}
        answers = [sign_in(who).post(url(name, fact), body).status_code for who in (interviewer, rival)]
        assert (answers, now(fact).revision) == ([403, 404], 1)

    def test_interviewers_never_read_the_page(self, fact, ada, interviewer, sign_in):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        assert sign_in(interviewer).get(url("facts", ada)).status_code == 403

    def test_a_manager_of_another_job_reads_nothing(self, company, fact, ada, manager, sign_in):
        JobMember.objects.filter(membership=manager).delete()
        assert sign_in(manager).get(url("facts", ada)).status_code == 403


class TestSaidInATalk:
    def test_is_a_fact_from_the_interview(self, boss, ada):
        answer = boss.post(
            url("fact_said", ada), {"quote": "Led ten people", "kind": "team", "panel": "phone"}
        )
        row = FactToCheck.objects.get()
        assert (row.quote, row.kind, row.source, answer["Location"][-12:]) == (
            "Led ten people", "team", "interview", "?panel=phone",
        )  # fmt: skip

    def test_may_be_noted_by_whoever_sat_in_and_taken_back(self, ada, interviewer, sign_in):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        client = sign_in(interviewer)
        client.post(url("fact_said", ada), {"quote": "Led ten people", "kind": "team"})
        ada.refresh_from_db()
        mark = undoing.offered(ada, "fact", interviewer)
        client.post(f"{url('take_back', ada)}?mark={mark}")
        assert FactToCheck.objects.count() == 0

    @pytest.mark.parametrize(
        "body", [{}, {"quote": " ", "kind": "team"}, {"quote": "x" * 501}, {"quote": "Typed", "kind": "age"}]
    )
    def test_without_words_or_with_an_odd_kind_says_so(self, boss, ada, body):
        answer = boss.post(url("fact_said", ada), {"kind": "team"} | body)
        assert (answer.status_code, FactToCheck.objects.count()) == (422, 0)
        assert body.get("quote", "")[:5].strip() in text(answer)

    def test_a_long_list_says_so(self, boss, ada, monkeypatch):
        monkeypatch.setitem(facts.MOST, FactToCheck, 0)
        page = text(boss.post(url("fact_said", ada), {"quote": "One more", "kind": "team"}, follow=True))
        assert ("long list" in page, FactToCheck.objects.count()) == (True, 0)

    @pytest.mark.parametrize("stage", [Stage.PHONE, Stage.INTERVIEW])
    def test_the_form_stands_in_both_talks(self, boss, ada, stage):
        page = text(boss.get(f"{url('candidate', ada)}?panel={stage.value}"))
        assert url("fact_said", ada) in page

    def test_somebody_who_was_not_asked_in_notes_nothing(self, ada, interviewer, rival, sign_in):
        body = {"quote": "Led ten people", "kind": "team"}
        codes = [sign_in(who).post(url("fact_said", ada), body).status_code for who in (interviewer, rival)]
        assert (codes, FactToCheck.objects.count()) == ([403, 404], 0)
