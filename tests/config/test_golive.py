"""Go live: four checks that tell the truth, a test mail that is one, and the way to the sample's end."""

import pytest

from accounts.models import Company
from config import golive
from mailroom import delivery
from mailroom.models import Mail
from tests.factories import make_company
from vault.work import State

pytestmark = pytest.mark.django_db
PAGE = "/settings/go-live/"
SEND = "/settings/go-live/test-mail/"


def words(client, address=PAGE) -> str:
    return " ".join(client.get(address).content.decode().split())


def states(company) -> dict:
    return {check.code: check.state for check in golive.checks(company)}


@pytest.fixture
def live(settings):
    """A server on the internet."""
    settings.SITE_URL, settings.LOOPBACK, settings.HTTPS = "https://hire.lumi.example", False, True
    settings.KEEP_MAIL, settings.EMBEDDED = False, False
    settings.DEFAULT_FROM_EMAIL = "Lumi <jobs@lumi.example>"
    settings.ALLOWED_HOSTS = ["testserver"]
    return settings


@pytest.fixture
def complete(company):
    company.address = "Linnankatu 1, Turku"
    company.save()
    return company


def test_on_ones_own_computer_three_are_to_do(company):
    expected = {"address": "missing", "mail": "missing", "backup": "unknown", "details": "missing"}
    assert states(company) == expected


def test_on_a_server_only_the_backup_is_never_known(complete, live):
    assert states(complete) == {"address": "ok", "mail": "ok", "backup": "unknown", "details": "ok"}


@pytest.mark.parametrize(
    ("https", "loopback", "state"), [(True, False, "ok"), (False, False, "missing"), (True, True, "missing")]
)
def test_an_address_is_public_with_https_and_outside_this_computer(company, live, https, loopback, state):
    live.HTTPS, live.LOOPBACK = https, loopback
    assert states(company)["address"] == state


@pytest.mark.parametrize("field", golive.DETAILS)
def test_each_detail_that_is_missing_is_named(complete, field):
    setattr(complete, field, "")
    check = golive.checks(complete)[-1]
    assert (check.state, check.facts["missing"]) == (
        "missing",
        [str(Company._meta.get_field(field).verbose_name)],
    )


def test_the_page_names_the_exact_domain(sign_in, owner, live):
    text = words(sign_in(owner))
    for line in ("_dmarc.lumi.example", "(selector)._domainkey.lumi.example", "a TXT line at lumi.example"):
        assert line in text


def test_the_page_counts_what_is_ready(sign_in, owner, complete):
    assert "1 of 4 is ready." in words(sign_in(owner))


def test_the_page_says_who_may_open_a_shop(sign_in, owner, settings):
    client = sign_in(owner)
    assert "people come in by your invitation only" in words(client)
    settings.SIGNUP_OPEN = True
    assert "Anybody who finds this address may open a shop" in words(client)


def test_the_quiet_line_leads_an_owner_here(sign_in, owner, manager):
    line = '<a href="/settings/go-live/">What to do</a>'
    assert line in words(sign_in(owner), "/")
    page = words(sign_in(manager), "/")
    assert ("Trial on this computer" in page, line in page) == (True, False)


def test_the_quiet_line_is_gone_once_live(sign_in, owner, live):
    assert "Trial on this computer" not in words(sign_in(owner), "/")


# -- the test mail


def test_the_test_mail_goes_to_who_asked(sign_in, owner, company):
    response = sign_in(owner).post(SEND)
    assert response.url == f"{PAGE}#test-mail"
    mail = Mail.objects.get()
    assert (mail.recipient, mail.company, mail.message) == (owner.email, company, "test_mail")
    assert "http://localhost:8000/settings/go-live/" in delivery.text_of(mail)


def test_pressed_twice_it_is_one(sign_in, owner):
    client = sign_in(owner)
    client.post(SEND)
    client.post(SEND)
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": State.WAITING}, "On its way."),
        ({"state": State.DONE}, "The mail server took it."),
        ({"state": State.DONE, "kept": True}, "It was written and kept here"),
        ({"state": State.PARKED, "last_error": "550 no such user"}, "550 no such user"),
        ({"state": State.WAITING, "tries": 1, "last_error": "451 later"}, "451 later"),
    ],
)
def test_the_page_shows_what_became_of_it(sign_in, owner, fields, said):
    client = sign_in(owner)
    client.post(SEND)
    Mail.objects.update(**fields)
    assert said in words(client)


@pytest.mark.parametrize(
    ("fields", "asks"),
    [({}, True), ({"state": State.DONE}, False), ({"tries": 1, "last_error": "451 later"}, False)],
)
def test_the_page_asks_again_only_while_something_moves(sign_in, owner, fields, asks):
    client = sign_in(owner)
    client.post(SEND)
    Mail.objects.update(**fields)
    assert ('hx-trigger="every 2s"' in words(client)) == asks


def test_the_test_mail_of_another_owner_is_not_mine(sign_in, owner, rival):
    sign_in(rival).post(SEND)
    assert "On its way." not in words(sign_in(owner))


# -- settings, and the sample shop beside a real one


def test_settings_lead_everywhere(sign_in, owner):
    page = words(sign_in(owner), "/settings/")
    places = ("/accounts/company/", "/accounts/team/", PAGE, "/mail/", "/accounts/trail/", "/accounts/me/")
    assert [place for place in places if f'href="{place}"' not in page.partition("<main")[2]] == []


@pytest.mark.parametrize(("lost", "said"), [(0, False), (2, True)])
def test_settings_say_what_did_not_arrive(sign_in, owner, company, rival, lost, said):
    from tests.mailroom.factories import make_mail

    make_mail(rival.company, state=State.PARKED)
    for _ in range(lost):
        make_mail(company, state=State.PARKED)
    assert ("2 did not arrive" in words(sign_in(owner), "/settings/")) == said


@pytest.mark.parametrize(("address", "queries"), [(PAGE, 6), ("/settings/", 5)])
@pytest.mark.parametrize("mails", [1, 3])
def test_queries(sign_in, owner, company, address, queries, mails, django_assert_num_queries):
    from tests.mailroom.factories import make_mail

    for _ in range(mails):
        make_mail(company, state=State.PARKED)
    client = sign_in(owner)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_real_owner_on_the_same_computer_may_take_the_sample_away(sign_in, owner, settings):
    settings.DEMO_ALLOWED = True
    make_company("Sample", is_demo=True)
    client = sign_in(owner)
    assert "Taking it away leaves your own shop as it is." in words(client)
    assert client.post("/sample/remove/").url == PAGE
    assert list(Company.objects.all()) == [owner.company]
    assert client.get("/").status_code == 200


def test_on_a_server_nobody_takes_away_what_is_not_theirs(sign_in, owner, settings):
    settings.DEMO_ALLOWED = False
    make_company("Sample", is_demo=True)
    client = sign_in(owner)
    assert "Remove the sample shop" not in words(client)
    assert client.post("/sample/remove/").status_code == 404
    assert Company.objects.filter(is_demo=True).count() == 1
