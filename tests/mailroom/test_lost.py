""" "Lost your link?": the same answer to everybody, and new links to the address that we hold ourselves."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts import invitations
from accounts.models import Membership, Role
from hiring import offers
from mailroom import delivery, lost, tasks
from mailroom.models import LostLink, Mail
from tests.accounts.post import link_in
from tests.conftest import StrictClient
from tests.factories import make_user
from tests.hiring.factories import bring, make_application, make_job, make_offer
from tests.onboarding.factories import make_onboarding
from vault.models import Link
from vault.work import State

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb"[A-Za-z0-9]{64}")  # against forged requests, new on every page
PAGE, ASKED = "/my/lost/", "/my/lost/asked/"
ANN = "ann@mail.example"


def ask(email=ANN):
    """Asks on the page as a stranger, and lets the worker look."""
    response = StrictClient().post(PAGE, {"email": email})
    for row in LostLink.objects.all():
        lost.answer(row.pk)
    return response


def kinds() -> list:
    return sorted(Mail.objects.values_list("message", "recipient"))


@pytest.fixture
def application(company, owner):
    return make_application(make_job(company, members=[owner]), name="Ann", email=ANN)


@pytest.fixture
def coming(company, owner):
    """Somebody with a plan and a place, who has no account yet."""
    place = Membership.objects.create(company=company, role=Role.HIRE, name="Ann", email=ANN)
    return make_onboarding(company, hire=place, manager=owner)


# -- the page


def test_the_answer_is_the_same_bytes_whether_we_know_the_address(application):
    pages = []
    for email in (ANN, "nobody@mail.example"):
        client = StrictClient()
        answer = client.post(PAGE, {"email": email})
        pages.append((answer.status_code, answer.url, TOKEN.sub(b"", client.get(ASKED).content)))
    assert pages[0] == pages[1]
    assert b"ann@" not in pages[0][2]


def test_the_request_does_the_same_work_for_both(application, django_assert_num_queries):
    for email in (ANN, "nobody@mail.example"):
        with django_assert_num_queries(1):
            StrictClient().post(PAGE, {"email": email})
    assert (LostLink.objects.count(), Mail.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "email",
    ["", "ann", "ann@", "a" * 300 + "@mail.example", "ann@mail.example\0", "a@b.example, c@d.example"],
)
def test_what_is_no_address_is_refused_and_kept_in_the_field(email):
    response = StrictClient().post(PAGE, {"email": email})
    assert (response.status_code, list(response.context["form"].errors), LostLink.objects.count()) == (
        422,
        ["email"],
        0,
    )


def test_asking_too_often_is_refused_whoever_asks(application, monkeypatch):
    monkeypatch.setattr("mailroom.lost_views.SENDS", 2)
    answers = [StrictClient().post(PAGE, {"email": f"{n}{ANN}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert LostLink.objects.count() == 2


def test_looking_asks_for_nothing():
    client = StrictClient()
    for address in (PAGE, ASKED, f"{PAGE}?email={ANN}"):
        client.get(address)
        client.head(address)
    assert LostLink.objects.count() == 0


@pytest.mark.parametrize("purpose", ["status", "offer", "welcome", "invitation"])
def test_every_link_that_does_not_work_leads_here(purpose):
    page = StrictClient().get(f"/my/{purpose}/unknown/").content.decode()
    assert f'href="{PAGE}"' in page


def test_the_pages_for_applicants_lead_here(company):
    assert f'href="{PAGE}"' in StrictClient().get(f"/careers/{company.slug}/").content.decode()


# -- what is sent


def test_an_applicant_gets_a_new_link_and_the_old_one_goes_on(application):
    ask(ANN.upper())
    assert kinds() == [("links_again", ANN)]
    page = StrictClient().get(link_in(Mail.objects.get()))
    assert (page.status_code, "Your application" in page.content.decode()) == (200, True)


def test_the_row_is_gone_when_the_mail_is_there(application):
    ask()
    assert LostLink.objects.count() == 0


def test_nobody_gets_nothing(application):
    ask("nobody@mail.example")
    assert (Mail.objects.count(), Link.objects.count(), LostLink.objects.count()) == (0, 0, 0)


def test_twice_in_an_hour_is_one_mail_and_one_link(application):
    ask()
    ask()
    assert (Mail.objects.count(), Link.objects.filter(purpose="status").count()) == (1, 1)


def test_an_offer_that_waits_is_sent_along(application, owner):
    bring(application, "offer", owner)
    offers.send(make_offer(application, owner), by=owner)
    Mail.objects.all().delete()
    ask()
    text = delivery.text_of(Mail.objects.get(message="links_again"))
    assert (text.count("/my/status/"), text.count("/my/offer/")) == (1, 1)


def test_each_shop_writes_for_itself(application, rival):
    make_application(make_job(rival.company), name="Ann", email=ANN)
    ask()
    mails = Mail.objects.order_by("pk")
    assert {mail.company for mail in mails} == {application.job.company, rival.company}
    assert ["Rival" in delivery.text_of(mail) + mail.subject for mail in mails].count(True) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"is_test": True}, "a test"), ({"submitted_at": timezone.now() - timedelta(days=400)}, "old")],
)
def test_some_are_left_out(application, fields, why):
    type(application).objects.filter(pk=application.pk).update(**fields)
    ask()
    assert Mail.objects.count() == 0, why


def test_five_at_most(application):
    for _ in range(6):
        make_application(application.job, name="Ann", email=ANN)
    ask()
    assert Mail.objects.count() == 5


def test_a_new_hire_gets_the_welcome_again(coming):
    ask()
    assert ("onboarding_welcome", ANN) in kinds()
    assert StrictClient().get(link_in(Mail.objects.get(message="onboarding_welcome"))).status_code == 200


def test_who_has_come_in_signs_in_instead(coming):
    coming.hire.user = make_user(ANN)
    coming.hire.save()
    ask()
    assert kinds() == []


def test_an_invitation_comes_again_after_an_hour_and_not_before(company, owner):
    place = Membership.objects.create(company=company, role=Role.INTERVIEWER, name="Ann", email=ANN)
    invitations.send(place, by=owner)
    ask()
    assert kinds() == [("invitation", ANN)]
    place.invitations.update(created_at=timezone.now() - timedelta(hours=2))
    ask()
    assert kinds() == [("invitation", ANN)] * 2


@pytest.mark.parametrize("fields", [{"removed_at": timezone.now()}, {"name": "still to leave"}])
def test_no_invitation_that_was_taken_back_or_is_still_to_leave(company, owner, fields):
    place = Membership.objects.create(company=company, role=Role.HIRE, email=ANN, **fields)
    later = timezone.now() + timedelta(days=3)
    invitations.send(place, by=owner, send_at=later if "name" in fields else None)
    place.invitations.update(created_at=timezone.now() - timedelta(hours=2))
    ask()
    assert Mail.objects.count() == 1


# -- trouble


def test_a_finder_that_fails_sends_nothing_and_is_tried_again(application, monkeypatch):
    def fails(email):
        raise ImproperlyConfigured

    monkeypatch.setattr(lost, "finders", [*lost.finders, fails])
    lost.ask(ANN)
    row = LostLink.objects.get()
    with pytest.raises(ImproperlyConfigured):
        lost.answer(row.pk)
    row.refresh_from_db()
    assert (Mail.objects.count(), row.state, row.tries) == (0, State.WAITING, 1)


def test_two_workers_answer_once(application):
    lost.ask(ANN)
    pk = LostLink.objects.get().pk
    assert [lost.answer(pk), lost.answer(pk), Mail.objects.count()] == [True, False, 1]


def test_the_sweeper_finds_what_the_queue_lost_and_drops_what_is_old(application, monkeypatch):
    lost.ask(ANN)
    LostLink.objects.create(email="old@mail.example", created_at=timezone.now() - timedelta(days=2))
    queued = []
    monkeypatch.setattr(tasks.answer_lost, "apply_async", lambda args, **how: queued.append(args))
    tasks.sweep_lost()
    assert queued == [(LostLink.objects.get().pk,)]


def test_a_dead_queue_loses_nothing(application, monkeypatch, on_commit):
    def dead(pk):
        raise OSError

    monkeypatch.setattr(tasks.answer_lost, "delay", dead)
    with on_commit():
        assert StrictClient().post(PAGE, {"email": ANN}).url == ASKED
    assert LostLink.objects.count() == 1
