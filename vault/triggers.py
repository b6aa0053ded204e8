"""The database itself refuses to change or delete a line of the trail, whoever asks.

Made after every migrate, because SQLite drops a table's triggers whenever Django rebuilds the table.
"""

from django.db import connections

from vault.models import Seal, TrailEntry

TABLES = (TrailEntry._meta.db_table, Seal._meta.db_table)
MESSAGE = "The trail is append-only."

_SQLITE = {
    f"{table}_no_{event.lower()}": (
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for table in TABLES
    for event in ("UPDATE", "DELETE")
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION vault_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
)
_POSTGRESQL = {
    name: f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH {level} EXECUTE FUNCTION vault_append_only()"
    for table in TABLES
    for name, events, level in (
        (f"{table}_no_change", "UPDATE OR DELETE", "ROW"),
        (f"{table}_no_truncate", "TRUNCATE", "STATEMENT"),
    )
}


def _wanted(connection) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE


def _existing(connection) -> set[str]:
    """Names of triggers that are there and say what ours say; a disabled or rewritten one does not count."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgenabled IN ('O', 'A') AND p.prosrc LIKE %s",
                ["%" + MESSAGE + "%"],
            )
            return {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, sql in cursor.fetchall() if sql == _SQLITE.get(name)}


def missing(using="default") -> list[str]:
    connection = connections[using]
    return sorted(set(_wanted(connection)) - _existing(connection))


def create(using="default") -> None:
    """Makes what is missing; does nothing when all is there, or when the tables are not."""
    connection = connections[using]
    if not set(TABLES) <= set(connection.introspection.table_names()) or not (names := missing(using)):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name in names:
            cursor.execute(_drop(connection, name))
            cursor.execute(_wanted(connection)[name])


def drop(using="default") -> None:
    """For tests alone: the flush between two tests empties every table. The next migrate or flush makes them again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            cursor.execute(_drop(connection, name))


def after_migrate(*, using="default", **kwargs) -> None:
    create(using)


def _drop(connection, name: str) -> str:
    table = name.rpartition("_no_")[0]
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
