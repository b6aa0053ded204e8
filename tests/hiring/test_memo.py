"""The decision memo: everything recorded on the way, one's own words, and who takes it along."""

from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.html import strip_tags
from pypdf import PdfReader

from accounts import conflicts, undoing
from hiring import fact_outcomes, facts, memo_paper, memos
from hiring.models import (
    CvCheck,
    DecisionMemo,
    FactToCheck,
    Placement,
    Rating,
    Requirement,
    Stage,
    WrittenReference,
)
from tests.hiring.acts import put, refuse, url
from tests.hiring.acts import text as body
from tests.hiring.factories import (
    ANSWERS,
    bring,
    go,
    make_application,
    make_card,
    make_job,
    make_reference,
)
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SAID = {"why": "Calm with angry customers", "doubts": "New to the tool"}


@pytest.fixture
def job(company, manager):
    job = make_job(company, members=[manager])
    Requirement.objects.create(company=company, job=job, text="Knows tea", level="nice", position=2)
    return job


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def of(application, member):
    application.refresh_from_db()
    return memos.of(application, member)


def page(client, application) -> str:
    return " ".join(strip_tags(body(client.get(url("memo", application))).replace("<", " <")).split())


def post(client, application, seen=0, **said):
    return client.post(url("memo", application), SAID | said | {"seen": seen})


class TestDecision:
    def test_is_the_last_step_with_who_and_when(self, ada, owner):
        with time_machine.travel("2026-03-05 12:00", tick=False):
            bring(ada, Stage.OFFER, owner)
        assert of(ada, owner).decided == "March 5, 2026: Olga moved Ada Lind to Offer."

    def test_a_step_that_was_taken_back_is_none(self, ada, owner):
        from hiring import pipeline

        go(ada, Stage.PHONE, owner)
        pipeline.undo(go(ada, Stage.INTERVIEW, owner), by=owner)
        assert "Phone screen" in of(ada, owner).decided

    def test_a_refusal_says_its_reason(self, ada, owner):
        refuse(ada, owner)
        assert "Reason: The working hours do not fit." in of(ada, owner).decided

    def test_the_list_it_was_read_with(self, ada, owner):
        type(ada).objects.update(rubric_version=3)
        assert of(ada, owner).list_number == 3


class TestSkills:
    def test_with_rating_and_evidence(self, ada, owner):
        card = make_card(ada, owner, levels=(4, 2))
        Rating.objects.filter(scorecard=card, level=4).update(note="Wrote to a supplier")
        rows = [(row["label"], row["mean"], row["word"], row["evidence"]) for row in of(ada, owner).skills]
        assert rows == [
            ("Writes clearly", 4, "", ["Wrote to a supplier"]),
            ("Stays calm", 2, "below 3", []),
            ("Knows tea", None, "not rated", []),
        ]

    def test_what_nobody_rated_says_what_the_cv_shows(self, ada, owner, job):
        first = job.requirements.first()
        CvCheck.objects.create(company=owner.company, application=ada, requirement=first, mark="met")
        assert of(ada, owner).skills[0]["word"] == "not rated; CV: Met"

    def test_evidence_names_its_rater_only_where_there_are_two(self, ada, owner, manager):
        for who in (owner, manager):
            make_card(ada, who, levels=(4,))
        Rating.objects.filter(scorecard__interviewer=manager).update(note="Kind")
        assert of(ada, owner).skills[0]["evidence"] == ["Kind (Mika)"]

    @pytest.mark.parametrize(
        ("levels", "said"),
        [
            ((3, 3), "Every must-have is met."),
            ((2, 3), "A must-have is below 3."),
            ((3,), "A must-have is not rated."),
        ],
    )
    def test_the_floor_in_a_sentence(self, ada, owner, levels, said):
        make_card(ada, owner, levels=levels)
        assert of(ada, owner).standing == said

    def test_the_recommendation_with_the_last_line(self, ada, owner):
        make_card(ada, owner, trust="Yes, she asks first")
        assert of(ada, owner).recommendations == ["Yes. Yes, she asks first"]


