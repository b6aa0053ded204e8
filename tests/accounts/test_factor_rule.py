"""The second factor a shop asks of everybody: grace, what stays open, who may switch it on, and the way back in."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts import conflicts, second_factors
from accounts.models import Company, Membership, Role
from mailroom.models import Mail
from tests.accounts.keys import make_key
from tests.accounts.test_team_page import prove
from tests.conftest import StrictClient
from tests.factories import PASSWORD, make_company, make_member
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
RULE, NEEDED = "/accounts/company/second-factor/", "/accounts/second-factor/"
NOW = "2026-03-02T12:00:00Z"
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW, tick=False):
        yield


def ask(company, since=TODAY):
    Company.objects.filter(pk=company.pk).update(factors_from=since)


@pytest.fixture
def boss(sign_in, owner):
    """The owner, with a key, who has just typed their password."""
    make_key(owner.user)
    return prove(sign_in(owner))


def change(client, **typed):
    return client.post(RULE, {"everybody": "on", "since": "2026-03-16"} | typed)


def trail(company) -> list[str]:
    return list(
        TrailEntry.objects.filter(company_id=company.pk).order_by("pk").values_list("action", flat=True)
    )


def test_an_owner_asks_everybody(boss, company):
    assert change(boss).url == RULE
    company.refresh_from_db()
    assert company.factors_from == date(2026, 3, 16)
    assert trail(company)[-1] == "company.factors_asked"


def test_an_owner_without_one_is_told_to_begin_with_themselves(sign_in, owner, company):
    refused = change(prove(sign_in(owner)))
    assert refused.status_code == 422
    assert refused.context["form"].errors["everybody"] == [
        "Set up your own second factor first: you would lock yourself out."
    ]
    company.refresh_from_db()
    assert company.factors_from is None


def test_codes_on_paper_alone_are_no_factor(sign_in, owner):
    Authenticator.objects.create(user=owner.user, type="recovery_codes", data={})
    assert change(prove(sign_in(owner))).status_code == 422


def test_switching_it_takes_the_password_again(sign_in, owner, company):
    make_key(owner.user)
    assert change(sign_in(owner)).url.startswith("/accounts/reauthenticate/")
    company.refresh_from_db()
    assert company.factors_from is None


def test_and_off_again(boss, company):
    ask(company)
    boss.post(RULE, {"since": "2026-03-16"})
    company.refresh_from_db()
    assert (company.factors_from, trail(company)[-1]) == (None, "company.factors_left_open")


def test_saving_what_is_there_changes_nothing(boss, company):
    ask(company, date(2026, 3, 16))
    change(boss)
    assert trail(company) == []


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("", "Please choose the day."),
        ("2026-03-01", "Please choose a day from today on, within the next 90 days."),
        ("2026-06-01", "Please choose a day from today on, within the next 90 days."),
        ("9999-12-31", "Please choose a day from today on, within the next 90 days."),
        ("soon", "Enter a valid date."),
        ("10000-01-01", "Enter a valid date."),
        ("1000000000000000000", "Enter a valid date."),
    ],
)
def test_a_day_that_will_not_do_is_refused_and_kept(boss, company, since, sentence):
    refused = change(boss, since=since)
    assert refused.context["form"].errors["since"] == [sentence]
    assert f'value="{since}"' in refused.content.decode() or not since
    company.refresh_from_db()
    assert company.factors_from is None


@pytest.mark.parametrize("since", ["2026-03-02", "2026-05-31"])
def test_the_first_and_the_last_day_will_do(boss, since):
    assert change(boss, since=since).status_code == 302


def test_a_rule_that_counts_already_can_be_saved_again(boss, company):
    ask(company, date(2026, 1, 1))
    assert change(boss, since="2026-01-01").status_code == 302


def test_two_tabs_hear_of_each_other(boss, company):
    seen = boss.get(RULE).context["form"].initial["seen"]
    change(boss, seen=seen, since="2026-03-10")
    late = change(boss, seen=seen, since="2026-03-20")
    assert late.status_code == 409
    company.refresh_from_db()
    assert company.factors_from == date(2026, 3, 10)


def test_the_verb_refuses_an_old_page_too(owner, company):
    make_key(owner.user)
    with pytest.raises(conflicts.Changed):
        second_factors.ask_everybody(company, since=TODAY, by=owner, seen=company.revision + 1)


@pytest.mark.parametrize("who", ["manager", "interviewer", "hire", "rival"])
def test_nobody_else_switches_it(request, who, company):
    with pytest.raises(PermissionDenied):
        second_factors.ask_everybody(company, since=TODAY, by=request.getfixturevalue(who))


def test_the_page_names_who_has_none(boss, manager, rival):
    make_member(manager.company, Role.HIRE, name="Gone", removed_at=timezone.now())
    shown = boss.get(RULE)
    assert [str(place) for place in shown.context["without"]] == ["Mika"]
    assert rival.email not in shown.content.decode()


@pytest.mark.parametrize("members", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(boss, company, members, django_assert_num_queries):
    for _ in range(members):
        make_member(company, Role.HIRE)
    boss.get(RULE)
    with django_assert_num_queries(5):
        boss.get(RULE)


# -- the days of grace


def test_until_the_day_each_page_reminds_kindly(sign_in, manager, company):
    ask(company, TODAY + timedelta(days=3))
    page = sign_in(manager).get("/")
    assert page.status_code == 200
    assert "From March 5, 2026 on, this shop opens with a second factor only." in page.content.decode()


def test_who_has_one_is_not_reminded(boss, company):
    ask(company, TODAY + timedelta(days=3))
    assert "opens with a second factor only" not in boss.get("/").content.decode()


@pytest.mark.parametrize(("zone", "shut"), [("Pacific/Auckland", True), ("America/St_Johns", False)])
def test_the_day_is_the_shops(sign_in, manager, company, zone, shut):
    ask(company, date(2026, 3, 3))
    Company.objects.filter(pk=company.pk).update(timezone=zone)
    assert (sign_in(manager).get("/").status_code == 302) is shut


def test_a_zone_nobody_knows_counts_as_utc(company):
    company.timezone = "Nowhere/Land"
    assert second_factors.today(company) == TODAY


# -- after it

SHUT = [
    "/",
    "/accounts/team/",
    "/accounts/me/",
    "/settings/",
    "/hiring/",
    "/onboarding/",
    "/find/?q=a",
    "/mail/",
]
OPEN = [
    "/accounts/2fa/",
    "/accounts/logout/",
    "/accounts/companies/",
    "/help/",
    "/healthz",
    "/accounts/email/",
]


@pytest.mark.parametrize("page", SHUT)
def test_nothing_opens_any_more(sign_in, manager, company, page):
    ask(company)
    assert sign_in(manager).get(page).url == NEEDED


@pytest.mark.parametrize("page", OPEN)
def test_what_leads_in_stays_open(sign_in, manager, company, page):
    ask(company)
    assert sign_in(manager).get(page).status_code == 200


def test_nothing_is_changed_either(sign_in, manager, company):
    ask(company)
    assert sign_in(manager).post("/accounts/me/", {"name": "New"}).url == NEEDED
    manager.user.refresh_from_db()
    assert manager.user.name != "New"


def test_a_panel_is_not_filled_with_the_page(sign_in, manager, company):
    ask(company)
    answer = sign_in(manager).get("/find/?q=a", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == NEEDED


def test_the_page_says_why_and_leads_on(sign_in, manager, company):
    ask(company)
    page = sign_in(manager).get(NEEDED).content.decode()
    assert "opens with a second factor only" in page
    assert 'href="/accounts/2fa/totp/activate/"' in page


def test_setting_one_up_opens_everything(sign_in, manager, company):
    ask(company)
    client = sign_in(manager)
    make_key(manager.user)
    assert client.get("/").status_code == 200
    assert client.get(NEEDED).url == "/"


def test_taking_the_last_one_off_shuts_again(boss, owner, company):
    ask(company)
    assert boss.get("/").status_code == 200
    Authenticator.objects.filter(user=owner.user).delete()
    assert boss.get("/").url == NEEDED


def test_another_shop_of_the_same_person_stays_open(manager, company):
    other = make_member(make_company("Other", slug="other"), Role.HIRE, user=manager.user)
    ask(company)
    client = StrictClient()
    client.force_login(manager.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").url == NEEDED
    client.post("/accounts/companies/", {"company": other.company_id})
    assert client.get("/").url == "/onboarding/today/"


def test_candidates_and_strangers_notice_nothing(client, sign_in, manager, company):
    ask(company)
    for visitor in (client, sign_in(manager)):
        assert visitor.get(f"/careers/{company.slug}/").status_code == 200
        assert visitor.get("/my/status/unknown/").status_code == 404


def test_it_costs_no_query(sign_in, boss, company, django_assert_num_queries):
    boss.get("/accounts/team/")
    with django_assert_num_queries(4):
        boss.get("/accounts/team/")
    ask(company)
    with django_assert_num_queries(4):
        boss.get("/accounts/team/")


# -- the way back in


def reset(client, place):
    return client.post(f"/accounts/team/{place.pk}/second-factor/", follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def lost(manager):
    """A manager whose key is gone."""
    make_key(manager.user)
    Authenticator.objects.create(user=manager.user, type="recovery_codes", data={})
    return manager


def test_an_owner_resets_it(boss, lost, company):
    assert said(reset(boss, lost)) == ["The second factor is reset, and a mail says so."]
    assert not Authenticator.objects.filter(user=lost.user).exists()
    assert trail(company)[-1] == "team.factor_reset"


def test_the_member_hears_of_it_by_mail(boss, lost):
    reset(boss, lost)
    mail = Mail.objects.get(message="factor_reset")
    assert (mail.recipient, mail.company_id) == (lost.email, lost.company_id)


def test_they_are_signed_out_and_the_password_opens_again(boss, lost, sign_in, client):
    old = sign_in(lost)
    reset(boss, lost)
    assert old.get("/accounts/me/").status_code == 302
    signed = client.post("/accounts/login/", {"login": lost.email, "password": PASSWORD})
    assert signed.url == "/"


def test_resetting_takes_the_password_again(sign_in, owner, lost):
    asked = sign_in(owner).post(f"/accounts/team/{lost.pk}/second-factor/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.filter(user=lost.user).count() == 2


def test_twice_is_once(boss, lost):
    reset(boss, lost)
    assert said(reset(boss, lost)) == ["Mika has no second factor."]
    assert Mail.objects.filter(message="factor_reset").count() == 1


def test_ones_own_is_not_reset_here(boss, owner):
    assert said(reset(boss, owner)) == ["Your own factors are on your own page."]
    assert Authenticator.objects.filter(user=owner.user).exists()


def test_an_account_of_two_shops_is_not_opened_by_one(boss, lost):
    make_member(make_company("Other", slug="other"), Role.OWNER, user=lost.user)
    assert said(reset(boss, lost)) == [
        "This account opens more than one shop. Only whoever runs this installation can reset it."
    ]
    assert Authenticator.objects.filter(user=lost.user).count() == 2


def test_who_was_only_invited_has_none(boss, company):
    place = Membership.objects.create(company=company, role=Role.HIRE, name="Iris", email="iris@lumi.example")
    assert said(reset(boss, place)) == ["Iris has not come in yet."]


@pytest.mark.parametrize("who", ["manager", "interviewer", "rival"])
def test_nobody_else_resets_it(request, who, lost):
    with pytest.raises(PermissionDenied):
        second_factors.reset(lost, by=request.getfixturevalue(who))
    assert Authenticator.objects.filter(user=lost.user).count() == 2


def test_the_button_stands_where_there_is_something_to_reset(boss, lost, interviewer, owner):
    def shown(place):
        return "Reset the second factor" in boss.get(f"/accounts/team/{place.pk}/").content.decode()

    assert [shown(place) for place in (lost, interviewer, owner)] == [True, False, False]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_owners_who_switch_at_once_hear_of_each_other(owner, company):
    """The second waits for the first, and then finds a revision it has not seen."""
    make_key(owner.user)
    found = {}

    def beside():
        try:
            second_factors.ask_everybody(company, since=TODAY + timedelta(days=9), by=owner, seen=1)
        except conflicts.Changed as changed:
            found["second"] = changed.row.factors_from
        connection.close()

    thread = threading.Thread(target=beside)
    with transaction.atomic():
        second_factors.ask_everybody(company, since=TODAY, by=owner, seen=1)
        thread.start()
        thread.join(0.7)
        assert thread.is_alive()
    thread.join(15)
    assert found == {"second": TODAY}
