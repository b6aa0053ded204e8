"""Work, links, seals and keys under every order of events a bad day brings."""

import itertools
import random
import threading
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mailroom.models import Mail
from tests.vault.factories import make_file
from tests.vault.test_trail import forged, run_sql, verify, verify_fails, write  # noqa: F401
from vault import keys, links, seals, trail, triggers, work
from vault.models import KeyFingerprint, Link, Seal, StoredFile, TrailEntry
from vault.work import State

LEASE = timedelta(minutes=5)
pytestmark = pytest.mark.django_db


def later(time_machine, **delta):
    time_machine.move_to(timezone.now() + timedelta(**delta), tick=False)


# -- work


@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_of_events_work_is_done_once_at_most(seed, time_machine):
    """Workers claim, finish, fail, die and come back late; buttons are pressed; time passes."""
    draw, row = random.Random(seed), make_file()
    time_machine.move_to(timezone.now(), tick=False)
    held, finished = [], 0
    for _ in range(25):
        match draw.choice(["claim", "done", "failed", "late", "wait", "retry"]):
            case "claim":
                held += [claimed] if (claimed := work.claim(StoredFile, row.pk, lease=LEASE)) else []
            case "done" if held:
                finished += work.done(held.pop(), text="words")
            case "failed" if held:
                work.failed(held.pop(), "no", delays=[60])
            case "late" if held:
                finished += work.done(held.pop(0), text="late")
            case "wait":
                later(time_machine, minutes=draw.choice([1, 6]))
            case "retry":
                work.retry(row)
        row.refresh_from_db()
        assert finished == (row.state == State.DONE)
        assert (row.lease_until is not None) == (row.state == State.RUNNING)
    assert row.text in {"", "words", "late"}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("lease", [None, -1, 1])
def test_what_is_due_by_state_and_lease(state, lease):
    make_file()
    until = None if lease is None else timezone.now() + timedelta(minutes=lease)
    StoredFile.objects.update(state=state, lease_until=until)
    due = state == State.WAITING or (state == State.RUNNING and lease == -1)
    assert work.due(StoredFile).exists() is due


@pytest.mark.parametrize("tries", range(1, 6))
def test_each_try_waits_as_the_table_says_and_the_last_is_set_aside(tries):
    delays = [60, 300, 1800]
    row = make_file()
    StoredFile.objects.update(state=State.RUNNING, tries=tries, lease_until=timezone.now() + LEASE)
    row.refresh_from_db()
    assert work.failed(row, "no", delays=delays) is True
    wait = (row.due_at - timezone.now()).total_seconds()
    expected = (State.WAITING, delays[tries - 1]) if tries <= len(delays) else (State.PARKED, None)
    assert (row.state, round(wait) if row.state == State.WAITING else None) == expected


def test_a_row_that_was_deleted_meanwhile_is_nobodys_work():
    mine = work.claim(StoredFile, make_file().pk, lease=LEASE)
    StoredFile.objects.all().delete()
    assert (work.done(mine, text="x"), work.failed(mine, "x", delays=[])) == (False, False)
    assert work.claim(StoredFile, mine.pk, lease=LEASE) is None


def test_a_cancelled_row_takes_no_result():
    mine = work.claim(StoredFile, make_file().pk, lease=LEASE)
    StoredFile.objects.update(state=State.CANCELLED)
    assert work.done(mine, text="x") is False
    assert StoredFile.objects.get().text == ""


def test_claiming_and_finishing_take_few_queries(django_assert_num_queries):
    row = make_file()
    with django_assert_num_queries(4):  # savepoint, look, write, release
        mine = work.claim(StoredFile, row.pk, lease=LEASE)
    with django_assert_num_queries(1):
        work.done(mine, text="x")


def test_the_clock_that_jumps_forward_gives_work_to_another_and_the_first_is_too_late(time_machine):
    slow = work.claim(StoredFile, make_file().pk, lease=LEASE)
    later(time_machine, days=30)
    assert work.claim(StoredFile, slow.pk, lease=LEASE).tries == 2
    assert work.done(slow, text="x") is False


def test_the_clock_that_jumps_back_only_waits(time_machine):
    row = make_file()
    later(time_machine, days=-30)
    assert work.claim(StoredFile, row.pk, lease=LEASE) is None


# -- links


def mint(**kwargs):
    return links.mint(
        **({"purpose": "status", "subject": ("application", 5), "company_id": 1, "days": 2} | kwargs)
    )