class TestWhoseCards:
    def test_a_draft_is_in_nobodys_memo(self, boss, ada, owner, manager):
        make_card(ada, manager, levels=(1,), submitted=False, trust="zebra")
        make_card(ada, owner, levels=(4,))
        assert ("zebra" in page(boss, ada), "Mika" in page(boss, ada)) == (False, False)

    def test_a_draft_is_in_none_after_the_decision_either(self, boss, ada, owner, manager):
        make_card(ada, manager, levels=(1,), submitted=False, trust="zebra")
        refuse(ada, owner)
        assert "zebra" not in page(boss, ada)

    @pytest.mark.parametrize(("stage", "seen"), [(Stage.OFFER, []), (Stage.HIRED, ["Yes"])])
    def test_a_colleagues_card_opens_with_ones_own_or_when_it_is_decided(
        self, ada, owner, manager, stage, seen
    ):
        make_card(ada, manager, levels=(5,))
        put(ada, stage)
        assert of(ada, owner).recommendations == seen

    def test_what_is_not_opened_yet_is_not_called_unrated(self, boss, ada, manager):
        make_card(ada, manager, levels=(4, 4, 4))
        shown = page(boss, ada)
        assert "Colleagues have rated this person. You see their cards when yours is in." in shown
        assert "not rated" not in shown

    def test_what_nobody_has_rated_says_so_to_everybody(self, boss, ada):
        assert "A must-have is not rated." in page(boss, ada)


