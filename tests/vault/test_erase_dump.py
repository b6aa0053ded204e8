"""Erased is erased in PostgreSQL's own dump, too."""

import os
import shutil
import subprocess
from io import StringIO

import pytest
from django.apps import apps
from django.db import connection

from tests.hiring.adverts import make_published
from tests.vault import planted
from vault import erasing

ANNA = "qwzanna"


def dump() -> str:
    """Every row as text: by pg_dump, where there is one, else by COPY of each table."""
    own = connection.settings_dict
    if pg_dump := shutil.which("pg_dump"):
        environ = os.environ | {"PGPASSWORD": own["PASSWORD"] or ""}
        where = ["--host", own["HOST"], "--port", own["PORT"] or "5432", "--username", own["USER"]]
        done = subprocess.run(
            [pg_dump, *where, "--data-only", own["NAME"]],
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode == 0:  # a pg_dump older than the server refuses
            return done.stdout
    return copied()


def copied() -> str:
    out = StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.cursor.copy_expert(f"COPY {connection.ops.quote_name(table)} TO STDOUT", out)
    return out.getvalue()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("read", [dump, copied])
def test_no_row_of_the_dump_holds_the_word(owner, read):
    anna = planted.make_applicant(make_published(owner), ANNA, owner)
    assert ANNA in read()
    erasing.erase("candidate", anna.candidate_id, company_id=anna.company_id)
    assert ANNA not in read()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_dump_looks_at_every_table_of_ours(owner):
    """A new model is in it without anybody thinking of it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in apps.get_models() if model._meta.managed} <= tables
