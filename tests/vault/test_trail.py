from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from vault import seals, tasks, trail, triggers
from vault.models import AppendOnly, Seal, TrailEntry

TRAIL, SEAL = TrailEntry._meta.db_table, Seal._meta.db_table


def write(n=1, *, company_id=1, minutes=5, **kwargs):
    """n lines of some minutes ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    fields = {"action": "application.moved", "kind": "application", "fields": ["stage"], "at": at}
    rows = [TrailEntry(company_id=company_id, **(fields | kwargs)) for _ in range(n)]
    return [row.pk for row in TrailEntry.objects.bulk_create(rows)]


def run_sql(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def verify():
    out = StringIO()
    call_command("verify_trail", stdout=out, stderr=out)
    return out.getvalue()


def verify_fails():
    out = StringIO()
    with pytest.raises(CommandError, match="The trail is not as it was written"):
        call_command("verify_trail", stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def forged(db):
    """forged(sql, *params): somebody with the database's password takes the triggers away for a moment."""

    def forge(sql, *params):
        triggers.drop()
        run_sql(sql, *params)
        triggers.create()

    return forge


# -- one writes, nobody changes


@pytest.mark.django_db
def test_a_line_says_who_did_what_to_which_fields():
    row = trail.record("job.changed", company_id=1, actor_id=2, kind="job", pk=3, fields=("city",))
    row.refresh_from_db()
    assert (row.action, row.company_id, row.actor_id, row.kind, row.subject_id, row.fields) == (
        "job.changed", 1, 2, "job", 3, ["city"],
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: TrailEntry.objects.update(action="x"),
        lambda row: TrailEntry.objects.filter(pk=row.pk).delete(),
        lambda row: TrailEntry.objects.bulk_update([row], ["action"]),
        lambda row: TrailEntry.objects.update_or_create(pk=row.pk, defaults={"action": "x"}),
        lambda row: row.save(update_fields=["action"]),
    ],
)
def test_the_orm_refuses_to_change_a_line(change):
    row = trail.record("a.b", company_id=1, actor_id=None)
    with pytest.raises(AppendOnly, match="TrailEntry is append-only"):
        change(row)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE {} SET company_id = 9", "DELETE FROM {}"])
@pytest.mark.parametrize("table", [TRAIL, SEAL])
def test_the_database_refuses_to_change_a_line(sql, table):
    write()
    seals.seal_due()
    with pytest.raises(DatabaseError, match="The trail is append-only"):
        run_sql(sql.format(table))
    assert (TrailEntry.objects.get().company_id, Seal.objects.get().company_id) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("table", [TRAIL, SEAL])
def test_postgresql_refuses_to_empty_the_table(table):
    with pytest.raises(DatabaseError, match="The trail is append-only"):
        run_sql(f"TRUNCATE {table}")


@pytest.mark.django_db
def test_triggers_are_made_again_by_every_migrate():
    triggers.drop()
    assert len(triggers.missing()) == 4
    call_command("migrate", "vault", verbosity=0)
    assert triggers.missing() == []
    call_command("migrate", "vault", verbosity=0)
    assert triggers.missing() == []


@pytest.mark.django_db
def test_a_trigger_that_was_taken_away_is_reported():
    triggers.drop()
    assert "trigger vault_trailentry_no_" in verify_fails()


