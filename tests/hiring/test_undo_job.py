"""Taking back what was settled about a job, and who may be asked about an applicant."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone

from accounts import conflicts, undoing
from hiring import adverts, closing, job_undo, referees, references
from hiring.models import Application, Job, JobMember, JobStatus, Referee, ReferenceCall, Stage
from hiring.pipeline import Refused
from tests.factories import make_member
from tests.hiring.acts import put, send_offer, text, url
from tests.hiring.factories import make_application, make_job, make_offer, make_reference, sign
from tests.hiring.test_undo import undo_url
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def draft(company, manager):
    job = make_job(company, members=[manager], status=JobStatus.DRAFT, first_opened_at=None, slug="draft-1")
    Job.objects.filter(pk=job.pk).update(
        summary="x", responsibilities="x", how_to_apply="x", about_company="x", city="x"
    )
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def boss(manager, sign_in):
    return sign_in(manager)


def again(row):
    return type(row).objects.get(pk=row.pk)


def take_back(job, what, by):
    row = again(job)
    job_undo.take_back(row, undoing.offered(row, what, by), by=by)


def published(draft, by):
    job = adverts.publish(draft, by=by)
    assert job.status == JobStatus.OPEN
    return job


# -- published


def test_a_published_job_is_a_draft_again(draft, manager):
    published(draft, manager)
    take_back(draft, "publish", manager)
    job = again(draft)
    assert (job.status, job.first_opened_at, job.slug) == (JobStatus.DRAFT, None, "draft-1")
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, list(entry.fields)) == ("job.taken_back", ["status"])


def test_published_again_it_has_its_address(draft, manager):
    slug = published(draft, manager).slug
    take_back(draft, "publish", manager)
    assert published(again(draft), manager).slug == slug


@pytest.mark.parametrize(("test", "sentence"), [(False, "Somebody has applied"), (True, "Your own test")])
def test_not_once_somebody_applied(draft, manager, test, sentence):
    job = published(draft, manager)
    make_application(job, is_test=test)
    with pytest.raises(undoing.Gone, match=sentence):
        take_back(job, "publish", manager)
    assert again(job).status == JobStatus.OPEN


def test_also_not_once_somebody_was_deleted_again(draft, manager):
    job = published(draft, manager)
    Application.objects.filter(pk=make_application(job).pk).update(deleted_at=timezone.now())
    with pytest.raises(undoing.Gone):
        take_back(job, "publish", manager)


def test_not_once_it_was_stopped(draft, manager):
    job = published(draft, manager)
    closing.stop(job, by=manager)
    with pytest.raises(undoing.Gone, match="gone on since"):
        take_back(job, "publish", manager)


def test_the_live_page_offers_it_and_leads_to_the_editor(draft, manager, boss):
    published(draft, manager)
    page = text(boss.get(url("job_live", draft)))
    mark = undoing.offered(again(draft), "publish", manager)
    assert mark in page
    answer = boss.post(f"{url('job_take_back', draft)}?mark={mark}")
    assert (answer.status_code, answer.url) == (302, url("job_edit", draft))


def test_after_ten_minutes_the_live_page_says_nothing_of_it(draft, manager, boss):
    with time_machine.travel(timezone.now()) as clock:
        published(draft, manager)
        clock.shift(timedelta(minutes=11))
        assert "back to a draft" not in text(boss.get(url("job_live", draft)))


# -- openings, pay, who runs it


def test_openings_come_back(job, manager):
    adverts.set_openings(job, number=4, by=manager)
    take_back(job, "openings", manager)
    assert again(job).openings == 1


def test_a_job_filled_by_a_smaller_number_is_open_again(job, manager):
    Job.objects.filter(pk=job.pk).update(openings=2)
    sign(put(make_application(job), Stage.OFFER), manager)
    adverts.set_openings(job, number=1, by=manager)
    assert again(job).status == JobStatus.FILLED
    take_back(job, "openings", manager)
    row = again(job)
    assert (row.status, row.closed_at, row.openings) == (JobStatus.OPEN, None, 2)


def test_never_fewer_than_have_an_offer_by_now(job, manager):
    adverts.set_openings(job, number=2, by=manager)
    for _ in range(2):
        send_offer(make_offer(put(make_application(job), Stage.OFFER), manager), by=manager)
    with pytest.raises(undoing.Gone, match="More people"):
        take_back(job, "openings", manager)
    assert again(job).openings == 2


def test_back_to_as_many_as_are_hired_fills_it(job, manager):
    adverts.set_openings(job, number=2, by=manager)
    sign(put(make_application(job), Stage.OFFER), manager)
    take_back(job, "openings", manager)
    assert (again(job).openings, again(job).status) == (1, JobStatus.FILLED)


def test_the_same_number_again_is_nothing_to_take_back(job, manager):
    adverts.set_openings(job, number=1, by=manager)
    assert undoing.offered(again(job), "openings", manager) == ""


def test_pay_comes_back_to_the_cent(job, manager):
    Job.objects.filter(pk=job.pk).update(pay_min=Decimal("12.50"), pay_max=None)
    values = {"pay_min": Decimal(15), "pay_max": Decimal(20), "currency": "USD", "pay_period": "month"}
    adverts.set_pay(again(job), values=values, by=manager)
    revision = again(job).revision
    take_back(job, "pay", manager)
    row = again(job)
    assert (row.pay_min, row.pay_max, row.currency) == (Decimal("12.50"), None, "EUR")
    assert row.revision == revision + 1


def on_it(job):
    return set(JobMember.objects.filter(job=job).values_list("membership", flat=True))


def test_who_runs_it_comes_back_without_those_who_left(job, company, owner, manager):
    second, gone = make_member(company, "manager"), make_member(company, "manager")
    adverts.set_members(job, memberships=[manager, gone], by=owner)
    adverts.set_members(job, memberships=[second], by=owner)
    type(gone).objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    take_back(job, "members", owner)
    assert on_it(job) == {manager.pk}


def test_the_same_people_again_are_nothing_to_take_back(job, manager, owner):
    adverts.set_members(job, memberships=[manager], by=owner)
    assert undoing.offered(again(job), "members", owner) == ""


ACTS = {
    "openings": ("job_openings", {"openings": "3"}),
    "state": ("job_state", {"do": "stop"}),
    "members": ("job_members", {"managers": []}),
}


@pytest.mark.parametrize("what", ACTS)
def test_the_page_of_the_job_offers_each_once(job, owner, sign_in, what):
    client, (name, body) = sign_in(owner), ACTS[what]
    before = (again(job).openings, again(job).status, on_it(job))
    url_ = undo_url(client.post(url(name, job), body))
    assert url_ in text(client.get(url("job", job)))
    assert [client.post(url_).status_code for _ in range(2)] == [302, 409]
    assert (again(job).openings, again(job).status, on_it(job)) == before


def test_strangers_take_nothing_back(job, manager, hire, interviewer, rival, sign_in):
    adverts.set_openings(job, number=3, by=manager)
    url_ = f"{url('job_take_back', job)}?mark={undoing.offered(again(job), 'openings', manager)}"
    assert [sign_in(who).post(url_).status_code for who in (hire, interviewer, rival)] == [403, 403, 404]
    assert again(job).openings == 3


def test_a_manager_who_is_not_on_the_job_finds_nothing(job, company, manager, sign_in):
    adverts.set_openings(job, number=3, by=manager)
    url_ = f"{url('job_take_back', job)}?mark={undoing.offered(again(job), 'openings', manager)}"
    assert sign_in(make_member(company, "manager")).post(url_).status_code == 403


# -- referees


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.REFERENCES)


ROLF = {"name": "Rolf", "relation": "Former manager", "email": "rolf@mail.example", "phone": "1"}


def undo_list(ada, by):
    row = again(ada)
    referees.take_back(row, undoing.offered(row, "referee", by), by=by)


def test_an_added_referee_is_gone_again(ada, manager):
    referees.add(ada, by=manager, values=ROLF, agreed=True)
    undo_list(ada, manager)
    assert (Referee.objects.count(), TrailEntry.objects.latest("pk").action) == (
        0, "reference.list_taken_back",
    )  # fmt: skip


def test_a_removed_referee_is_back_with_every_word(ada, manager):
    referee = referees.add(ada, by=manager, values=ROLF, agreed=True)
    agreed = again(referee).agreed_at
    referees.remove(referee, by=manager)
    undo_list(ada, manager)
    row = Referee.objects.get()
    assert ({name: getattr(row, name) for name in ROLF}, row.agreed_at) == (ROLF, agreed)


def test_who_was_called_stays(ada, manager):
    referee = make_reference(ada).referee
    with pytest.raises(Refused, match="written down"):
        referees.remove(referee, by=manager)
    assert Referee.objects.count() == 1


def test_who_was_called_since_stays_too(ada, manager):
    referee = referees.add(ada, by=manager, values=ROLF, agreed=True)
    references.save_call(referee, by=manager, values={"overall": "good"})
    with pytest.raises(undoing.Gone, match="called this person since"):
        undo_list(ada, manager)


def test_removed_twice_is_removed_once(ada, manager):
    referee = referees.add(ada, by=manager, values=ROLF, agreed=False)
    for _ in range(2):
        referees.remove(referee, by=manager)
    assert TrailEntry.objects.filter(action="reference.removed").count() == 1


def test_added_and_removed_through_the_page(ada, boss):
    boss.post(url("referee", ada), ROLF | {"agreed": "on"})
    referee = Referee.objects.get()
    assert (referee.name, referee.agreed_at is None) == ("Rolf", False)
    url_ = undo_url(boss.post(url("referee_remove", referee)))
    assert url_ in text(boss.get(url("candidate", ada)))
    boss.post(url_)
    assert Referee.objects.get().name == "Rolf"


def test_the_page_says_why_somebody_stays(ada, boss):
    answer = boss.post(url("referee_remove", make_reference(ada).referee))
    assert "written down" in str([*get_messages(answer.wsgi_request)][-1])


# -- two who write down one call


def test_the_second_sees_both_and_chooses(ada, manager, boss):
    referee = referees.add(ada, by=manager, values=ROLF, agreed=True)
    references.save_call(referee, by=manager, values={"overall": "good", "notes": "Theirs"}, seen=0)
    body = {"overall": "mixed", "notes": "Mine", "seen": "0"}
    answer = boss.post(url("reference_call", referee), body)
    assert (answer.status_code, "Mine" in text(answer), "Theirs" in text(answer)) == (409, True, True)
    assert ReferenceCall.objects.get().notes == "Theirs"
    assert boss.post(url("reference_call", referee), body | {"seen": "1"}).status_code == 302
    assert ReferenceCall.objects.get().notes == "Mine"


def test_a_form_from_before_an_undo_hears_of_it(ada, manager):
    referee = referees.add(ada, by=manager, values=ROLF, agreed=True)
    references.save_call(referee, by=manager, values={"notes": "First"}, seen=0)
    call = references.save_call(referee, by=manager, values={"notes": "Second"}, seen=1)
    references.take_back_call(referee, undoing.offered(call, "reference", manager), by=manager)
    with pytest.raises(conflicts.Changed):
        references.save_call(referee, by=manager, values={"notes": "Third"}, seen=2)
    assert ReferenceCall.objects.get().notes == "First"


def test_the_form_knows_what_it_was_made_from(ada, boss):
    referee = make_reference(ada).referee
    page = text(boss.get(url("reference_call", referee)))
    assert 'name="seen" value="1"' in page


@pytest.mark.parametrize("seen", ["x", "-1", "1" + "0" * 18])
def test_an_odd_revision_keeps_nothing(ada, boss, seen):
    referee = make_reference(ada).referee
    answer = boss.post(url("reference_call", referee), {"overall": "bad", "seen": seen})
    assert (answer.status_code, ReferenceCall.objects.get().overall) == (422, "good")