class TestOnTheWay:
    def test_what_was_asked_and_answered(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        with time_machine.travel(timezone.now(), tick=False):
            go(ada, Stage.INTERVIEW, owner, answers=ANSWERS, text="We know her")
        (line,) = of(ada, owner).asked
        assert (line["question"], line["answer"], line["who"]) == (
            "The three judgements of the call are not all there.",
            "The call was clear without them · We know her",
            "Olga",
        )

    def test_nothing_was_asked(self, ada, owner):
        assert of(ada, owner).asked == []

    def test_skipped_stages(self, boss, ada, owner):
        go(ada, Stage.INTERVIEW, owner)
        assert of(ada, owner).skipped == ["Phone screen"]
        assert "Stages that were skipped: Phone screen." in page(boss, ada)

    def test_references_with_what_was_said_to_them(self, ada, owner):
        make_reference(
            ada, hesitation=True, hesitation_note="at pace", deviation=True, deviation_note="one year",
            candidate_said="It was part-time",
        )  # fmt: skip
        (line,) = of(ada, owner).references
        assert line == {
            "said": "Good, hesitated, something differs",
            "details": ["at pace", "one year", "What they said to it: It was part-time"],
        }

    @pytest.mark.parametrize(
        ("outcome", "told"), [("contradicted", 1), ("differs", 1), ("confirmed", 0), ("unverifiable", 0)]
    )
    def test_facts_that_differ(self, ada, owner, outcome, told):
        fact = facts.add_fact(ada, by=owner, quote="Two years in a tea shop")
        FactToCheck.objects.filter(pk=fact.pk).update(
            outcome=outcome, outcome_at=timezone.now(), outcome_note="It was one"
        )
        found = of(ada, owner).facts
        assert [(row["quote"], row["said"]) for row in found] == [
            ("Two years in a tea shop", "It was one")
        ] * told

    def test_what_each_referee_and_the_applicant_said_to_a_fact(self, ada, owner):
        fact = facts.add_fact(ada, by=owner, quote="Two years in a tea shop")
        referee = make_reference(ada).referee
        values = {
            "outcome": "contradicted",
            "told": "She helped out",
            "claimed": "2 years",
            "found": "1 year",
        }
        fact_outcomes.note(fact, by=owner, referee=referee, values=values)
        fact_outcomes.note_candidate(fact, by=owner, said="It was part-time", on=timezone.localdate())
        (row,) = of(ada, owner).facts
        assert row["said"] == (
            "She helped out · the applicant says 2 years, the referee 1 year"
            " · What they said to it: It was part-time"
        )

    @pytest.mark.parametrize(
        ("reply", "again", "said"),
        [
            ("written", "unsure", [("Answered in writing", ["Would work with them again: Not sure"])]),
            ("refused", "", [("Does not want to answer", [])]),
            ("", "", []),
        ],
    )
    def test_references_in_writing(self, ada, owner, reply, again, said):
        WrittenReference.objects.create(
            company=ada.company, application=ada, referee=make_reference(ada).referee, language="en",
            reply=reply, again=again, replied_at=timezone.now() if reply else None, expires_at=timezone.now(),
        )  # fmt: skip
        assert [(line["said"], line["details"]) for line in of(ada, owner).references[1:]] == said


class TestAround:
    def test_how_many_were_considered_and_nobodys_name(self, boss, job, ada, owner):
        go(make_application(job, name="Zelda Quist"), Stage.PHONE, owner)
        make_application(job, is_test=True)
        assert of(ada, owner).considered == [("CV", 2), ("Phone screen", 1)]
        assert "Zelda" not in page(boss, ada)

    @pytest.mark.parametrize(("others", "told"), [(0, True), (1, False)])
    def test_whether_there_was_a_choice(self, boss, job, ada, others, told):
        for _n in range(others):
            make_application(job)
        assert ("Nobody else was ever considered for this job." in page(boss, ada)) == told

    def test_what_it_has_cost(self, job, ada, owner):
        assert memos.cost(of(ada, owner)) == "no advert was paid for"
        Placement.objects.create(
            company=job.company, job=job, channel="x", price=Decimal("150"), currency="USD",
            posted_on=timezone.localdate(),
        )  # fmt: skip
        assert memos.cost(of(ada, owner)) == "adverts 150.00 USD"


class TestOwnWords:
    def test_are_kept_and_offer_an_undo(self, boss, ada):
        answer = post(boss, ada)
        assert f"undo:{url('memo_take_back', ada)}?mark=memo-" in str(
            answer.wsgi_request._messages._queued_messages[0].extra_tags
        )
        row = DecisionMemo.objects.get()
        assert (row.why, row.doubts, row.revision) == ("Calm with angry customers", "New to the tool", 1)

    def test_may_be_empty(self, boss, ada):
        assert post(boss, ada, why="", doubts="").status_code == 302

    def test_too_many_are_refused_and_stay_in_the_field(self, boss, ada):
        answer = post(boss, ada, why="x" * 2_001)
        assert (answer.status_code, DecisionMemo.objects.count()) == (422, 0)
        assert "x" * 2_001 in body(answer)

    def test_first_ones_taken_back_are_gone(self, ada, owner):
        row = memos.save(ada, by=owner, values=SAID, seen=0)
        memos.take_back(ada, undoing.offered(row, "memo", owner), by=owner)
        assert DecisionMemo.objects.count() == 0

    def test_a_change_taken_back_brings_the_words_before(self, ada, owner):
        memos.save(ada, by=owner, values=SAID, seen=0)
        row = memos.save(ada, by=owner, values=SAID | {"why": "Later"}, seen=1)
        memos.take_back(ada, undoing.offered(row, "memo", owner), by=owner)
        assert DecisionMemo.objects.get().why == SAID["why"]

    def test_taken_back_twice_is_told(self, boss, ada, owner):
        mark = undoing.offered(memos.save(ada, by=owner, values=SAID, seen=0), "memo", owner)
        address = f"{url('memo_take_back', ada)}?mark={mark}"
        assert [boss.post(address).status_code for _n in range(2)] == [302, 409]

    def test_of_two_tabs_the_second_is_shown_both(self, boss, ada, owner):
        memos.save(ada, by=owner, values=SAID, seen=0)
        answer = post(boss, ada, why="Mine")
        assert answer.status_code == 409
        assert ("Mine" in body(answer), SAID["why"] in body(answer)) == (True, True)
        assert DecisionMemo.objects.get().why == SAID["why"]

    def test_the_same_once_more_is_no_change(self, ada, owner):
        memos.save(ada, by=owner, values=SAID, seen=0)
        memos.save(ada, by=owner, values=SAID, seen=1)
        assert DecisionMemo.objects.get().revision == 1

    def test_an_old_form_does_not_overwrite(self, ada, owner):
        memos.save(ada, by=owner, values=SAID, seen=0)
        with pytest.raises(conflicts.Changed):
            memos.save(ada, by=owner, values=SAID | {"why": "x"}, seen=0)

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 12])
    def test_a_form_without_its_revision_keeps_nothing(self, boss, ada, seen):
        assert (post(boss, ada, seen=seen).status_code, DecisionMemo.objects.count()) == (422, 0)

    def test_the_trail_knows_of_it(self, ada, owner):
        memos.save(ada, by=owner, values=SAID, seen=0)
        assert TrailEntry.objects.filter(action="memo.saved", actor_id=owner.user_id).count() == 1