@pytest.mark.django_db
def test_a_trigger_that_does_nothing_counts_as_missing():
    name = triggers.missing() or sorted(triggers._wanted(connection))[0]
    triggers.drop()
    table = name.rpartition("_no_")[0]
    if connection.vendor == "postgresql":
        triggers.create()
        run_sql(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    else:
        run_sql(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
    assert name in triggers.missing()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_a_transactional_test_starts_with_an_empty_trail_and_all_triggers(run):
    assert (TrailEntry.objects.count(), triggers.missing()) == (0, [])
    write()


# -- seals


@pytest.mark.django_db
def test_lines_older_than_a_minute_are_sealed_company_by_company():
    write(3)
    write(2, company_id=2)
    write(1, company_id=None)
    write(1, minutes=0)
    assert seals.seal_due() == 3
    assert list(Seal.objects.order_by("company_id").values_list("company_id", "number", "rows")) == [
        (0, 1, 1),
        (1, 1, 3),
        (2, 1, 2),
    ]


@pytest.mark.django_db
def test_sealing_again_adds_nothing():
    write(3)
    assert (seals.seal_due(), seals.seal_due()) == (1, 0)


@pytest.mark.django_db
def test_seals_form_a_chain():
    write()
    seals.seal_due()
    write()
    seals.seal_due()
    first, second = Seal.objects.order_by("number")
    rows = TrailEntry.objects.filter(pk=second.last_id)
    assert second.digest == seals.digest(first.digest, rows)


@pytest.mark.django_db
def test_many_lines_take_several_seals(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 4)
    write(10)
    assert seals.seal_due() == 3
    assert [seal.rows for seal in Seal.objects.order_by("number")] == [4, 4, 2]
    assert "as it was written" in verify()


@pytest.mark.django_db
def test_a_line_whose_transaction_ended_late_gets_into_a_later_seal():
    early, late, last = write(3)
    assert seals._seal(1, [early, last])
    assert seals.seal_due() == 1
    assert [seal.ids for seal in Seal.objects.order_by("number")] == [f"{early},{last}", str(late)]
    assert verify() == "The trail is as it was written.\n"


@pytest.mark.django_db
def test_lines_that_come_after_a_long_rest_are_sealed(time_machine):
    time_machine.move_to(timezone.now() - timedelta(days=10))
    write()
    seals.seal_due()
    time_machine.move_to(timezone.now() + timedelta(days=10))
    [pk] = write()
    assert seals.unsealed(1) == [pk]
    assert seals.seal_due() == 1
    assert "as it was written" in verify()


@pytest.mark.django_db
def test_of_two_beats_at_once_one_seals():
    ids = write(2)
    assert seals._seal(1, ids)
    Seal.objects.get()
    second = Seal(company_id=1, number=1, last_id=ids[-1], rows=2, ids=seals.ranges(ids), digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        second.save()


@pytest.mark.django_db
def test_a_beat_that_comes_second_stops_quietly(monkeypatch):
    write(2)
    real = seals.digest

    def meanwhile(previous, rows):
        monkeypatch.setattr(seals, "digest", real)
        seals.seal_due()
        return real(previous, rows)

    monkeypatch.setattr(seals, "digest", meanwhile)
    tasks.seal_trail()
    assert Seal.objects.count() == 1
    assert "as it was written" in verify()


@pytest.mark.django_db
def test_lines_not_sealed_yet_are_named_and_are_no_fault():
    first, _, third = write(3, minutes=0)
    assert f"not sealed yet: rows {first}-{third}" in verify()


@pytest.mark.django_db
def test_a_line_changed_by_raw_sql_is_found(forged):
    write(3)
    seals.seal_due()
    forged("UPDATE vault_trailentry SET actor_id = 666 WHERE id = %s", TrailEntry.objects.latest("pk").pk)
    assert "seal 1 of company 1: rows" in (said := verify_fails())
    assert "are not what was sealed" in said


@pytest.mark.django_db
def test_a_line_taken_out_is_named(forged):
    _, second, _ = write(3)
    seals.seal_due()
    forged("DELETE FROM vault_trailentry WHERE id = %s", second)
    assert f"seal 1 of company 1: rows {second} are missing" in verify_fails()


@pytest.mark.django_db
def test_a_seal_taken_out_is_found(forged):
    for _ in range(3):
        write()
        seals.seal_due()
    forged("DELETE FROM vault_seal WHERE number = 2")
    assert "company 1: seal 2 is missing" in verify_fails()


@pytest.mark.django_db
def test_a_seal_made_anew_over_forged_lines_breaks_the_chain(forged):
    write()
    seals.seal_due()
    write()
    seals.seal_due()
    first = Seal.objects.get(number=1)
    forged("UPDATE vault_trailentry SET actor_id = 666 WHERE id = %s", first.last_id)
    anew = seals.digest(seals.START, TrailEntry.objects.filter(pk=first.last_id))
    forged("UPDATE vault_seal SET digest = %s WHERE number = 1", anew)
    assert "seal 2 of company 1: rows" in verify_fails()


@given(st.sets(st.integers(min_value=1, max_value=10_000), min_size=1))
def test_ids_are_written_as_ranges_and_read_back(ids):
    assert list(seals.parse(seals.ranges(sorted(ids)))) == sorted(ids)


def test_ranges_read_well():
    assert seals.ranges([3, 4, 5, 7, 9, 10]) == "3-5,7,9-10"
