"""The bench counts what a page asks the database for, and replays it."""

import pytest
from django.db import connection
from django.test import Client, override_settings

from accounts.models import Company, Membership
from config.bench import measure
from config.bench.cases import client_of

pytestmark = pytest.mark.django_db
SESSION = 'SELECT "django_session"."key" FROM "django_session" WHERE 1 = 1'
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
        'INSERT INTO "x" SELECT 1 FROM "django_session"',
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


def test_figures_of_a_page(bench, owner):
    client = client_of(owner)
    figures = measure.measure(client, lambda c: c.get("/accounts/team/"), repeat=2, writes=False)
    assert figures.identity == 3
    assert (figures.queries > 0, figures.size > 1_000, figures.p95 >= figures.median > 0) == (True,) * 3
    assert figures.ratio == figures.median / figures.floor


def test_a_fast_error_is_no_figure(bench, rival, owner):
    with pytest.raises(RuntimeError, match="404"):
        measure.measure(
            client_of(rival), lambda c: c.get(f"/accounts/team/{owner.pk}/"), repeat=1, writes=False
        )