class TestWho:
    PAGES = ("memo", "memo_pdf")

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize(
        ("role", "status"), [("manager", 200), ("interviewer", 403), ("hire", 403), ("rival", 404)]
    )
    def test_leads_the_job_reads_it(self, request, sign_in, ada, name, role, status):
        assert sign_in(request.getfixturevalue(role)).get(url(name, ada)).status_code == status

    @pytest.mark.parametrize("name", PAGES)
    def test_a_manager_of_another_job_does_not(self, sign_in, manager, company, name):
        other = make_application(make_job(company))
        assert sign_in(manager).get(url(name, other)).status_code == 403

    def test_a_hidden_name_is_not_told(self, boss, company):
        row = make_application(make_job(company, hide_names=True), name="Zelda Quist")
        assert "Zelda" not in page(boss, row)
        assert "Zelda" not in memo_paper.name(row)


def pdf(application, member) -> PdfReader:
    application.refresh_from_db()
    made = memo_paper.pdf(application, memos.of(application, member), memos.words(application))
    return PdfReader(BytesIO(made))


def usual(application, owner, words="Told of a refund, calm and clear"):
    """As long as a memo usually is: ten skills with evidence, two references, own words."""
    job = application.job
    for n in range(7):
        Requirement.objects.create(
            company=job.company, job=job, text=f"Skill {n}", level="nice", position=3 + n
        )
    bring(application, Stage.OFFER, owner)
    card = make_card(application, owner, levels=(4,) * 10, trust="Yes, she asks before she promises")
    Rating.objects.filter(scorecard=card).update(note=words)
    make_reference(application)
    memos.save(application, by=owner, values=SAID, seen=0)


class TestPaper:
    @pytest.mark.parametrize(
        ("language", "words", "heading"),
        [
            ("en", "Told of a refund, calm and clear", "Decision memo"),
            ("ar", "تحدثت بهدوء مع عميل غاضب", None),
            ("zh-hans", "对生气的顾客保持冷静,并解释了退款", None),
        ],
    )
    def test_is_one_page_of_usual_length(self, ada, owner, language, words, heading):
        usual(ada, owner, words)
        with translation.override(language):
            reader = pdf(ada, owner)
        assert len(reader.pages) == 1
        assert reader.metadata.title.startswith(heading or "")

    def test_says_what_the_page_says(self, ada, owner):
        usual(ada, owner)
        said = " ".join(pdf(ada, owner).pages[0].extract_text().split())
        for words in (
            "Ada Lind",
            "Calm with angry customers",
            "Every must-have is met.",
            "Told of a refund",
            "Skill 6",
        ):
            assert words in said

    def test_long_words_take_more_pages_and_none_is_lost(self, ada, owner):
        memos.save(ada, by=owner, values={"why": "word " * 400, "doubts": "doubt " * 330}, seen=0)
        text = " ".join(page.extract_text() for page in pdf(ada, owner).pages)
        assert (text.count("word"), text.count("doubt")) == (400, 330)

    def test_without_anything_it_is_a_page_too(self, ada, owner):
        assert len(pdf(ada, owner).pages) == 1

    def test_taking_it_along_is_written_down(self, boss, ada, owner):
        answer = boss.get(url("memo_pdf", ada))
        assert answer["Content-Type"] == "application/pdf"
        assert TrailEntry.objects.filter(action="memo.downloaded", actor_id=owner.user_id).count() == 1

    def test_reading_it_is_not(self, boss, ada):
        boss.get(url("memo", ada))
        assert TrailEntry.objects.filter(action__startswith="memo.").count() == 0


def cost(client, application) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("memo", application)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(boss, job, owner, manager, interviewer, n):
    row = make_application(job)
    for other in range(n):
        bring(make_application(job), Stage.PHONE, owner)
        make_reference(row)
        facts.add_fact(row, by=owner, quote=f"fact {other}")
    for rater in (owner, manager, interviewer)[:n]:
        make_card(row, rater, levels=(4, 3, 5))
    go(row, Stage.PHONE, owner)
    go(row, Stage.INTERVIEW, owner)
    cost(boss, row)
    assert cost(boss, row) == 21
