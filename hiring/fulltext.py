"""Words looked for in what applicants sent: FTS5 on SQLite, a GIN index on PostgreSQL, the same answers on both.

Both cut folded text (vault.folding) at spaces alone, so a row is found when each asked word begins one of its words.
"""

import sqlite3

from django.db import connection as default
from django.db import connections
from django.db.models.expressions import RawSQL

from hiring.models import SearchText

TABLE = SearchText._meta.db_table  # hiring_searchtext
INDEX = "hiring_words"
PAGES = 500  # of the index merged in one transaction, so that nobody who writes waits long
SECURE_DELETE = (3, 42)  # before it, FTS5 keeps the words of a deleted row until its segments are merged

_VIRTUAL = (
    "CREATE VIRTUAL TABLE hiring_words USING fts5(words, content='hiring_searchtext', "
    "content_rowid='application_id', tokenize='unicode61 remove_diacritics 0', detail='none', columnsize=0)"
)
_IN = "INSERT INTO hiring_words(rowid, words) VALUES (new.application_id, new.words);"
_OUT = (
    "INSERT INTO hiring_words(hiring_words, rowid, words) VALUES ('delete', old.application_id, old.words);"
)
# name: (drop it, make it)
_TRIGGERS = {
    f"hiring_words_{name}": (
        f"DROP TRIGGER IF EXISTS hiring_words_{name}",
        f"CREATE TRIGGER hiring_words_{name} AFTER {event} ON hiring_searchtext BEGIN {does} END",
    )
    for name, event, does in (
        ("in", "INSERT", _IN),
        ("out", "DELETE", _OUT),
        ("new", "UPDATE", f"{_OUT} {_IN}"),
    )
}
_GIN = "CREATE INDEX hiring_words ON hiring_searchtext USING gin (to_tsvector('simple', words))"
_FOUND_ON_SQLITE = "SELECT rowid FROM hiring_words WHERE hiring_words MATCH %s"
_FOUND_ON_POSTGRESQL = """
    SELECT application_id FROM hiring_searchtext WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)"""


def after_migrate(*, using="default", **kwargs) -> None:
    """Makes the index where it is missing: SQLite drops triggers whenever Django rebuilds their table."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        _make_gin(cursor) if connection.vendor == "postgresql" else _make_fts(cursor)


def _make_gin(cursor) -> None:
    # Not "IF NOT EXISTS": that too is refused while rows of this transaction wait to be checked.
    cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [INDEX])
    if not cursor.fetchone():
        cursor.execute(_GIN)


def _make_fts(cursor) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{INDEX}%"])
    there = {name for (name,) in cursor.fetchall()}
    if {INDEX, *_TRIGGERS} <= there:
        return
    if INDEX not in there:
        cursor.execute(_VIRTUAL)
    if sqlite3.sqlite_version_info >= SECURE_DELETE:
        cursor.execute("INSERT INTO hiring_words(hiring_words, rank) VALUES ('secure-delete', 1)")
    for drop, create in _TRIGGERS.values():
        cursor.execute(drop)
        cursor.execute(create)
    cursor.execute("INSERT INTO hiring_words(hiring_words) VALUES ('rebuild')")


def of_company(company_id: int) -> str:
    """A word that stands in every row of a company, so that the index itself leaves the others out."""
    return f"co{company_id}x"


def matching(company_id: int, terms: list[str]) -> RawSQL:
    """For `pk__in`: applications of this company with words that begin with each of `terms` (vault.folding.terms)."""
    if default.vendor == "postgresql":
        asked = " & ".join([of_company(company_id), *(f"'{term}':*" for term in terms)])
        return RawSQL(_FOUND_ON_POSTGRESQL, [asked])  # noqa: S611  # folded words, as a parameter
    asked = " ".join([f'"{of_company(company_id)}"', *(f'"{term}"*' for term in terms)])
    return RawSQL(_FOUND_ON_SQLITE, [asked])  # noqa: S611  # folded words, as a parameter


def tidy(using="default") -> None:
    """SQLite: merges the index step by step into one piece, in which no word of a deleted row is left."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    pages = -PAGES  # a negative number begins a merge of everything, a positive one goes on with it
    while _merge(connection, pages) > 1:
        pages = PAGES


def _merge(connection, pages: int) -> int:
    """How many rows of the index were written; one or none: there was nothing to do."""
    with connection.cursor() as cursor:
        before = cursor.connection.total_changes
        cursor.execute("INSERT INTO hiring_words(hiring_words, rank) VALUES ('merge', %s)", [pages])
        return cursor.connection.total_changes - before