@pytest.mark.parametrize(
    ("days", "after", "alive"), [(2, 47, True), (2, 48, False), (0.5, 11, True), (0.5, 12, False)]
)
def test_a_link_lives_to_the_second(days, after, alive, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    token = mint(days=days)
    later(time_machine, hours=after)
    found = links.find(purpose="status", token=token)
    assert (found is not None) is alive
    assert Link.objects.get().is_alive is alive


@pytest.mark.parametrize("days", [-1, -30])
def test_no_dead_link_is_reborn_when_the_clock_goes_back(days, time_machine):
    """One revoked or used stays so; only the expiry follows the clock."""
    used, revoked = mint(), mint(subject=("application", 6))
    links.use(links.find(purpose="status", token=used))
    links.revoke_all(subject=("application", 6))
    later(time_machine, days=days)
    assert [links.find(purpose="status", token=token) for token in (used, revoked)] == [None, None]


def test_every_way_of_ending_looks_the_same_from_outside(time_machine):
    used, revoked, expired, other = mint(), mint(), mint(days=0.01), mint(purpose="offer")
    links.use(links.find(purpose="status", token=used))
    Link.objects.filter(token_hash=links._hash(revoked)).update(revoked_at=timezone.now())
    later(time_machine, hours=1)
    answers = [
        links.find(purpose="status", token=token) for token in (used, revoked, expired, other, "x", "")
    ]
    assert answers == [None] * 6


def test_a_thousand_tokens_are_a_thousand_and_look_like_no_address():
    tokens = {mint() for _ in range(200)}
    assert len(tokens) == 200
    assert all(
        len(token) == 43 and set(token) <= set("-_") | set(map(chr, range(48, 123))) for token in tokens
    )


def test_looking_for_a_link_is_one_query_by_an_index(django_assert_num_queries):
    token = mint()
    with django_assert_num_queries(1):
        links.find(purpose="status", token=token)


def test_revoking_twice_ends_nothing_more():
    mint()
    about = {"subject": ("application", 5)}
    assert (links.revoke(purpose="status", **about), links.revoke(purpose="status", **about)) == (1, 0)
    assert links.revoke_all(**about) == 0


def test_the_number_alone_is_not_the_subject():
    mint(subject=("application", 5))
    assert links.revoke_all(subject=("offer", 5)) == 0
    assert links.revoke(purpose="status", subject=("application", 50)) == 0


# -- the trail and its seals


FORGERIES = {
    "company_id": 9, "actor_id": 9, "by_link": "x", "action": "a.b", "kind": "x", "subject_id": 9, "fields": '["x"]',
    "at": "2020-01-01 00:00:00+00",
}  # fmt: skip


@pytest.mark.parametrize("column", FORGERIES)
def test_a_change_of_any_column_is_found(forged, column):  # noqa: F811
    write(2)
    seals.seal_due()
    last = TrailEntry.objects.latest("pk").pk
    forged(f"UPDATE vault_trailentry SET {column} = %s WHERE id = %s", FORGERIES[column], last)  # noqa: S608
    assert "seal 1 of company 1: rows" in verify_fails()


def test_every_column_of_the_trail_is_sealed():
    names = {field.name for field in TrailEntry._meta.local_concrete_fields} - {"id"}
    assert set(FORGERIES) == names


@pytest.mark.parametrize("column", ["number", "digest", "ids", "last_id", "company_id"])
def test_a_change_of_a_seal_is_found_or_changes_nothing(forged, column):  # noqa: F811
    for _ in range(2):
        write(2)
        seals.seal_due()
    value = {"digest": "f" * 64, "ids": "1"}.get(column, 7)
    forged(f"UPDATE vault_seal SET {column} = %s WHERE number = 1", value)  # noqa: S608
    if column == "last_id":
        assert "as it was written" in verify()  # where the search begins, not what is sealed
    else:
        assert verify_fails()


def test_a_line_slipped_in_under_an_old_number_is_named(forged):  # noqa: F811
    _, second, _ = write(3)
    forged("DELETE FROM vault_trailentry WHERE id = %s", second)
    seals.seal_due()
    run_sql(
        "INSERT INTO vault_trailentry (id, company_id, by_link, action, kind, fields, at)"
        " VALUES (%s, 1, '', 'a.b', '', '[]', '2020-01-01 00:00:00+00')",
        second,
    )
    assert f"not sealed yet: rows {second}" in verify()


def test_text_of_any_script_and_names_with_marks_are_sealed_alike_on_both_engines():
    trail.record("job.changed", company_id=1, actor_id=None, kind="job", fields=["Ä王", 'a"b', "\\", "é"])
    TrailEntry.objects.bulk_create(
        [TrailEntry(company_id=1, action="x.y", at=timezone.now() - timedelta(hours=1))]
    )
    with transaction.atomic():
        ids = list(TrailEntry.objects.order_by("pk").values_list("pk", flat=True))
        assert seals._seal(1, ids)
    assert "as it was written" in verify()


def test_a_company_of_which_only_seals_are_left_is_looked_at(forged):  # noqa: F811
    write(2, company_id=3)
    seals.seal_due()
    forged("DELETE FROM vault_trailentry WHERE company_id = 3")
    assert "seal 1 of company 3: rows" in verify_fails()


def test_sealing_a_company_looks_at_no_other_companys_rows(django_assert_max_num_queries):
    for company_id in range(1, 4):
        write(3, company_id=company_id)
    with django_assert_max_num_queries(40):
        assert seals.seal_due() == 3
    with django_assert_max_num_queries(20):
        assert seals.seal_due() == 0


def test_companies_are_found_by_steps_through_the_index():
    for company_id in (7, None, 2, 7):
        write(1, company_id=company_id)
    assert list(seals.companies()) == [None, 2, 7]


@pytest.mark.parametrize("gone", range(4))
def test_each_missing_trigger_is_named_alone(gone):
    name = sorted(triggers._wanted(connection))[gone]
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(connection, name))
    assert triggers.missing() == [name]
    triggers.create()
    assert triggers.missing() == []


