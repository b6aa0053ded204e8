"""Where somebody is signed in, and how one of those places is signed out."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import devices, sessions
from accounts.models import Session
from tests.conftest import StrictClient
from tests.factories import PASSWORD, make_member

pytestmark = pytest.mark.django_db
ME, END = "/accounts/me/", "/accounts/me/sign-out-one/"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (PHONE, "Safari", "iPhone"),
        (LAPTOP, "Firefox", "Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
            "Chrome",
            "Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge", "Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S911B) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet",
            "Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari", "Mac"),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)
def test_what_a_browser_says_about_itself(agent, browser, system):
    assert devices.read(agent) == devices.Device(browser, system)


def come_in(member, agent=LAPTOP) -> StrictClient:
    client = StrictClient(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    return client


def places(client) -> list:
    """(words, handle or "" for this one) as the page lists them."""
    page = client.get(ME).content.decode().partition('id="signed-in-where"')[2]
    rows = [" ".join(row.split()) for row in page.split('<li class="fh-row">')[1:]]
    return [
        (re.search(r'main"> (.*?) <span', row).group(1), "".join(re.findall(r'value="(\w{16})"', row)))
        for row in rows
    ]


def test_each_place_is_listed_this_one_first(hire):
    phone, laptop = come_in(hire, PHONE), come_in(hire)
    assert [words for words, _ in places(phone)] == ["Safari on iPhone", "Firefox on Linux"]
    assert [words for words, _ in places(laptop)] == ["Firefox on Linux", "Safari on iPhone"]
    assert [bool(handle) for _, handle in places(phone)] == [False, True]


def test_nobody_elses_are_listed(hire, owner):
    come_in(owner, PHONE)
    assert [words for words, _ in places(come_in(hire))] == ["Firefox on Linux"]


def test_the_secret_of_a_session_is_on_no_page(hire):
    phone, laptop = come_in(hire, PHONE), come_in(hire)
    assert phone.session.session_key not in laptop.get(ME).content.decode()


def test_one_is_signed_out_and_the_others_stay(hire):
    phone, laptop, third = come_in(hire, PHONE), come_in(hire), come_in(hire)
    handle = next(handle for words, handle in places(laptop) if "iPhone" in words)
    assert laptop.post(END, {"handle": handle}).url == ME
    assert [client.get(ME).status_code for client in (phone, laptop, third)] == [302, 200, 200]
    assert laptop.post(END, {"handle": handle}, follow=True).status_code == 200  # twice is once


@pytest.mark.parametrize("handle", ["", "x", "0" * 16, "é" * 16, "x" * 10_000, "\0"])
def test_no_such_place_changes_nothing(hire, handle):
    client = come_in(hire)
    client.post(END, {"handle": handle})
    assert (Session.objects.filter(user=hire.user).count(), client.get(ME).status_code) == (1, 200)


def test_a_place_of_somebody_else_stays(hire, rival):
    theirs = come_in(rival, PHONE)
    handle = sessions._handle(theirs.session.session_key)
    come_in(hire).post(END, {"handle": handle})
    assert theirs.get(ME).status_code == 200


def test_this_place_is_left_by_signing_out(hire):
    client = come_in(hire)
    client.post(END, {"handle": sessions._handle(client.session.session_key)})
    assert client.get(ME).status_code == 200


@pytest.mark.parametrize("how", ["elsewhere", "idle", "too old", "expired", "new password"])
def test_what_would_open_nothing_is_not_listed(hire, how):
    phone, laptop = come_in(hire, PHONE), come_in(hire)
    data, long_ago = phone.session, (timezone.now() - timedelta(days=20)).timestamp()
    if how == "elsewhere":
        laptop.post("/accounts/me/sign-out-others/")
    elif how in {"idle", "too old"}:
        data[sessions.SEEN if how == "idle" else sessions.BEGAN] = long_ago
        data.save()
    elif how == "expired":
        Session.objects.filter(pk=data.session_key).update(expire_date=timezone.now())
    else:
        data["_auth_user_hash"] = "of the old password"
        data.save()
    assert [words for words, _ in places(laptop)] == ["Firefox on Linux"]


def test_a_session_knows_whose_it_is_through_every_change_of_its_key(hire, rival):
    make_member(rival.company, user=hire.user)
    client = come_in(hire)
    before = client.session.session_key
    client.post("/accounts/companies/", {"company": rival.company_id})
    assert client.session.session_key != before
    assert [words for words, _ in places(client)] == ["Firefox on Linux"]
    assert list(Session.objects.exclude(user=None).values_list("user", flat=True)) == [hire.user_id]


def test_a_strangers_session_is_nobodys(client, hire):
    client.post("/accounts/login/", {"login": hire.email, "password": "wrong wrong wrong"})
    assert not Session.objects.exclude(user=None).exists()


def test_a_long_name_of_a_browser_is_cut(hire):
    assert len(come_in(hire, "x" * 5_000).session[sessions.AGENT]) == 300


def test_a_browser_cannot_write_markup(hire):
    page = come_in(hire, "<script>alert(1)</script> Firefox").get(ME).content.decode()
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_the_list(hire, number, rf, django_assert_num_queries):
    clients = [come_in(hire) for _ in range(number)]
    request = rf.get("/")
    request.session = clients[0].session
    assert request.session.session_key
    with django_assert_num_queries(1):
        assert len(sessions.signed_in(request, hire.user)) == number


def test_old_ones_are_dropped(hire):
    come_in(hire)
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    assert (sessions.forget(), Session.objects.count()) == (1, 1)


def test_a_person_who_goes_takes_their_sessions_along(hire):
    from accounts.models import Membership

    come_in(hire)
    user = hire.user
    Membership.objects.filter(user=user).delete()
    user.delete()
    assert not Session.objects.exclude(user=None).exists()
