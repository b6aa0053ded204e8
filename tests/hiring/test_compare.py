"""People side by side: whose ratings are counted, what breaks the floor, and what a reader may not see."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from hiring import comparing
from hiring.models import Application, Outcome, Requirement, SampleRating, Stage, WorkSample
from tests.hiring.acts import put, url
from tests.hiring.acts import text as body
from tests.hiring.factories import (
    go,
    make_application,
    make_card,
    make_job,
    make_reference,
    make_screen,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    job = make_job(company, members=[manager])
    for position, (text, level) in enumerate([("Speaks Finnish", "nice"), ("Knows tea", "bonus")], start=2):
        Requirement.objects.create(company=company, job=job, text=text, level=level, position=position)
    return job


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def person(job, name, stage=Stage.INTERVIEW, **fields):
    return put(make_application(job, name=name, **fields), stage)


@pytest.fixture
def ada(job):
    return person(job, "Ada Lind")


@pytest.fixture
def bo(job):
    return person(job, "Bo Ek")


def page(client, job, **query) -> str:
    return body(client.get(url("compare", job), query))


def words(client, job, **query) -> str:
    """The text of the table alone, without tags."""
    found = re.search(r'<table class="fh-table fh-on-paper.*?</table>', page(client, job, **query), re.S)
    return " ".join(strip_tags(found[0].replace("<", " <")).split())


def found(job, member, *chosen):
    return comparing.compare(job, member, comparing.shown(job, chosen))


def names(people):
    return [row.application.name for row in people]


class TestWho:
    def test_those_in_an_interview_references_or_an_offer(self, job):
        for name, stage in [("Cv", "cv"), ("Phone", "phone"), ("Int", "interview"), ("Ref", "references")]:
            person(job, name, stage)
        put(make_application(job, name="Gone"), Stage.INTERVIEW, Outcome.NOT_SELECTED)
        assert [row.name for row in comparing.shown(job)] == ["Int", "Ref"]

    def test_whoever_is_chosen_instead(self, job, ada, bo):
        gone = put(make_application(job, name="Gone"), Stage.INTERVIEW, Outcome.NOT_SELECTED)
        assert [row.name for row in comparing.shown(job, [ada.pk, gone.pk])] == ["Ada Lind", "Gone"]

    def test_never_somebody_of_another_job_or_company(self, job, ada, rival, company):
        others = [make_application(make_job(company)), make_application(make_job(rival.company))]
        assert comparing.shown(job, [row.pk for row in others]) == []

    def test_a_test_of_ones_own_is_nobody(self, job):
        person(job, "Test", is_test=True)
        assert comparing.shown(job) == []

    def test_what_is_no_number_is_left_out(self, boss, job, ada):
        assert "Ada Lind" in page(boss, job, who=["x", "-1", "9" * 30, "²"])

    def test_one_may_choose_among_those_somebody_has_talked_to(self, job, ada):
        person(job, "Unread", Stage.CV)
        phone = person(job, "Phone", Stage.PHONE)
        assert comparing.offered(job) == [ada, phone]


class TestStates:
    def test_nobody_yet(self, boss, job):
        assert "this page begins with the first interview" in page(boss, job)

    def test_nobody_so_far_but_somebody_to_choose(self, boss, job):
        person(job, "Phone", Stage.PHONE)
        assert "Choose below whom you want to see" in page(boss, job)

    def test_one_alone_is_no_choice(self, boss, job, ada):
        text = page(boss, job)
        assert "Only one person has come this far. Two make a choice." in text
        assert "Place 1" not in text

    @pytest.mark.parametrize("second", ["shown", "chosen"])
    def test_two_are(self, boss, job, ada, bo, second):
        query = {"who": [ada.pk]} if second == "chosen" else {}
        assert "Only one person" not in page(boss, job, **query)

    def test_whoever_came_past_a_stage_is_told_of(self, boss, job, owner, bo):
        go(make_application(job), Stage.INTERVIEW, owner)
        assert "1 of them came here past a stage." in page(boss, job)

    def test_nothing_is_told_where_nobody_did(self, boss, job, ada, bo):
        assert "past a stage" not in page(boss, job)

    def test_a_skip_that_was_taken_back_is_none(self, boss, job, owner):
        from hiring import pipeline

        row = make_application(job)
        pipeline.undo(go(row, Stage.INTERVIEW, owner), by=owner)
        put(row, Stage.INTERVIEW)
        assert "past a stage" not in page(boss, job)


class TestRatings:
    def test_are_means_with_their_place(self, boss, job, owner, ada, bo):
        make_card(ada, owner, levels=(4, 3, 2, 5))
        make_card(bo, owner, levels=(3, 3, 5, 5))
        assert (
            "Bo Ek Interview Place 1 mean 5 4 of 4 seen Decision memo : Bo Ek Ada Lind Interview Place 2"
            in words(boss, job)
        )

    @pytest.mark.parametrize(
        ("levels", "said"),
        [
            ((2, 3), "No place: a must-have is below 3"),
            ((None, 3), "No place yet: a must-have is not rated"),
            ((), "No place yet: a must-have is not rated"),
            ((3, 3), "Place 1"),
        ],
    )
    def test_the_floor_is_said_in_words(self, boss, job, owner, ada, bo, levels, said):
        make_card(ada, owner, levels=levels)
        assert said in words(boss, job).split("Ada Lind")[1].split("Bo Ek")[0]

    def test_below_three_is_marked_only_on_a_must_have(self, boss, job, owner, ada):
        make_card(ada, owner, levels=(2, 3, 2, 2))
        assert words(boss, job).count(" below 3") == 2  # the head and the one cell

    def test_no_evidence_is_told_from_not_rated(self, boss, job, owner, ada):
        make_card(ada, owner, levels=(3, 3, None))
        text = words(boss, job)
        assert "Speaks Finnish Nice to have no evidence" in text
        assert "Knows tea Bonus not rated" in text

    def test_no_evidence_covers_nothing(self, boss, job, owner, ada):
        make_card(ada, owner, levels=(3, 3, None, 4))
        assert "mean 4 3 of 4 seen" in words(boss, job)

    def test_the_newest_card_counts(self, job, owner, ada):
        make_card(ada, owner, levels=(1,))
        make_card(ada, owner, levels=(5,), version=2)
        first = comparing.skill_lines(found(job, owner), found(job, owner).people)[0]
        assert first["cells"][0]["mean"] == 5

    def test_ones_own_draft_does_not(self, boss, job, owner, ada):
        make_card(ada, owner, levels=(1, 1), submitted=False, trust="zebra")
        assert "No place yet" in words(boss, job)

    def test_the_higher_of_two_is_told(self, boss, job, owner, ada, bo):
        make_card(ada, owner, levels=(3,))
        make_card(bo, owner, levels=(5,))
        assert "Writes clearly Must have 5 highest 3" in words(boss, job)


class TestRaters:
    def test_with_one_reviewer_nothing_is_said_of_them(self, boss, job, owner, ada, bo):
        make_card(ada, owner, levels=(5, 1))
        make_card(bo, owner, levels=(1, 5))
        text = page(boss, job)
        for word in ("agree", "Talk about", "apart", "Colleagues", "Olga 5"):
            assert word not in text.split("<main")[1].split("</main")[0]

    def test_two_who_differ_by_two_are_named(self, boss, job, owner, manager, ada):
        make_card(ada, owner, levels=(5, 3))
        make_card(ada, manager, levels=(3, 4))
        text = " ".join(strip_tags(page(boss, job)).split())
        assert "Ada Lind · Writes clearly: Olga 5, Mika 3" in text
        assert "Stays calm: Olga" not in text

    def test_single_levels_stand_only_where_they_are_far_apart(self, boss, job, owner, manager, ada):
        make_card(ada, owner, levels=(5, 3))
        make_card(ada, manager, levels=(3, 4))
        assert "4 far apart Olga 5 · Mika 3 Stays calm Must have 3.5 Speaks" in words(boss, job)

    def test_two_who_see_the_same_are_not(self, boss, job, owner, manager, ada):
        make_card(ada, owner, levels=(4, 3))
        make_card(ada, manager, levels=(3, 4))
        assert "Talk about these" not in page(boss, job)

    def test_how_far_they_agree(self, boss, job, owner, manager, ada):
        make_card(ada, owner, levels=(5, 3, 4, None))
        make_card(ada, manager, levels=(3, 3, 3, 1))
        text = " ".join(page(boss, job).split())
        assert "Olga and Mika: the same level in 33 % and at most one apart in 67 % of 3 ratings" in text
        assert "Olga rates 1 higher on average." in text

    def test_the_coefficient_waits_for_thirty(self, job, owner, manager):
        for n in range(15):
            row = person(job, f"P{n}")
            assert comparing.agreed(found(job, owner))["alpha"] is None
            make_card(row, owner, levels=(1 + n % 5, 3))
            make_card(row, manager, levels=(1 + n % 5, 4))
        assert comparing.agreed(found(job, owner))["alpha"] > 0

    def test_two_of_different_people_have_nothing_in_common(self, boss, job, owner, manager, ada, bo):
        make_card(ada, owner, levels=(5,))
        make_card(bo, manager, levels=(1,))
        make_card(bo, owner, levels=(None,))
        assert "How far you agree" not in page(boss, job)


class TestWhatOneMayNotSee:
    def test_anothers_draft_is_nowhere(self, boss, job, owner, manager, ada):
        make_card(ada, owner, levels=(4, 4))
        make_card(ada, manager, levels=(1, 1), submitted=False, trust="zebra")
        text = page(boss, job)
        assert ("zebra" in text, "Mika" in text, "Colleagues have rated" in text) == (False, False, False)

    def test_a_draft_does_not_move_a_mean(self, job, owner, manager, ada):
        make_card(ada, owner, levels=(4, 4))
        before = found(job, owner).people[0].standing
        make_card(ada, manager, levels=(1, 1), submitted=False)
        assert found(job, owner).people[0].standing == before

    def test_a_colleagues_card_opens_with_ones_own(self, boss, job, owner, manager, ada):
        make_card(ada, manager, levels=(5, 5))
        assert "You see their cards when yours is in." in page(boss, job)
        assert "No place yet" in words(boss, job)
        make_card(ada, owner, levels=(3, 3))
        assert "when yours is in" not in page(boss, job)
        assert "Mika 5 · Olga 3" in words(boss, job)

    def test_only_for_the_person_one_has_rated(self, job, owner, manager, ada, bo):
        make_card(ada, manager, levels=(5, 5))
        make_card(bo, manager, levels=(5, 5))
        make_card(bo, owner, levels=(3, 3))
        assert [row.unopened for row in found(job, owner).people] == [True, False]
        assert [len(row.cards) for row in found(job, owner).people] == [0, 2]

    def test_a_hidden_name_stays_hidden(self, boss, company, manager):
        job = make_job(company, members=[manager], hide_names=True)
        row = make_application(job, name="Zelda Quist")
        text = page(boss, job, who=row.pk, sort="name")
        assert (row.alias in text, "Zelda" in text) == (True, False)

    def test_the_order_by_name_does_not_tell_it(self, job, owner):
        Application.objects.update(name_shown_at=None)
        job.hide_names = True
        job.save()
        rows = [make_application(job, name=name) for name in ("Zelda", "Ada", "Mia")]
        people = comparing.ordered(found(job, owner, *(row.pk for row in rows)), "name")
        assert [row.application.number for row in people] == sorted(row.number for row in rows)

    @pytest.mark.parametrize(("role", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
    def test_the_page_itself(self, request, sign_in, job, role, status):
        member = request.getfixturevalue(role)
        assert sign_in(member).get(url("compare", job)).status_code == status

    def test_a_manager_of_another_job_neither(self, sign_in, manager, company):
        assert sign_in(manager).get(url("compare", make_job(company))).status_code == 403


class TestBesides:
    def test_the_call_where_there_was_one(self, boss, job, ada, bo):
        make_screen(ada, polite="no")
        assert "Are they professional and polite? No –" in words(boss, job, sort="")

    def test_references_in_words(self, boss, job, ada):
        make_reference(ada, hesitation=True, deviation=True, candidate_said="Yes")
        assert "References Good, hesitated, something differs" in words(boss, job)

    def test_a_call_that_was_not_made_is_none(self, boss, job, ada):
        make_reference(ada, done_at=None)
        assert "References" not in words(boss, job)

    def test_the_work_sample(self, boss, job, owner, manager, ada):
        rate_sample(ada, owner, "4")
        rate_sample(ada, manager, "5", number=1)
        assert "Work sample: Solved 4.5" in words(boss, job)

    @pytest.mark.parametrize("submitted", [True, False])
    def test_of_a_colleagues_sample_rating_nothing_before_ones_own(self, boss, job, manager, ada, submitted):
        rate_sample(ada, manager, "4", submitted=submitted)
        assert "Work sample" not in words(boss, job)

    def test_what_nobody_has_is_no_line(self, boss, job, ada):
        text = words(boss, job)
        assert ("polite" in text, "References" in text, "Work sample" in text) == (False, False, False)


def rate_sample(application, rater, level, *, submitted=True, number=1):
    from django.utils import timezone

    now = timezone.now()
    sample, _new = WorkSample.objects.get_or_create(
        application=application,
        defaults={
            "company_id": application.company_id, "job": application.job, "number": number, "batch": "b",
            "expires_at": now, "finished_at": now, "answer_1": "Hello",
        },
    )  # fmt: skip
    levels = dict.fromkeys(("solved", "policy", "tone", "next_step"), level)
    SampleRating.objects.create(
        company_id=application.company_id, sample=sample, rater=rater,
        submitted_at=now if submitted else None, **levels,
    )  # fmt: skip


class TestOrder:
    @pytest.fixture
    def three(self, job, owner):
        rows = [person(job, "Cleo"), person(job, "Abe", Stage.OFFER), person(job, "Bea", Stage.REFERENCES)]
        for row, levels in zip(rows, [(3, 3, 5), (5, 2, 5), (4, 3, 4)], strict=True):
            make_card(row, owner, levels=levels)
        return rows

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("", ["Cleo", "Bea", "Abe"]),
            ("name", ["Abe", "Bea", "Cleo"]),
            ("stage", ["Abe", "Bea", "Cleo"]),
            ("nonsense", ["Cleo", "Abe", "Bea"]),
            ("999999", ["Cleo", "Abe", "Bea"]),
        ],
    )
    def test_of_people(self, job, owner, three, sort, expected):
        assert names(comparing.ordered(found(job, owner), sort)) == expected

    def test_by_one_skill(self, job, owner, three):
        first = job.requirements.get(text="Writes clearly")
        assert names(comparing.ordered(found(job, owner), str(first.pk))) == ["Abe", "Bea", "Cleo"]

    def test_every_order_is_a_link_that_keeps_who_is_compared(self, boss, job, three):
        text = page(boss, job, who=[row.pk for row in three[:2]])
        kept = "&amp;".join(f"who={row.pk}" for row in three[:2])
        assert f'href="?{kept}&amp;sort=name"' in text

    def test_six_beside_each_other_the_others_on_the_next_page(self, boss, job):
        people = [person(job, f"Number {n}") for n in range(8)]
        assert ("Number 5" in words(boss, job), "Number 6" in words(boss, job)) == (True, False)
        assert "Number 6" in words(boss, job, page="2")
        assert len(people) == 8

    @pytest.mark.parametrize("number", ["0", "99", "x", "-3", "9" * 25])
    def test_a_page_that_is_not_there_is_the_nearest(self, boss, job, ada, number):
        assert "Ada Lind" in words(boss, job, page=number)

    def test_a_phone_shows_one_at_a_time(self, boss, job, ada, bo):
        def card(text):
            return text.split('id="one"')[1].split("</section>")[0].split("<section")[1]

        assert ("Ada Lind" in card(page(boss, job)), "Bo Ek" in card(page(boss, job))) == (True, False)
        assert "Bo Ek" in card(page(boss, job, one=bo.pk))


def cost(client, job) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url("compare", job)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(boss, job, owner, manager, interviewer, n):
    for i in range(n):
        row = person(job, f"P{i}")
        make_screen(row)
        make_reference(row)
        for rater in (owner, manager, interviewer)[:n]:
            make_card(row, rater, levels=(4, 3, 5, 1))
    cost(boss, job)
    assert cost(boss, job) == 14


def test_the_board_leads_there_once_somebody_is_that_far(boss, job):
    person(job, "Phone", Stage.PHONE)
    assert url("compare", job) not in body(boss.get(url("board", job)))
    person(job, "Int")
    assert url("compare", job) in body(boss.get(url("board", job)))
