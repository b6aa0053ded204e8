"""Scorecards: whose draft, whose card opens when, versions, and every way to fill the form in wrongly."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from hiring import cards, rules
from hiring.card_forms import NO_EVIDENCE, ScorecardForm
from hiring.models import Rating, Requirement, Scorecard, Stage
from hiring.pipeline import Refused
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_card, make_interview, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.INTERVIEW)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def rows(application):
    return list(application.job.requirements.order_by("position"))


def values(application, *levels, **fields):
    ratings = {row.pk: (level, "") for row, level in zip(rows(application), levels, strict=False)}
    return {"recommendation": "yes", "trust": "", "reason": "slip", "ratings": ratings} | fields


def save(application, by, *levels, submit=True, **fields):
    return cards.save(application, by=by, values=values(application, *levels, **fields), submit=submit)


def fields(application, *levels, **data) -> dict:
    """What a browser posts; None is a level that nobody chose."""
    chosen = zip(rows(application), levels, strict=False)
    return {f"level_{row.pk}": str(level) for row, level in chosen if level} | data


class TestDrafts:
    def test_one_a_person_however_often_it_is_kept(self, ada, owner):
        for level in (1, 2, 3):
            save(ada, owner, level, submit=False)
        card = Scorecard.objects.get()
        assert (card.version, card.is_draft, card.ratings.get().level) == (1, True, 3)

    def test_need_no_recommendation(self, ada, owner):
        assert save(ada, owner, submit=False, recommendation="").is_draft

    def test_belong_to_their_author(self, ada, owner, manager, interviewer):
        save(ada, owner, 4, submit=False)
        seen = [Scorecard.objects.visible_to(who).count() for who in (owner, manager, interviewer)]
        assert seen == [1, 0, 0]

    def test_are_nowhere_on_a_colleagues_page(self, ada, owner, manager, sign_in):
        save(ada, owner, 4, submit=False, trust="Zebra stripes")
        save(ada, manager, 4)
        assert "Zebra" not in text(sign_in(manager).get(url("candidate", ada), {"panel": "interview"}))

    def test_count_for_nothing(self, ada, owner):
        save(ada, owner, 1, 1, submit=False)
        assert set(rules.means(ada).values()) == {None}

    def test_two_in_the_database_are_refused(self, ada, owner):
        make_card(ada, owner, submitted=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_card(ada, owner, submitted=False, version=2)

    def test_two_people_have_one_each(self, ada, owner, manager):
        save(ada, owner, 2, submit=False)
        save(ada, manager, 5, submit=False)
        assert [cards.mine(ada, who).ratings.get().level for who in (owner, manager)] == [2, 5]

    def test_one_each_for_two_applications(self, ada, job, owner):
        other = make_application(job)
        save(ada, owner, 2, submit=False)
        save(other, owner, 4, submit=False)
        assert cards.mine(other, owner).ratings.get().level == 4

    def test_a_requirement_left_out_loses_its_rating(self, ada, owner):
        save(ada, owner, 2, 3, submit=False)
        save(ada, owner, 2, submit=False)
        assert Rating.objects.count() == 1


class TestHandingIn:
    def test_before_the_interview_has_begun_is_too_early(self, ada, owner):
        make_interview(ada, owner, hours=1)
        with pytest.raises(Refused, match="not begun"):
            save(ada, owner, 4)
        assert Scorecard.objects.count() == 0

    def test_at_its_very_minute_is_not(self, ada, owner):
        planned = make_interview(ada, owner, hours=1)
        with time_machine.travel(planned.starts_at, tick=False):
            assert save(ada, owner, 4).submitted_at == planned.starts_at

    def test_the_first_of_two_interviews_counts(self, ada, owner):
        make_interview(ada, owner, hours=-1)
        make_interview(ada, owner, hours=5)
        assert not save(ada, owner, 4).is_draft

    def test_a_cancelled_one_holds_nobody_up(self, ada, owner):
        make_interview(ada, owner, hours=5, cancelled_at=timezone.now())
        assert not save(ada, owner, 4).is_draft

    def test_somebody_elses_interview_holds_nobody_up(self, ada, job, owner):
        make_interview(make_application(job), owner, hours=5)
        assert not save(ada, owner, 4).is_draft

    def test_a_draft_may_be_kept_before_it(self, ada, owner):
        make_interview(ada, owner, hours=5)
        assert save(ada, owner, 4, submit=False).is_draft

    def test_too_early_keeps_the_draft_that_was_there(self, ada, owner):
        save(ada, owner, 2, submit=False)
        make_interview(ada, owner, hours=5)
        with pytest.raises(Refused):
            save(ada, owner, 5)
        assert cards.mine(ada, owner).ratings.get().level == 2

    def test_passing_one_interview_moves_nobody(self, ada, owner):
        save(ada, owner, 5, 5, recommendation="strong_yes")
        ada.refresh_from_db()
        assert ada.standing == "interview"

    def test_the_card_remembers_the_list_it_was_made_with(self, ada, owner):
        type(ada.job).objects.filter(pk=ada.job_id).update(rubric_version=4)
        ada.refresh_from_db()
        assert save(ada, owner, 4).rubric_version == 4

    def test_the_trail_tells_a_draft_from_a_card(self, ada, owner):
        save(ada, owner, 4, submit=False)
        save(ada, owner, 4)
        actions = TrailEntry.objects.filter(action__startswith="scorecard").order_by("pk")
        assert list(actions.values_list("action", flat=True)) == ["scorecard.saved", "scorecard.submitted"]


class TestAmending:
    def test_makes_a_new_version_and_leaves_the_old_one(self, ada, owner):
        first = save(ada, owner, 2, trust="First view")
        second = save(ada, owner, 4, trust="Second thoughts")
        first.refresh_from_db()
        assert (first.trust, first.ratings.get().level, second.version) == ("First view", 2, 2)

    def test_begun_is_a_draft_beside_the_card(self, ada, owner):
        save(ada, owner, 2)
        save(ada, owner, 4, submit=False)
        assert [(card.version, card.is_draft) for card in Scorecard.objects.order_by("version")] == [
            (1, False),
            (2, True),
        ]

    def test_begun_still_shows_colleagues_the_old_one(self, ada, owner, manager):
        save(ada, owner, 2)
        save(ada, owner, 4, submit=False)
        save(ada, manager, 3)
        seen = Scorecard.objects.visible_to(manager).filter(interviewer=owner)
        assert [card.version for card in seen] == [1]

    def test_the_newest_counts(self, ada, owner):
        save(ada, owner, 2, 2)
        save(ada, owner, 4, 5)
        assert sorted(rules.means(ada).values()) == [4.0, 5.0]

    def test_my_card_is_the_one_in_hand(self, ada, owner):
        save(ada, owner, 2)
        save(ada, owner, 4, submit=False)
        assert cards.mine(ada, owner).version == 2

    def test_nobody_without_one_has_one(self, ada, owner):
        assert cards.mine(ada, owner) is None


class TestBlindUntilHandedIn:
    def test_a_colleagues_card_opens_with_ones_own(self, ada, owner, manager):
        save(ada, manager, 5)
        before = Scorecard.objects.visible_to(owner).count()
        save(ada, owner, 3, submit=False)
        drafting = Scorecard.objects.visible_to(owner).filter(interviewer=manager).count()
        save(ada, owner, 3)
        assert (before, drafting, Scorecard.objects.visible_to(owner).count()) == (0, 0, 2)

    def test_a_card_on_one_person_opens_no_other_persons(self, ada, job, owner, manager):
        other = put(make_application(job), Stage.INTERVIEW)
        save(ada, owner, 3)
        save(other, manager, 3)
        assert Scorecard.objects.visible_to(owner).filter(application=other).count() == 0

    def test_a_boss_has_no_way_round_it(self, ada, owner, manager, boss):
        save(ada, manager, 5, trust="Bright spark")
        assert "Bright spark" not in text(boss.get(url("candidate", ada), {"panel": "interview"}))

    def test_nor_have_other_panels_and_the_history(self, ada, owner, manager, boss):
        save(ada, manager, 5, trust="Bright spark")
        pages = [text(boss.get(url("candidate", ada), {"panel": panel})) for panel in ("cv", "phone", "")]
        assert ["Bright spark" in page for page in pages] == [False] * 3

    def test_another_company_sees_none(self, ada, owner, rival):
        save(ada, owner, 5)
        assert Scorecard.objects.visible_to(rival).count() == 0

    def test_a_colleague_who_left_is_read_on(self, ada, owner, manager, boss):
        save(ada, manager, 5, trust="Bright spark")
        type(manager).objects.filter(pk=manager.pk).update(removed_at=timezone.now())
        save(ada, owner, 3)
        assert "Bright spark" in text(boss.get(url("candidate", ada), {"panel": "interview"}))


class TestTheForm:
    def posted(self, ada, *levels, handing_in=False, **data):
        posted = fields(ada, *levels, **data)
        form = ScorecardForm(posted, requirements=rows(ada), handing_in=handing_in)
        return form, form.is_valid()

    def test_everything_may_stay_empty_in_a_draft(self, ada):
        form, valid = self.posted(ada)
        empty = {"recommendation": "", "trust": "", "reason": "", "ratings": {}, "words": {}, "answers": {}}
        assert (valid, form.values()) == (True, empty)

    @pytest.mark.parametrize("level", ["0", "6", "-1", "2.5", "five", "none ", "1 OR 1", "١"])
    def test_levels_are_one_to_five_or_no_evidence(self, ada, level):
        form, valid = self.posted(ada, level)
        assert (valid, list(form.errors)) == (False, [f"level_{rows(ada)[0].pk}"])

    @pytest.mark.parametrize("recommendation", ["maybe", "YES", "5"])
    def test_there_is_no_middle(self, ada, recommendation):
        _form, valid = self.posted(ada, recommendation=recommendation)
        assert valid is False

    def test_a_note_without_a_level_is_given_back(self, ada):
        note = f"note_{rows(ada)[0].pk}"
        data = {note: "Very clear answers", "recommendation": "yes"}
        form, valid = self.posted(ada, handing_in=True, **data)
        assert (valid, list(form.errors), form[note].value()) == (False, [note], "Very clear answers")

    def test_in_a_draft_words_come_before_the_level(self, ada):
        first = rows(ada)[0].pk
        form, valid = self.posted(ada, **{f"note_{first}": "Very clear answers"})
        assert (valid, form.values()["words"]) == (True, {first: "Very clear answers"})

    def test_a_note_with_no_evidence_is_kept(self, ada):
        first = rows(ada)[0].pk
        form, valid = self.posted(ada, NO_EVIDENCE, **{f"note_{first}": "We ran out of time"})
        assert (valid, form.values()["ratings"]) == (True, {first: (None, "We ran out of time")})

    @pytest.mark.parametrize(("name", "most"), [("trust", 2_000), ("note", 1_000)])
    def test_words_have_room_and_an_end(self, ada, name, most):
        field = name if name == "trust" else f"note_{rows(ada)[0].pk}"
        assert self.posted(ada, 3, **{field: "x" * most})[1] is True
        assert self.posted(ada, 3, **{field: "x" * (most + 1)})[1] is False

    def test_a_nul_is_refused_and_not_an_error_page(self, ada, boss):
        answer = boss.post(url("scorecard", ada), {"trust": "a\x00b"})
        assert (answer.status_code, Scorecard.objects.count()) == (422, 0)

    def test_a_requirement_of_another_job_is_not_rated(self, ada, boss, company):
        foreign = make_job(company).requirements.first()
        boss.post(url("scorecard", ada), {f"level_{foreign.pk}": "5"})
        assert Rating.objects.count() == 0

    def test_nor_one_that_was_taken_off_the_list(self, ada, boss):
        gone = rows(ada)[0]
        Requirement.objects.filter(pk=gone.pk).update(retired_at=timezone.now())
        boss.post(url("scorecard", ada), fields(ada, 5))
        assert Rating.objects.filter(requirement=gone).count() == 0

    def test_a_refused_card_keeps_what_was_typed(self, ada, boss):
        first = rows(ada)[0].pk
        data = fields(ada, 4, submit="1", trust="I would, gladly", **{f"note_{first}": "Clear words"})
        answer = boss.post(url("scorecard", ada), data)
        page = text(answer)
        assert (answer.status_code, "I would, gladly" in page, "Clear words" in page) == (422, True, True)

    def test_fields_it_does_not_show_change_nothing(self, ada, boss, owner, manager):
        data = fields(ada, 4, recommendation="yes", submit="1")
        boss.post(
            url("scorecard", ada), data | {"interviewer": manager.pk, "version": "9", "rubric_version": "7"}
        )
        card = Scorecard.objects.get()
        assert (card.interviewer, card.version, card.rubric_version) == (owner, 1, 1)

    def test_shows_again_what_was_kept(self, ada, owner, boss):
        save(ada, owner, 4, None, submit=False, trust="Kept words")
        page = text(boss.get(url("kit", ada)))
        form = page.split(url("scorecard", ada))[1].split("</form>")[0]
        assert ("Kept words" in form, form.count(" checked")) == (True, 3)

    def test_markup_in_a_card_is_text(self, ada, owner, manager, boss):
        save(ada, manager, 4, trust="<script>alert(1)</script>")
        save(ada, owner, 4)
        assert "<script>alert" not in text(boss.get(url("candidate", ada), {"panel": "interview"}))

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(levels=st.lists(st.sampled_from([None, "1", "2", "3", "4", "5", "none"]), min_size=2, max_size=2))
    def test_whatever_is_chosen_is_what_is_kept(self, ada, owner, levels):
        form, valid = self.posted(ada, *levels, recommendation="no")
        assert valid
        cards.save(ada, by=owner, values=form.values())
        kept = dict(Rating.objects.values_list("requirement", "level"))
        expected = {
            row.pk: None if level == "none" else int(level)
            for row, level in zip(rows(ada), levels, strict=True)
            if level
        }
        assert kept == expected


class TestRights:
    def test_an_interviewer_hands_in_for_those_they_see(self, ada, job, interviewer, sign_in):
        other = put(make_application(job), Stage.INTERVIEW)
        ada.assignments.create(company=ada.company, membership=interviewer)
        client = sign_in(interviewer)
        answers = [
            client.post(url("scorecard", row), fields(row, 4, recommendation="yes", submit="1")).status_code
            for row in (ada, other)
        ]
        assert (answers, Scorecard.objects.count()) == ([302, 403], 1)

    def test_taken_off_they_are_out_with_the_next_request(self, ada, interviewer, sign_in):
        seen = ada.assignments.create(company=ada.company, membership=interviewer)
        client = sign_in(interviewer)
        client.get(url("candidate", ada))
        seen.delete()
        assert client.get(url("candidate", ada)).status_code == 403

    def test_neither_hire_nor_rival_rates_anybody(self, ada, hire, rival, sign_in):
        answers = [sign_in(who).post(url("scorecard", ada), {}).status_code for who in (hire, rival)]
        assert (answers, Scorecard.objects.count()) == ([403, 404], 0)

    def test_the_page_costs_the_same_with_three_colleagues(self, ada, company, owner, boss):
        def queries():
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as found:
                boss.get(url("candidate", ada), {"panel": "interview"})
            return len(found)

        save(ada, owner, 4, 4)
        make_card(ada, make_member(company, Role.MANAGER), levels=(3, 4))
        queries()
        one = queries()
        for _ in range(2):
            make_card(ada, make_member(company, Role.MANAGER), levels=(3, 4))
        assert queries() == one


class TestMeans:
    def test_are_of_everybodys_newest_card(self, ada, owner, manager):
        save(ada, owner, 1, 5)
        save(ada, owner, 3, 5)
        save(ada, manager, 5, 5)
        first, second = rows(ada)
        assert rules.means(ada) == {first.pk: 4.0, second.pk: 5.0}

    def test_no_evidence_is_neither_zero_nor_counted(self, ada, owner, manager):
        save(ada, owner, None, 4)
        save(ada, manager, 4, None)
        first, second = rows(ada)
        assert rules.means(ada) == {first.pk: 4.0, second.pk: 4.0}

    def test_nobody_rated_is_none(self, ada):
        assert list(rules.means(ada).values()) == [None, None]

    @pytest.mark.parametrize(
        ("levels", "weak"),
        [((3, 4), ("Writes clearly",)), ((4, 5), ()), ((1, 3), ("Writes clearly", "Stays calm"))],
    )
    def test_three_or_less_is_trained(self, ada, owner, levels, weak):
        save(ada, owner, *levels)
        assert rules.weak_skills(ada) == weak

    def test_a_bonus_is_never_trained(self, ada, owner):
        Requirement.objects.filter(job=ada.job).update(level="bonus")
        save(ada, owner, 1, 1)
        assert rules.weak_skills(ada) == ()

    def test_the_floor_is_three(self, ada, owner):
        asked = []
        for level in (2, 3):
            save(ada, owner, level, 5)
            asked.append(
                "musts" in [ask.code for ask in rules.asks(ada, rules.Step.NEXT, to="references", by=owner)]
            )
        assert asked == [True, False]

    def test_a_weak_nice_to_have_asks_nothing(self, ada, owner):
        Requirement.objects.filter(pk=rows(ada)[0].pk).update(level="nice")
        save(ada, owner, 1, 5)
        assert "musts" not in [
            ask.code for ask in rules.asks(ada, rules.Step.NEXT, to="references", by=owner)
        ]

    def test_a_high_mean_elsewhere_saves_no_must(self, ada, owner):
        save(ada, owner, 5, 1)
        assert "musts" in [ask.code for ask in rules.asks(ada, rules.Step.NEXT, to="references", by=owner)]

    def test_the_database_takes_one_to_five_only(self, ada, owner):
        card = make_card(ada, owner)
        for level in (0, 6):
            with pytest.raises(IntegrityError), transaction.atomic():
                Rating.objects.create(
                    company=ada.company, scorecard=card, requirement=rows(ada)[0], level=level
                )


def test_interviews_end_when_they_end(ada, owner):
    planned = make_interview(ada, owner, minutes=45)
    assert planned.ends_at - planned.starts_at == timedelta(minutes=45)


class TestReading:
    def test_of_each_other_the_newest_that_was_handed_in(self, ada, owner, manager):
        save(ada, owner, 4)
        for levels in ([2], [3]):
            make_card(ada, manager, levels=levels, version=levels[0])
        make_card(ada, manager, levels=[5], version=9, submitted_at=None)
        assert [card.ratings.get().level for card in cards.opened(ada, owner)] == [3]

    def test_nothing_is_read_before_ones_own_is_in(self, ada, owner, manager):
        make_card(ada, manager, levels=[2])
        save(ada, owner, 4, submit=False)
        assert (cards.opened(ada, owner), cards.closed(ada, owner)) == ([], True)

    def test_an_open_card_is_not_closed(self, ada, owner, manager):
        make_card(ada, manager, levels=[2])
        save(ada, owner, 4)
        assert cards.closed(ada, owner) is False

    def test_a_colleagues_draft_is_not_even_a_closed_one(self, ada, owner, manager):
        make_card(ada, manager, submitted=False)
        assert cards.closed(ada, owner) is False

    @pytest.mark.parametrize("others", [1, 3])
    def test_costs_the_same_for_one_and_for_three(
        self, ada, company, owner, others, django_assert_num_queries
    ):
        save(ada, owner, 4)
        for n in range(others):
            make_card(ada, make_member(company, Role.MANAGER, f"m{n}@lumi.example"), levels=[4])
        with django_assert_num_queries(3):
            assert len(cards.opened(ada, owner)) == others