def test_the_trail_refuses_in_the_database_what_bulk_sql_would_do():
    write(1)
    with pytest.raises(DatabaseError, match="append-only"):
        run_sql("UPDATE vault_trailentry SET action = 'x' WHERE company_id = 1")
    with pytest.raises(DatabaseError, match="append-only"):
        run_sql("DELETE FROM vault_trailentry WHERE company_id = 1")
    run_sql("UPDATE vault_trailentry SET action = 'x' WHERE company_id = 2")  # no row, nothing to refuse


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_line_still_being_written_while_others_are_sealed_gets_its_seal_later():
    """Its number is the lowest, its transaction ends last: the first seal knows nothing of it."""
    started, go_on = threading.Event(), threading.Event()
    old = timezone.now() - timedelta(minutes=5)

    def slow():
        try:
            with transaction.atomic():
                TrailEntry.objects.bulk_create([TrailEntry(company_id=1, action="slow.one", at=old)])
                started.set()
                go_on.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    started.wait(10)
    write(2)
    assert seals.seal_due() == 1
    go_on.set()
    thread.join(10)
    assert seals.seal_due() == 1
    assert [seal.rows for seal in Seal.objects.order_by("number")] == [2, 1]
    assert "as it was written" in verify()


# -- keys


OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_rotation_killed_anywhere_is_finished_by_the_next(settings, monkeypatch, stop):
    settings.FIELD_KEYS = [OLD]
    Mail.objects.bulk_create(
        Mail(recipient="a@lumi.example", subject="s", message_id=f"<{n}>", body=b"secret %d" % n)
        for n in range(5)
    )
    keys.verify()
    settings.FIELD_KEYS = [NEW, OLD]
    monkeypatch.setattr(keys, "BATCH", 1)
    real, calls = keys.renewed, itertools.count(1)
    monkeypatch.setattr(keys, "renewed", lambda token: 1 / 0 if next(calls) == stop else real(token))
    with pytest.raises(ZeroDivisionError):
        list(keys.rotate(among=[Mail]))
    assert [bytes(mail.body) for mail in Mail.objects.order_by("pk")] == [b"secret %d" % n for n in range(5)]
    monkeypatch.setattr(keys, "renewed", real)
    assert dict(keys.rotate(among=[Mail]))["mailroom.Mail.body"] == 5 - (stop - 1)
    settings.FIELD_KEYS = [NEW]
    keys.verify()
    assert len([bytes(mail.body) for mail in Mail.objects.all()]) == 5


def test_three_keys_are_retired_in_one_go(settings):
    for key in (OLD, OTHER, NEW):
        settings.FIELD_KEYS = [key, *settings.FIELD_KEYS]
        keys.verify()
        Mail.objects.create(recipient="a@lumi.example", subject="s", body=key.encode())
    list(keys.rotate(among=[Mail]))
    settings.FIELD_KEYS = [NEW]
    keys.verify()
    assert sorted(bytes(mail.body).decode() for mail in Mail.objects.all()) == sorted([OLD, OTHER, NEW])
    assert KeyFingerprint.objects.count() == 1


def test_what_is_under_the_first_key_already_is_not_written_again(settings):
    settings.FIELD_KEYS = [NEW, OLD]
    first, old = Fernet(NEW).encrypt(b"a"), Fernet(OLD).encrypt(b"a")
    assert keys.renewed(first) is None
    assert keys.renewed(first.decode()) is None
    assert Fernet(NEW).decrypt(keys.renewed(old)) == b"a"
    assert isinstance(keys.renewed(old.decode()), str)


@pytest.mark.parametrize(
    "token",
    [b"", b"nonsense", "gAAAA", Fernet(OTHER).encrypt(b"a")],
    ids=["empty", "nonsense", "short", "other"],
)
def test_what_no_key_opens_stops_the_rotation(settings, token):
    settings.FIELD_KEYS = [NEW, OLD]
    with pytest.raises(InvalidToken):
        keys.renewed(token)


def test_every_encrypted_field_of_the_product_is_found():
    from django.apps import apps

    found = {f"{model._meta.label}.{field.name}" for model, field in keys.encrypted_fields(apps.get_models())}
    assert "mailroom.Mail.body" in found
    assert all(
        label.split(".")[0] in {"mailroom", "onboarding", "hiring", "accounts", "vault"} for label in found
    )
