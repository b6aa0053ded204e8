"""PostgreSQL refuses a link from one company's row to another's, whatever the code above it forgot.

Every company-owned table that others point at has UNIQUE (company_id, id), and every pointer between two
company-owned tables is doubled by a foreign key (company_id, pointer) -> (company_id, id). Both are made after
every migrate, from the models; SQLite cannot add them to a table that exists, and goes without.
"""

import hashlib

from django.apps import apps
from django.db import connections, models

from accounts.models import Company

LONGEST = 63  # PostgreSQL cuts names, which could make two the same


def after_migrate(*, using="default", **kwargs) -> None:
    """Makes what is missing; does nothing on SQLite, and for tables that are not there yet."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = set(connection.introspection.table_names())
    links = [link for link in company_links() if {_table(link), _target(link)} <= tables]
    existing = constraints(connection)
    with connection.cursor() as cursor:
        for name, statement in wanted(links).items():
            if name not in existing:
                cursor.execute(statement)


def constraints(connection) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conname LIKE 'own\\_%'")
        return {name for (name,) in cursor.fetchall()}


def is_owned(model) -> bool:
    """Does each row say which company it belongs to?"""
    own = {field.name: field for field in model._meta.local_concrete_fields}
    return "company" in own and own["company"].related_model is Company and model._meta.managed


def company_links() -> list[models.ForeignKey]:
    """Foreign keys from company-owned rows to company-owned rows."""
    fields = [
        field for model in apps.get_models() if is_owned(model) for field in model._meta.local_concrete_fields
    ]
    return [
        field for field in fields if isinstance(field, models.ForeignKey) and is_owned(field.related_model)
    ]


def wanted(links) -> dict[str, str]:
    """name -> statement: first a key for each table that is pointed at, then the pointers.

    Those are checked at the commit like Django's own, so that deleting a company goes on as before.
    """
    keys = {
        _name("own_key", table): f'ALTER TABLE "{table}" ADD CONSTRAINT "{_name("own_key", table)}" '
        "UNIQUE (company_id, id)"
        for table in dict.fromkeys(map(_target, links))
    }
    pointers = {_name("own_ref", _table(link), link.column): _pointer(link) for link in links}
    return keys | pointers


def _pointer(link) -> str:
    return (
        f'ALTER TABLE "{_table(link)}" ADD CONSTRAINT "{_name("own_ref", _table(link), link.column)}" '
        f'FOREIGN KEY (company_id, "{link.column}") REFERENCES "{_target(link)}" (company_id, id) '
        "DEFERRABLE INITIALLY DEFERRED"
    )


def _table(link) -> str:
    return link.model._meta.db_table


def _target(link) -> str:
    return link.related_model._meta.db_table


def _name(*parts: str) -> str:
    name = "_".join(parts)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
