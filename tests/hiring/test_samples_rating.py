"""Rating work samples: blind, alone until handed in, versions; means with their n; never a score by a machine."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import undoing
from accounts.models import Role
from hiring import samples, samples_rating, samples_sending
from hiring.models import Assignment, SampleRating, Stage
from hiring.pipeline import Refused
from mailroom.models import Notice
from tests.factories import make_member
from tests.hiring.acts import put, text
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_samples import finish, fresh, url

pytestmark = pytest.mark.django_db
GOOD = dict.fromkeys(samples.KEYS, "4") | {"answered": ["0-0"], "note": "Warm and clear"}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def sample(job, owner):
    ada = put(make_application(job, name="Ada Lind"), Stage.PHONE)
    return finish(
        samples_sending.send(job, [ada], by=owner)[0], ("Dear Jonna, yes. Ada Lind", "See https://x.example")
    )


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def rate(sample, by, submit=True, **values):
    return samples_rating.save(sample, by=by, values=GOOD | values, submit=submit)


def others(job, owner, n=2):
    people = [put(make_application(job), Stage.PHONE) for _ in range(n)]
    return [finish(row) for row in samples_sending.send(job, people, by=owner)]


class TestDrafts:
    def test_one_a_person_however_often_it_is_kept(self, sample, owner):
        for level in "123":
            rate(sample, owner, submit=False, solved=level)
        row = SampleRating.objects.get()
        assert (row.version, row.is_draft, row.solved) == (1, True, "3")

    def test_belong_to_their_author(self, sample, owner, manager, interviewer):
        rate(sample, owner, submit=False)
        seen = [SampleRating.objects.visible_to(who).count() for who in (owner, manager, interviewer)]
        assert seen == [1, 0, 0]

    def test_are_nowhere_on_a_colleagues_pages(self, sample, owner, manager, sign_in):
        rate(sample, owner, submit=False, note="Zebra stripes")
        rate(sample, manager)
        client = sign_in(manager)
        pages = client.get(url("sample", sample)), client.get(url("candidate", sample.application))
        assert ["Zebra" in text(page) for page in pages] == [False, False]

    def test_need_not_be_whole(self, sample, owner):
        assert rate(sample, owner, submit=False, solved="", note="").is_draft

    def test_can_be_taken_back(self, sample, owner):
        rate(sample, owner, submit=False, solved="2")
        row = rate(sample, owner, submit=False, solved="5")
        samples_rating.take_back(sample, undoing.offered(row, "rating", owner), by=owner)
        assert SampleRating.objects.get().solved == "2"

    def test_the_first_one_taken_back_is_gone(self, sample, owner):
        row = rate(sample, owner, submit=False)
        samples_rating.take_back(sample, undoing.offered(row, "rating", owner), by=owner)
        assert SampleRating.objects.count() == 0
        with pytest.raises(undoing.Gone):
            samples_rating.take_back(sample, "rating-1", by=owner)

    def test_two_in_the_database_are_refused(self, sample, owner):
        rate(sample, owner, submit=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleRating.objects.create(company=sample.company, sample=sample, rater=owner, version=2)


class TestHandingIn:
    @pytest.mark.parametrize("lacking", samples.KEYS)
    def test_needs_all_four(self, sample, owner, lacking):
        with pytest.raises(Refused, match="each of the four"):
            rate(sample, owner, **{lacking: ""})
        assert SampleRating.objects.count() == 0

    def test_no_evidence_is_an_answer(self, sample, owner):
        assert rate(sample, owner, tone="none").submitted_at is not None

    def test_a_correction_is_a_new_version_and_the_old_one_stays(self, sample, owner):
        rate(sample, owner, solved="2")
        rate(sample, owner, submit=False, solved="4")
        rate(sample, owner, solved="5")
        assert list(SampleRating.objects.order_by("version").values_list("version", "solved")) == [
            (1, "2"),
            (2, "5"),
        ]
        assert [row.solved for row in samples_rating.opened(sample, owner)] == ["5"]

    def test_what_is_in_cannot_be_taken_back(self, sample, owner):
        row = rate(sample, owner)
        assert undoing.offered(row, "rating", owner) == ""
        with pytest.raises(undoing.Gone):
            samples_rating.take_back(sample, "rating-x", by=owner)

    def test_a_sample_that_has_not_come_in_is_not_rated(self, job, owner):
        row = samples_sending.send(job, [put(make_application(job), Stage.PHONE)], by=owner)[0]
        with pytest.raises(Refused, match="not come in"):
            rate(row, owner)

    @pytest.mark.parametrize("level", ["6", "0", "x"])
    def test_the_database_knows_the_levels(self, sample, owner, level):
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleRating.objects.create(company=sample.company, sample=sample, rater=owner, tone=level)

    def test_the_database_refuses_half_a_rating(self, sample, owner):
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleRating.objects.create(
                company=sample.company, sample=sample, rater=owner, submitted_at=timezone.now(), solved="3"
            )

    def test_it_is_no_news_any_more(self, sample, owner):
        rate(sample, owner)
        assert set(Notice.objects.filter(kind="sample").values_list("waits", flat=True)) == {False}

    def test_it_moves_nobody(self, sample, owner):
        rate(sample, owner, solved="1", policy="1")
        assert fresh(sample.application).standing == "phone"


class TestWhoSeesWhat:
    def test_others_open_when_ones_own_is_in(self, sample, owner, manager):
        rate(sample, owner, solved="2")
        assert samples_rating.opened(sample, manager) == []
        rate(sample, manager, submit=False)
        assert samples_rating.opened(sample, manager) == []
        rate(sample, manager, solved="4")
        assert sorted(row.solved for row in samples_rating.opened(sample, manager)) == ["2", "4"]

    def test_ones_own_of_another_sample_opens_nothing(self, sample, job, owner, manager):
        other = others(job, owner, 1)[0]
        rate(sample, owner)
        rate(other, manager)
        assert samples_rating.opened(sample, manager) == []

    def test_means_count_levels_only(self, sample, owner, manager):
        rate(sample, owner, solved="2", tone="none")
        rate(sample, manager, solved="5", tone="none")
        found = samples_rating.means(samples_rating.opened(sample, owner))
        assert (found["solved"], found["tone"]) == ((3.5, 2), (None, 0))

    def test_the_page_says_mean_and_n(self, sample, owner, manager, boss):
        rate(sample, owner, solved="2")
        rate(sample, manager, solved="5")
        shown = " ".join(text(boss.get(url("sample", sample))).split())
        assert "<strong>3.5</strong> of 5, from 2 ratings" in shown


class TestThePage:
    def test_has_no_name_no_address_and_no_link_of_theirs(self, sample, boss):
        shown = text(boss.get(url("sample", sample)))
        hidden = [
            "Ada",
            "Lind",
            sample.application.email,
            "https://x.example",
            f"/people/{sample.application_id}/",
        ]
        assert [word for word in hidden if word in shown] == []
        assert "Sample 1 of Applicant 1" in shown

    def test_counts_words_and_links_and_nothing_else(self, sample, boss):
        pairs = boss.get(url("sample", sample)).context["pairs"]
        assert [(pair["words"], pair["links"]) for pair in pairs] == [(5, 0), (1, 1)]

    def test_keeps_a_draft_and_hands_in(self, sample, boss):
        boss.post(url("sample", sample), GOOD)
        assert SampleRating.objects.get().is_draft
        response = boss.post(url("sample", sample), GOOD | {"submit": "1"}, follow=True)
        assert "Your rating is in" in text(response)
        assert SampleRating.objects.get().answered == ["0-0"]

    def test_a_refused_one_comes_back_with_what_was_typed(self, sample, boss):
        response = boss.post(url("sample", sample), {"solved": "3", "note": "Typed words", "submit": "1"})
        assert (response.status_code, "Typed words" in text(response)) == (422, True)

    @pytest.mark.parametrize("wrong", [{"solved": "9"}, {"answered": ["7-7"]}, {"note": "x" * 2_001}])
    def test_what_cannot_be_is_refused(self, sample, boss, wrong):
        assert boss.post(url("sample", sample), GOOD | wrong).status_code == 422
        assert SampleRating.objects.count() == 0

    def test_the_next_one_is_the_next_number_without_ones_rating_then_from_the_start(
        self, sample, job, owner, boss
    ):
        second, third = others(job, owner)
        rate(second, owner)
        assert boss.get(url("sample", sample)).context["next"] == third
        assert boss.get(url("sample", third)).context["next"] == sample
        for row in (sample, third):
            rate(row, owner)
        assert boss.get(url("sample", sample)).context["next"] is None

    def test_undo_of_a_draft_by_its_address(self, sample, owner, boss):
        row = rate(sample, owner, submit=False)
        mark = undoing.offered(row, "rating", owner)
        boss.post(f"{url('sample_take_back', sample)}?mark={mark}")
        assert SampleRating.objects.count() == 0

    def test_an_interviewer_rates_whom_they_meet_and_nobody_else(self, sample, interviewer, sign_in):
        client = sign_in(interviewer)
        assert client.get(url("sample", sample)).status_code == 403
        Assignment.objects.create(
            company=sample.company, application=sample.application, membership=interviewer
        )
        assert client.post(url("sample", sample), GOOD | {"submit": "1"}).status_code == 302
        assert client.post(url("sample_cancel", sample)).status_code == 403

    def test_a_manager_of_another_job_may_not(self, sample, company, sign_in):
        other = make_member(company, Role.MANAGER, "other@lumi.example")
        assert sign_in(other).get(url("sample", sample)).status_code == 403

    @pytest.mark.parametrize("raters", [1, 3])
    def test_queries(self, sample, company, owner, boss, raters, django_assert_num_queries):
        for n in range(raters):
            rate(sample, make_member(company, Role.OWNER, f"r{n}@lumi.example"))
        rate(sample, owner)
        with django_assert_num_queries(QUERIES):
            boss.get(url("sample", sample))

    def test_a_scorecard_points_to_it_where_a_skill_is_tested_there(self, sample, owner, boss):
        put(sample.application, Stage.INTERVIEW)
        sample.application.job.requirements.filter(position=0).update(tested_in=["sample"])
        shown = text(boss.get(url("kit", sample.application)))
        assert shown.count("see sample") == 1


QUERIES = 8
