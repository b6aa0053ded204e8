"""The bench counts what a page asks the database for, and replays it."""

import gc

import pytest
from django.db import connection
from django.test import Client, override_settings

from accounts import team
from accounts.models import Company, Membership, Role
from config.bench import cases, measure
from config.bench.cases import client_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SESSION = 'SELECT "accounts_session"."key" FROM "accounts_session" WHERE 1 = 1'
USER = 'SELECT "accounts_user"."id" FROM "accounts_user" WHERE 1 = 1'
MEMBER = 'SELECT "accounts_membership"."id" FROM "accounts_membership" WHERE 1 = 1'
PAGE = 'SELECT "accounts_company"."id" FROM "accounts_company" WHERE 1 = 1'


def split(*statements):
    """The statements alone, as (identity, own)."""
    return tuple([sql for sql, _ in part] for part in measure.split([(sql, ()) for sql in statements]))


@pytest.fixture
def bench():
    with override_settings(ROOT_URLCONF="config.bench.measure", ALLOWED_HOSTS=["localhost"]):
        yield


def test_identity_is_session_user_and_membership():
    assert split(SESSION, USER, MEMBER, PAGE) == ([SESSION, USER, MEMBER], [PAGE])


def test_identity_may_come_in_any_order_and_between_others():
    assert split(PAGE, MEMBER, SESSION, PAGE, USER) == ([MEMBER, SESSION, USER], [PAGE, PAGE])


@pytest.mark.parametrize("again", [SESSION, USER, MEMBER])
def test_asking_twice_who_it_is_counts_for_the_page(again):
    assert split(SESSION, USER, MEMBER, again) == ([SESSION, USER, MEMBER], [again])


def test_a_stranger_has_no_identity():
    assert split(PAGE) == ([], [PAGE])


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "accounts_user" SET "name" = 1',
        'DELETE FROM "accounts_membership" WHERE 1 = 1',
        'INSERT INTO "x" SELECT 1 FROM "accounts_session"',
    ],
)
def test_a_write_is_never_identity(sql):
    assert split(sql) == ([], [sql])


