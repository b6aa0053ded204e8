"""What PostgreSQL refuses even when every check above it is gone."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts import backstop
from hiring.models import Application, Candidate, JobMember
from mailroom.models import Mail
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db

postgres = pytest.mark.postgres


@contextmanager
def committed():
    """A transaction with what its end would check; all of it is undone when that fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_every_pointer_between_rows_of_companies_is_meant():
    names = {f"{link.model._meta.label}.{link.name}" for link in backstop.company_links()}
    assert {"hiring.Application.job", "hiring.JobMember.membership", "onboarding.Step.onboarding"} <= names
    assert "accounts.Membership.company" not in names
    assert backstop.is_owned(Mail)


def test_names_stay_within_what_postgresql_keeps():
    names = list(backstop.wanted(backstop.company_links()))
    assert max(map(len, names)) <= 63
    long = backstop._name("own_ref", "a" * 60, "b"), backstop._name("own_ref", "a" * 60, "c")
    assert [len(name) for name in long] == [63, 63]
    assert long[0] != long[1]


@postgres
@pytest.mark.postgres
def test_the_database_holds_all_of_them():
    assert set(backstop.wanted(backstop.company_links())) == backstop.constraints(connection)


@postgres
@pytest.mark.postgres
def test_migrating_again_changes_nothing():
    before = backstop.constraints(connection)
    call_command("migrate", verbosity=0)
    assert backstop.constraints(connection) == before


@postgres
@pytest.mark.postgres
def test_a_constraint_that_was_taken_away_comes_back():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hiring_application DROP CONSTRAINT own_ref_hiring_application_job_id")
    backstop.after_migrate()
    assert "own_ref_hiring_application_job_id" in backstop.constraints(connection)


@postgres
@pytest.mark.postgres
@pytest.mark.parametrize("column", ["job", "candidate"])
def test_an_application_cannot_point_into_another_company(company, rival, column):
    """The scope is removed: rows are fetched and written without asking whose they are."""
    ours, theirs = make_application(make_job(company)), make_application(make_job(rival.company))
    with refused("own_ref_hiring_application"), committed():
        Application.objects.filter(pk=ours.pk).update(number=99, **{column: getattr(theirs, column)})


@postgres
@pytest.mark.postgres
def test_a_member_of_another_company_cannot_be_put_on_a_job(company, rival):
    with refused("own_ref_hiring_jobmember_membership_id"), committed():
        JobMember.objects.create(company=company, job=make_job(company), membership=rival)


@postgres
@pytest.mark.postgres
def test_a_row_cannot_move_to_another_company_without_what_points_at_it(company, rival):
    application = make_application(make_job(company))
    with refused("own_ref_hiring_application_candidate_id"), committed():
        Candidate.objects.filter(pk=application.candidate_id).update(company=rival.company)


def test_deleting_goes_on_as_before(company, manager):
    """Rows that go with their parent, and pointers that are emptied."""
    job, other = make_job(company, members=[manager]), make_job(company)
    application = make_application(other, next_step_who=manager)
    with committed():
        job.delete()
        manager.delete()
    application.refresh_from_db()
    assert (JobMember.objects.count(), application.next_step_who) == (0, None)
