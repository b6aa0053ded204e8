"""Tables made in one step are the tables that many steps would have made."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from vault.at_once import AtOnce


def steps():
    """Two tables that point at each other, with what is usually added afterwards."""
    key = ("id", models.BigAutoField(primary_key=True))
    return [
        migrations.CreateModel("Pot", [key, ("name", models.CharField(max_length=9))]),
        migrations.CreateModel("Lid", [key, ("pot", models.ForeignKey("vault.Pot", models.CASCADE))]),
        migrations.AddField("Pot", "lid", models.ForeignKey("vault.Lid", models.CASCADE, null=True)),
        migrations.AddIndex("Pot", models.Index(fields=["name"], name="pot_name")),
        migrations.AddConstraint(
            "Pot", models.UniqueConstraint(fields=["name", "lid"], name="pot_once")
        ),
    ]  # fmt: skip


def applied(operations) -> ProjectState:
    state = ProjectState()
    for operation in operations:
        before = state.clone()
        operation.state_forwards("vault", state)
        with connection.schema_editor(atomic=True) as editor:
            operation.database_forwards("vault", editor, before, state)
    return state


def built(table) -> tuple:
    with connection.cursor() as cursor:
        columns = [
            (c.name, c.type_code, c.null_ok)
            for c in connection.introspection.get_table_description(cursor, table)
        ]
        found = connection.introspection.get_constraints(cursor, table).values()
    keys = sorted((sorted(one["columns"]), one["unique"], one["foreign_key"] is not None) for one in found)
    return columns, keys


def dropped():
    with connection.schema_editor() as editor:
        for table in ("vault_pot", "vault_lid"):
            editor.execute(editor.sql_delete_table % {"table": table})


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_is_what_one_after_the_other_comes_to():
    one_by_one = applied(steps())
    slow = [built("vault_pot"), built("vault_lid")]
    dropped()
    at_once = applied([AtOnce(steps())])
    assert [built("vault_pot"), built("vault_lid")] == slow
    assert at_once.models == one_by_one.models
    dropped()


def test_can_be_written_into_a_migration_again():
    name, args, kwargs = AtOnce(operations := steps()).deconstruct()
    assert (name, args, kwargs) == ("AtOnce", [], {"operations": operations})