def test_every_kind_of_data_statement_is_recorded(company):
    with measure.recorded() as log:
        Company.objects.filter(pk=company.pk).update(name="Lumi two")
        other = Company.objects.create(name="Other", slug="other")
        other.delete()
        with connection.cursor() as cursor:
            cursor.execute("WITH one AS (SELECT 1) SELECT * FROM one")
    kinds = [sql.split()[0] for sql, _ in log]
    assert {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"} == set(kinds)


def test_savepoints_are_not_counted(company):
    from django.db import transaction

    with measure.recorded() as log, transaction.atomic():
        Company.objects.get(pk=company.pk)
    assert [sql.split()[0] for sql, _ in log] == ["SELECT"]


def test_nothing_is_recorded_after_the_block(company):
    with measure.recorded() as log:
        pass
    Company.objects.count()
    assert log == []


def test_what_was_recorded_can_be_run_again(company):
    with measure.recorded() as log:
        Company.objects.get(pk=company.pk)
    [(sql, params)] = log
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert len(cursor.fetchall()) == 1


def test_the_floor_replays_the_statements_of_the_page(bench, owner, monkeypatch):
    with measure.recorded() as page:
        list(Company.objects.filter(pk=owner.company_id))
    monkeypatch.setattr(measure._Floor, "sql", page)
    monkeypatch.setattr(measure._Floor, "size", 1_234)
    monkeypatch.setattr(measure._Floor, "writes", False)
    client = client_of(owner)
    client.get("/bench/floor/")  # the first visit of a day also notes that somebody was here
    with measure.recorded() as log:
        response = client.get("/bench/floor/")
    _, own = measure.split(log)
    assert (len(response.content), [sql for sql, _ in own]) == (1_234, [sql for sql, _ in page])


def test_a_replayed_write_leaves_nothing(bench, owner, monkeypatch):
    with measure.recorded() as page:
        Company.objects.filter(pk=owner.company_id).update(name="Changed")
    Company.objects.filter(pk=owner.company_id).update(name="Lumi")
    for name, value in {"sql": page, "size": 1, "writes": True, "member": owner.pk}.items():
        monkeypatch.setattr(measure._Floor, name, value)
    assert Client(HTTP_HOST="localhost").get("/bench/floor/").content == b"x"
    assert Company.objects.get(pk=owner.company_id).name == "Lumi"
    assert Membership.objects.get(pk=owner.pk).role == "owner"


def meter_of(client, path, method="GET", **kwargs):
    case = cases.Case("team", client, lambda: cases.Ask(path, method), 8, 6, **kwargs)
    return measure.Meter(case)


def test_figures_of_a_page(bench, owner):
    meter = meter_of(client_of(owner), "/accounts/team/")
    with measure.steady([meter]):
        for _ in range(3):
            meter.turn()
    figures = meter.figures()
    assert (figures.identity, len(meter.page), len(meter.base)) == (3, 3, 3)
    assert (figures.queries > 0, figures.size > 1_000, figures.p95 >= figures.median > 0) == (True,) * 3
    assert figures.ratio == figures.median / figures.floor


def test_the_first_visit_of_a_day_is_no_figure(bench, owner):
    """It writes down that somebody was here, which the pages after it do not."""
    meter = meter_of(client_of(owner), "/accounts/team/")
    with measure.steady([meter]):
        pass
    assert [sql for sql, _ in meter.own if sql.startswith("UPDATE")] == []


@pytest.fixture
def guest(owner):
    """Somebody invited: taking that back asks for no password."""
    return team.invite(
        company=owner.company, email="ida@mail.example", name="Ida", role=Role.INTERVIEWER, by=owner
    )


def test_recording_a_write_takes_it_back(bench, owner, guest):
    meter = meter_of(client_of(owner), f"/accounts/team/{guest.pk}/remove/", "POST", writes=True)
    meter._record(meter.case.prepare().sender(meter.case.client))
    guest.refresh_from_db()
    assert (guest.removed_at, any(sql.startswith("UPDATE") for sql, _ in meter.own)) == (None, True)


def test_a_turn_does_the_write_once(bench, owner, guest):
    meter = meter_of(client_of(owner), f"/accounts/team/{guest.pk}/remove/", "POST", writes=True)
    meter.turn()
    guest.refresh_from_db()
    assert guest.removed_at is not None
    assert TrailEntry.objects.filter(action="team.invitation_withdrawn").count() == 1


def test_the_collector_is_back_at_work_afterwards(bench, owner):
    meter = meter_of(client_of(owner), "/accounts/team/")
    with measure.steady([meter]):
        assert gc.get_freeze_count() > 0
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)


def test_a_fast_error_is_no_figure(bench, rival, owner):
    meter = meter_of(client_of(rival), f"/accounts/team/{owner.pk}/")
    with pytest.raises(RuntimeError, match="404"):
        meter.turn(timed=False)
    with pytest.raises(RuntimeError, match="404"):
        meter.turn()


def test_a_request_is_laid_out_as_it_is_sent(bench):
    ask = cases.Ask("/bench/floor/", "POST", {"name": "Åsa"}, {"HX-Request": "true"})
    request = ask.sender(Client(HTTP_HOST="localhost"))().wsgi_request
    assert (request.POST["name"], request.headers["HX-Request"]) == ("Åsa", "true")


def test_the_floor_is_sent_the_same_request_elsewhere(bench):
    ask = cases.Ask("/accounts/login/", "POST", {"login": "x"})
    request = ask.sender(Client(HTTP_HOST="localhost"), "/bench/floor/")().wsgi_request
    assert (request.path, request.method, request.POST["login"]) == ("/bench/floor/", "POST", "x")
