import os

import pytest
from django.conf import settings
from django.test import Client, SimpleTestCase, TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from accounts.models import Role
from tests import emptying
from tests.factories import make_company, make_member

TRANSACTIONAL = {"transactional_db", "live_server", "django_db_reset_sequences"}
TransactionTestCase._fixture_teardown = emptying.after_test

# A busy machine draws examples slowly; that is no fault of the code under test.
examples.register_profile("firsthire", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("firsthire")


@pytest.fixture(autouse=True)
def _product_mail(settings):
    """Django's test runner swaps the backend for locmem; ours is the outbox."""
    settings.EMAIL_BACKEND = "mailroom.backend.OutboxBackend"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "files"
    settings.ERASED_LIST = tmp_path / "erased.txt"


@pytest.fixture(autouse=True)
def _no_throttle():
    from django.core.cache import cache

    cache.clear()


class StrictClient(Client):
    """Runs what waits for the commit, and refuses a page in which a template was not filled in."""

    def request(self, **request):
        response = super().request(**request)
        if not response.streaming and "html" in response.get("Content-Type", ""):
            assert b"{%" not in response.content, "an unrendered template tag"
        return response


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture
def company(db):
    return make_company()


@pytest.fixture
def owner(company):
    return make_member(company, Role.OWNER, "olga@lumi.example", name="Olga")


@pytest.fixture
def manager(company):
    return make_member(company, Role.MANAGER, "mika@lumi.example", name="Mika")


@pytest.fixture
def interviewer(company):
    return make_member(company, Role.INTERVIEWER, "ines@lumi.example", name="Ines")


@pytest.fixture
def hire(company):
    return make_member(company, Role.HIRE, "sara@lumi.example", name="Sara")


@pytest.fixture
def rival(db):
    """The owner of another company, who must never see anything of ours."""
    return make_member(make_company("Rival"), Role.OWNER, "rita@rival.example", name="Rita")


def signed_in(membership) -> StrictClient:
    """A client signed in as that person in that company."""
    client = StrictClient()
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["company"] = membership.company_id
    session.save()
    return client


@pytest.fixture
def sign_in():
    return signed_in


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """with on_commit(): ... runs the callbacks of the transaction at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def pytest_ignore_collect(collection_path, config):
    """Without a Chromium the browser tests are left out; tests/run.py says so, and CI fails."""
    from tests.run import CI, chromium

    return True if collection_path.name == "browser" and not chromium() and not CI else None


def pytest_collection_modifyitems(config, items):
    """Takes out, without a word of "skipped", what this engine or this machine cannot have."""
    from django.db import connection

    from tests.sample_data import sample

    names = {id(item): {mark.name for mark in item.iter_markers()} for item in items}
    on_postgres = connection.vendor == "postgresql"
    without = {"sqlite" if on_postgres else "postgres"}
    without |= set() if sample("helpdesk_log.csv") and sample("cv") else {"sample_data"}
    without |= set() if os.environ.get("CRAWL") else {"crawl"}
    without |= _without_worker(names.values())
    out = [item for item in items if without & names[id(item)] or (on_postgres and not opens_database(item))]
    config.hook.pytest_deselected(items=out)
    gone = set(out)
    items[:] = [item for item in items if item not in gone]


def opens_database(item) -> bool:
    """What never opens the database says the same beside either: one run of it is enough.

    pytest-django refuses the database to everything else, so the question has one answer.
    """
    return bool(
        item.get_closest_marker("django_db")
        or {"db", *TRANSACTIONAL} & set(item.fixturenames)
        or (item.cls and issubclass(item.cls, SimpleTestCase))
    )


def _without_worker(names) -> set:
    """A worker needs a broker. With CI=true nothing may be left out."""
    from tests.broker import lacking
    from tests.run import CI

    why = lacking() if any("worker" in of_one for of_one in names) else ""
    if why and CI:
        raise pytest.UsageError(why)
    return {"worker"} if why else set()
