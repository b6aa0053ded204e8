"""Every route x every role x GET and POST, against rows that people wrote and reviewed.

A row of tests/routes/<app>.csv: name, args (`pk=job;token=status_token`: keys of the world), method, then what
each role gets: a status. A route without a GET and a POST row fails; so does a row without a route.
"""

import csv
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tests.conftest import StrictClient, signed_in
from tests.world import ROLES, make_world

ROWS = [
    row | {"app": path.stem}
    for path in sorted(Path(__file__).with_name("routes").glob("*.csv"))
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
]
OTHERS = ("account_", "mfa_")  # allauth's own pages: reviewed by their prefix in test_packages_pages


def _names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, space)


OURS = sorted({name for name in _names(get_resolver()) if not name.startswith(OTHERS)})


def test_every_route_has_its_rows():
    have = {(row["name"], row["method"]) for row in ROWS}
    want = {(name, method) for name in OURS for method in ("GET", "POST")}
    assert sorted(want - have) == []
    assert sorted(have - want) == []


def address(row, world, *, missing=False):
    args = dict(pair.split("=") for pair in row["args"].split(";") if pair)
    values = {name: world[key] for name, key in args.items()}
    if missing:
        values = {k: (987654321 if isinstance(v, int) else v) for k, v in values.items()}
    return reverse(row["name"], kwargs=values)


@pytest.fixture(scope="module")
def _own_files(tmp_path_factory):
    """One folder for the one world: what the world keeps in files is there for every row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PRIVATE_FILES", tmp_path_factory.mktemp("files"))
        yield


@pytest.fixture(scope="module")
def standing(_own_files, django_db_setup, django_db_blocker):
    """One world for all rows, and the cookies of each role: every request of every row is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        cookies = {role: signed_in(world[role]).cookies for role in ROLES} | {"anonymous": SimpleCookie()}
        yield world, cookies
        transaction.set_rollback(True)


def visitor(cookies) -> StrictClient:
    client = StrictClient(raise_request_exception=False)
    client.cookies = cookies.copy()
    return client


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}-{row['method']}")
@pytest.mark.django_db
def test_route(row, standing):
    world, cookies = standing
    for role in cookies:
        ask = getattr(visitor(cookies[role]), row["method"].lower())
        with transaction.atomic():
            response = ask(address(row, world))
            assert (role, str(response.status_code)) == (role, row[role].strip()), row["name"]
            if role == "rival" and response.status_code == 404:
                assert ask(address(row, world, missing=True)).content == response.content
            transaction.set_rollback(True)
