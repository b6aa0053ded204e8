"""What runs out in a place is said once, three days before: by mail, at the bell, and on the home page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from hiring import closing, panels, placements, reminding
from hiring.models import JobMember, Placement
from mailroom.models import Mail, Notice
from tests.factories import make_member
from tests.hiring.adverts import make_published
from tests.hiring.placed import make_placement, placed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def job(owner, manager):
    job = make_published(owner)
    JobMember.objects.create(company=job.company, job=job, membership=manager)
    return job


def told() -> list:
    return sorted(Notice.objects.values_list("member__name", flat=True))


class TestOnce:
    @pytest.mark.parametrize(("days", "said"), [(-1, 0), (0, 1), (1, 1), (3, 1), (4, 0), (None, 0)])
    def test_three_days_before_and_not_after_the_end(self, job, owner, days, said):
        make_placement(job, owner, ago=10, days=None if days is None else 10 + days)
        assert reminding.remind() == said

    def test_those_who_lead_the_job_hear_of_it_by_mail(self, job, owner, manager, interviewer, rival):
        make_member(job.company, "manager", name="Not on it")
        make_placement(job, owner, days=3)
        reminding.remind()
        assert told() == ["Mika", "Olga"]
        mails = Mail.objects.filter(message="told_one")
        assert sorted(mails.values_list("recipient", flat=True)) == [manager.email, owner.email]

    def test_a_second_run_says_nothing(self, job, owner):
        make_placement(job, owner, days=3)
        assert [reminding.remind(), reminding.remind(), Notice.objects.count()] == [1, 0, 2]

    def test_another_last_day_is_said_again(self, job, owner, time_machine):
        row = make_placement(job, owner, days=3)
        reminding.remind()
        placements.change(row, values=placed(days=30), by=owner)
        assert reminding.remind() == 0
        time_machine.move_to(NOON + timedelta(days=28), tick=False)
        assert reminding.remind() == 1

    @pytest.mark.parametrize("what", ["down", "closed", "paused"])
    def test_what_is_settled_is_not_said(self, job, owner, what):
        row = make_placement(job, owner, days=3)
        {
            "down": lambda: placements.take_down(row, by=owner),
            "closed": lambda: closing.close(job, by=owner),
            "paused": lambda: closing.stop(job, by=owner),
        }[what]()
        assert reminding.remind() == 0

    @pytest.mark.parametrize(
        ("hour", "zone", "said"), [(6, "UTC", 0), (9, "UTC", 1), (18, "UTC", 0), (6, "Asia/Dubai", 1)]
    )
    def test_in_the_day_where_the_shop_is(self, job, owner, time_machine, hour, zone, said):
        job.company.timezone = zone
        job.company.save()
        make_placement(job, owner, days=3)
        time_machine.move_to(NOON.replace(hour=hour), tick=False)
        assert reminding.remind() == said

    def test_says_place_day_and_job(self, job, owner):
        row = make_placement(job, owner, days=3)
        thing = reminding.look([owner], [row.pk])[row.pk]
        assert thing.say(owner) == f"We Work Remotely: your advert runs out on Dec. 4, 2026. {job.title}"
        assert thing.path == f"/hiring/jobs/{job.pk}/live/?at=wwr#place-wwr"

    def test_is_seen_to_when_it_is_taken_down(self, job, owner):
        row = make_placement(job, owner, days=3)
        assert not reminding.look([owner], [row.pk])[row.pk].handled
        placements.take_down(row, by=owner)
        assert reminding.look([owner], [row.pk])[row.pk].handled

    def test_another_shop_and_other_managers_may_not_look(self, job, owner, manager, rival):
        row = make_placement(job, owner, days=3)
        stranger = make_member(job.company, "manager")
        thing = reminding.look([owner, manager, stranger], [row.pk])[row.pk]
        assert thing.readers == {owner.pk, manager.pk}
        assert reminding.look([rival], [row.pk]) == {}


class TestHome:
    def lines(self, member):
        found = [p for p in panels.for_member(member) if p.template == "hiring/_panel_placements.html"]
        return [line["text"].partition(":")[0] for panel in found for line in panel.context["lines"]]

    def test_lists_what_runs_out_the_first_to_end_first(self, job, owner, manager):
        for channel, days in (("linkedin", 3), ("wwr", 1), ("notice", 9)):
            make_placement(job, owner, channel, days=days)
        assert self.lines(owner) == self.lines(manager) == ["We Work Remotely", "LinkedIn"]

    def test_nobody_else_sees_it(self, job, owner, rival, interviewer):
        make_placement(job, owner, days=1)
        people = [rival, interviewer, make_member(job.company, "manager")]
        assert [self.lines(member) for member in people] == [[], [], []]

    def test_goes_when_it_is_seen_to(self, job, owner):
        row = make_placement(job, owner, days=1)
        placements.change(row, values=placed(days=40), by=owner)
        assert self.lines(owner) == []

    def test_is_on_the_page_with_its_button(self, job, owner, sign_in):
        make_placement(job, owner, days=1)
        page = sign_in(owner).get("/").content.decode()
        assert f'href="/hiring/jobs/{job.pk}/live/?at=wwr#place-wwr"' in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same_however_many_run_out(self, job, owner, django_assert_num_queries, number):
        for channel in ("wwr", "linkedin", "own")[:number]:
            make_placement(job, owner, channel, days=2)
        with django_assert_num_queries(2):  # the rows; the names of the places
            assert len(reminding.panels(owner)) == 1
        assert Placement.objects.filter(expires_on__gte=localdate()).count() == number
