"""Who did what, when, to which fields; never what the fields said."""

from vault.models import TrailEntry


def record_many(action: str, *, company_id: int, actor_id: int | None, kind: str, pks, fields=()) -> None:
    """One row for each of `pks`, as `record` writes it, in one go."""
    TrailEntry.objects.bulk_create(
        TrailEntry(
            action=action,
            company_id=company_id,
            actor_id=actor_id,
            kind=kind,
            subject_id=pk,
            fields=list(fields),
        )
        for pk in pks
    )


def record(
    action: str,
    *,
    company_id: int | None,
    actor_id: int | None,
    kind: str = "",
    pk: int | None = None,
    fields: list[str] | tuple = (),
    by_link: str = "",
) -> TrailEntry:
    """Appends one row. `actor_id` is a user's number, None for the system or somebody with a link.

    `action` reads "noun.verb" ("application.moved"); `fields` are names only.
    """
    return TrailEntry.objects.create(
        action=action,
        company_id=company_id,
        actor_id=actor_id,
        kind=kind,
        subject_id=pk,
        fields=list(fields),
        by_link=by_link,
    )
