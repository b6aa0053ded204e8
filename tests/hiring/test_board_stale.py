"""Who waits too long: said on the board, set on a page of the job, told once a day to whoever looks after it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from hiring import closing, staleness
from hiring.models import Application, JobMember, Stage, StageLimit
from mailroom import told
from mailroom.models import Notice
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
MORNING = "2026-11-23T06:10:00+00:00"


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def waiting(job, *days, stage=Stage.CV):
    for n in days:
        row = put(make_application(job, name=f"{n} days"), stage)
        Application.objects.filter(pk=row.pk).update(
            stage_entered_at=timezone.now() - timedelta(days=n, minutes=1)
        )


def keep(job, by, stage=Stage.PHONE, days=3, owner=None):
    staleness.keep(job, {stage: (days, owner)}, by=by)
    return StageLimit.objects.get(job=job, stage=stage)


def posted(**changes) -> dict:
    days = {f"days_{stage}": limit for stage, limit in staleness.DEFAULTS.items()}
    return days | {f"owner_{stage}": "" for stage in staleness.DEFAULTS} | changes


class TestBoard:
    @pytest.mark.parametrize(("days", "late"), [(5, False), (6, True)])
    def test_says_it_over_the_column_and_on_the_card(self, job, boss, days, late):
        waiting(job, days)
        page = text(boss.get(url("board", job)))
        assert ("1 waits longer than 5 days" in page, f"{days} days, too long" in page) == (late, late)

    def test_names_whoever_looks_after_the_stage(self, job, boss, owner, manager):
        keep(job, owner, owner=manager)
        waiting(job, 1, 4, 9, stage=Stage.PHONE)
        assert "2 wait longer than 3 days · Mika" in text(boss.get(url("board", job)))

    def test_names_nobody_who_left(self, job, boss, owner, manager):
        keep(job, owner, owner=manager)
        waiting(job, 9, stage=Stage.PHONE)
        manager.removed_at = timezone.now()
        manager.save()
        assert "Mika" not in text(boss.get(url("board", job)))

    def test_says_fifteen_and_more_where_it_did_not_count_on(self, job, boss):
        waiting(job, *range(10, 27))
        assert "15+ wait longer than 5 days" in text(boss.get(url("board", job)))

    def test_a_hired_person_waits_for_nothing(self, job, boss):
        waiting(job, 99, stage=Stage.HIRED)
        assert "too long" not in text(boss.get(url("board", job)))

    def test_limits_of_ones_own_cost_one_query(self, job, boss, owner, django_assert_num_queries):
        keep(job, owner)
        waiting(job, 9, stage=Stage.PHONE)
        boss.get(url("board", job))
        with django_assert_num_queries(3 + 9):
            boss.get(url("board", job))


class TestSetting:
    def test_shows_what_counts_now(self, job, boss, owner, manager):
        keep(job, owner, days=4, owner=manager)
        form = boss.get(url("limits", job)).context["form"]
        assert [form[name].value() for name in ("days_cv", "days_phone", "owner_phone")] == [
            5,
            4,
            str(manager.pk),
        ]

    def test_keeps_days_and_owner(self, job, boss, manager):
        boss.post(url("limits", job), posted(days_phone="2", owner_phone=manager.pk))
        limits = staleness.limits(job)
        assert (limits["phone"].days, limits["phone"].owner, limits["cv"].owner) == (2, manager, None)
        assert TrailEntry.objects.filter(action="job.limits_set").count() == 1

    def test_twice_is_one_row_for_each_stage(self, job, boss, manager):
        for days in ("2", "9"):
            boss.post(url("limits", job), posted(days_phone=days))
        assert (StageLimit.objects.count(), staleness.limits(job)["phone"].days) == (5, 9)

    @pytest.mark.parametrize("days", ["0", "-1", "366", "x", "", "99999999999"])
    def test_odd_days_are_said_beside_the_field(self, job, boss, days):
        answer = boss.post(url("limits", job), posted(days_phone=days, days_cv="77"))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["days_phone"])
        assert ('value="77"' in text(answer), StageLimit.objects.count()) == (True, 0)

    def test_only_those_who_lead_the_job_are_told(self, job, boss, company, interviewer, rival):
        for who in (interviewer, rival, make_member(company, Role.MANAGER)):
            assert boss.post(url("limits", job), posted(owner_cv=who.pk)).status_code == 422

    def test_only_for_those_on_the_job(self, job, company, interviewer, rival, sign_in):
        stranger = make_member(company, Role.MANAGER)
        answers = [
            sign_in(who).post(url("limits", job), posted()).status_code
            for who in (stranger, interviewer, rival)
        ]
        assert (answers, StageLimit.objects.count()) == ([403, 403, 404], 0)

    def test_the_page_of_the_job_leads_there(self, job, boss):
        assert url("limits", job) in text(boss.get(url("job", job)))


@pytest.mark.django_db
class TestTelling:
    @pytest.fixture(autouse=True)
    def _morning(self):
        with time_machine.travel(MORNING, tick=False) as self.clock:
            yield

    @pytest.fixture
    def limit(self, job, owner, manager):
        waiting(job, 9, 8, 1, stage=Stage.PHONE)
        return keep(job, owner, owner=manager)

    def said(self, limit, member) -> str:
        thing = staleness.look([member], [limit.pk])[limit.pk]
        return thing.say(member)

    def test_once_a_day_in_the_mail_of_the_morning(self, limit, manager):
        assert [staleness.remind(), staleness.remind()] == [1, 0]
        notice = Notice.objects.get()
        assert (notice.member, notice.kind, notice.waits, notice.about_id) == (
            manager,
            "stale",
            True,
            limit.pk,
        )
        self.clock.shift(timedelta(days=1))
        assert (staleness.remind(), Notice.objects.count()) == (1, 1)

    def test_in_one_sentence_with_a_link_to_the_column(self, limit, manager):
        assert (
            self.said(limit, manager) == "2 people wait longer than 3 days at Phone screen: Support person."
        )
        assert staleness.look([manager], [limit.pk])[limit.pk].path == f"{url('board', limit.job)}?show=phone"

    def test_not_before_five_where_the_shop_is(self, limit):
        self.clock.move_to("2026-11-23T04:30:00+00:00")
        assert staleness.remind() == 0

    def test_nobody_when_nobody_waits(self, limit):
        Application.objects.update(stage_entered_at=timezone.now())
        assert staleness.remind() == 0

    def test_nobody_where_nobody_looks_after_it(self, job, owner, limit):
        keep(job, owner, owner=None)
        assert staleness.remind() == 0

    def test_nobody_who_left(self, limit, manager):
        manager.removed_at = timezone.now()
        manager.save()
        assert staleness.remind() == 0

    def test_not_for_a_job_that_is_over(self, limit, owner):
        closing.close(limit.job, by=owner)
        assert staleness.remind() == 0

    def test_is_over_once_nobody_waits(self, limit, manager):
        Application.objects.update(stage_entered_at=timezone.now())
        assert staleness.look([manager], [limit.pk])[limit.pk].handled is True

    def test_not_to_a_manager_taken_off_the_job(self, limit, manager):
        JobMember.objects.filter(membership=manager).delete()
        assert staleness.look([manager], [limit.pk])[limit.pk].readers == set()

    def test_a_new_owner_hears_of_it_the_same_day(self, limit, job, owner):
        staleness.remind()
        keep(job, owner, owner=owner)
        assert (staleness.remind(), Notice.objects.filter(member=owner).count()) == (1, 1)

    def test_may_be_told_at_once_or_never(self, limit, manager):
        told.choose(manager, {"stale": "never"})
        staleness.remind()
        assert Notice.objects.filter(waits=True).count() == 0


@pytest.mark.parametrize(
    ("late", "more", "said"),
    [
        (0, False, ""),
        (1, False, "1 waits longer than 7 days"),
        (3, False, "3 wait longer than 7 days"),
        (15, True, "15+ wait longer than 7 days"),
    ],
)
def test_the_line_over_a_column(late, more, said):
    assert staleness.line(staleness.Limit(Stage.PHONE, 7), late, more) == said
