"""After a test that committed: the tables it wrote to are emptied, and no others.

Django's own way empties every table and runs what follows a migration, for each such test: a second or more.
"""

from django.db import connections, transaction

from vault import triggers

# What the migrations filled stays: nothing would fill it again.
KEPT = {"django_content_type", "auth_permission", "django_migrations"}


def after_test(case) -> None:
    """Stands for TransactionTestCase._fixture_teardown."""
    for name in case._databases_names(include_mirrors=False):
        empty(connections[name])


def empty(connection) -> None:
    _on_postgresql(connection) if connection.vendor == "postgresql" else _on_sqlite(connection)
    triggers.create(connection.alias)  # a test may have taken them away


def _on_postgresql(connection):
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no order of tables, no trigger
        _delete(connection, cursor)


def _on_sqlite(connection):
    triggers.drop(connection.alias)  # those of the trail refuse every DELETE
    with connection.constraint_checks_disabled(), transaction.atomic(connection.alias):
        _delete(connection, connection.cursor())


def _delete(connection, cursor):
    for table in _written(connection, cursor):
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def _written(connection, cursor) -> list[str]:
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    quoted = ((table, connection.ops.quote_name(table)) for table in tables)
    each = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in quoted]  # noqa: S608
    cursor.execute(" UNION ALL ".join(each))
    return [table for (table,) in cursor.fetchall()]
