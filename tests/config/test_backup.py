"""A copy of everything, and everything back from it: whole, checked, never over something else."""

import json
import sqlite3
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config import backup, golive
from mailroom import outbox, reasons
from mailroom.models import Mail
from tests.mailroom.factories import make_mail
from vault import keys


@pytest.fixture
def var(settings, tmp_path):
    """An installation with one row and two files."""
    return lay_out(
        settings, tmp_path / "var", rows=["Sara"], files={"a1": b"cv of Sara", "ff/b2": b"\0" * 70_000}
    )


def lay_out(settings, folder, rows=(), files=()):
    (folder / "files").mkdir(parents=True)
    settings.VAR, settings.PRIVATE_FILES = folder, folder / "files"
    settings.EMBEDDED, settings.ERASED_LIST = True, folder / "erased.txt"
    settings.DATABASE_FILE = folder / "firsthire.sqlite3"
    if rows:
        with sqlite3.connect(folder / "firsthire.sqlite3") as base:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("CREATE TABLE person (name)")
            base.executemany("INSERT INTO person VALUES (?)", [(name,) for name in rows])
    for name, content in dict(files).items():
        (folder / "files" / name).parent.mkdir(exist_ok=True)
        (folder / "files" / name).write_bytes(content)
    return folder


def people(folder) -> list[str]:
    with sqlite3.connect(folder / "firsthire.sqlite3") as base:
        return [name for (name,) in base.execute("SELECT name FROM person")]


def files(folder) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in (folder / "files").rglob("*") if p.is_file()}


@pytest.fixture
def copy(var, tmp_path):
    return backup.make(tmp_path / "copy.zip")


def names(copy) -> set[str]:
    return set(zipfile.ZipFile(copy).namelist())


def test_database_files_and_keys_are_in_it(copy):
    here = {
        "manifest.json",
        "database.sqlite3",
        "files/a1",
        "files/ff/b2",
        "keys/secret_key",
        "keys/field_keys",
    }
    assert names(copy) == here


def test_everything_comes_back_into_an_empty_place(copy, var, settings, tmp_path):
    there = lay_out(settings, tmp_path / "there")
    backup.put_back(copy)
    assert (people(there), files(there)) == (people(var), files(var))
    assert (there / "keys/field_keys").read_text() == ",".join(settings.FIELD_KEYS)


def test_only_the_owner_reads_the_copy_and_what_comes_back(copy, settings, tmp_path):
    there = lay_out(settings, tmp_path / "there")
    backup.put_back(copy)
    modes = {path.stat().st_mode & 0o777 for path in [copy, *there.rglob("*")] if path.is_file()}
    assert modes == {0o600}


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(var, settings, tmp_path):
    writer = sqlite3.connect(var / "firsthire.sqlite3")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO person VALUES ('half')")
    copy = backup.make(tmp_path / "copy.zip")
    writer.rollback()
    there = lay_out(settings, tmp_path / "there")
    backup.put_back(copy)
    assert people(there) == ["Sara"]


def test_the_list_of_the_erased_stays_out(var, settings, tmp_path):
    settings.ERASED_LIST.write_text("2026-01-01 candidate abc\n")
    copy = backup.make(tmp_path / "copy.zip")
    assert not any("erased" in name for name in names(copy))


def test_the_keys_stay_out_when_asked(var, tmp_path):
    copy = backup.make(tmp_path / "copy.zip", with_keys=False)
    assert not any(name.startswith("keys/") for name in names(copy))
    assert backup.check(copy)["keys"]  # their marks tell which ones open it


def test_a_folder_gets_a_file_with_the_time_in_its_name(var, tmp_path):
    with time_machine.travel("2026-03-02T03:04:05Z", tick=False):
        assert backup.make(tmp_path).name == "firsthire-20260302-030405.zip"


def test_a_copy_is_never_overwritten(copy):
    before = copy.read_bytes()
    with pytest.raises(backup.Unusable, match="exists already"):
        backup.make(copy)
    assert copy.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(var, tmp_path):
    with pytest.raises(backup.Unusable, match="There is no folder"):
        backup.make(tmp_path / "nowhere" / "copy.zip")


def test_nothing_half_done_is_left_after_a_failure(var, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "_add_text", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.make(tmp_path / "copy.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["var"]
    assert backup.last() is None


def test_a_damaged_database_is_not_copied(var, tmp_path):
    base = var / "firsthire.sqlite3"
    with sqlite3.connect(base) as writer:
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(base.read_bytes())
    content[4096:4200] = b"\xff" * 104
    base.write_bytes(bytes(content))
    with pytest.raises((backup.Unusable, sqlite3.DatabaseError)):
        backup.make(tmp_path / "copy.zip")
    assert not (tmp_path / "copy.zip").exists()


def altered(copy, tmp_path, **members) -> Path:
    """The same archive with other contents in some members."""
    other = tmp_path / "altered.zip"
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return other


def test_a_copy_that_was_altered_is_refused_before_anything_is_written(copy, settings, tmp_path):
    there = lay_out(settings, tmp_path / "there")
    with pytest.raises(backup.Unusable, match="files/a1 is not what was put in"):
        backup.put_back(altered(copy, tmp_path, files_a1=b"cv of Olga"))
    assert [path.name for path in there.iterdir()] == ["files"]


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.99])
def test_a_copy_that_is_cut_off_is_refused(copy, settings, tmp_path, keep):
    content = copy.read_bytes()
    copy.write_bytes(content[: int(len(content) * keep) if keep < 1 else keep])
    lay_out(settings, tmp_path / "there")
    with pytest.raises(backup.Unusable, match="no whole copy"):
        backup.put_back(copy)


def test_what_is_no_copy_at_all_is_refused(tmp_path):
    with pytest.raises(backup.Unusable):
        backup.check(tmp_path / "nothing.zip")


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "files/../../outside", "elsewhere/a", "keys/../../x"]
)
def test_a_member_that_leads_out_is_refused(tmp_path, name):
    source = tmp_path / "evil.zip"
    with zipfile.ZipFile(source, "w") as archive:
        said = backup._add_text(archive, name, "evil")
        manifest = {"format": backup.FORMAT, "members": {name: said}}
        archive.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(backup.Unusable, match="another version"):
        backup.check(source)


def test_a_place_that_holds_data_is_left_alone(copy, var):
    with pytest.raises(backup.Unusable, match="holds data already"):
        backup.put_back(copy)
    assert people(var) == ["Sara"]


def test_a_place_that_holds_only_files_is_left_alone_too(copy, var, settings, tmp_path):
    lay_out(settings, tmp_path / "there", files={"c3": b"other"})
    with pytest.raises(backup.Unusable, match="holds data already"):
        backup.put_back(copy)


def test_with_postgres_the_command_says_what_to_do(var, settings, tmp_path, capsys):
    settings.EMBEDDED = False
    call_command("backup", str(tmp_path / "copy.zip"))
    assert "pg_dump" in capsys.readouterr().out
    assert names(tmp_path / "copy.zip") >= {"files/a1", "keys/secret_key"}
    assert "database.sqlite3" not in names(tmp_path / "copy.zip")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_commands_refuse_in_a_sentence(copy, command):
    with pytest.raises(CommandError, match=r"exists already|holds data already"):
        call_command(command, str(copy))


# -- Go live


@pytest.mark.parametrize(("hours", "state"), [(0, "ok"), (35, "ok"), (37, "missing"), (24 * 400, "missing")])
def test_go_live_looks_at_the_last_copy(copy, hours, state):
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        assert golive._backup().state == state


def test_without_a_copy_nobody_knows(var):
    assert golive._backup().state == "unknown"


def test_a_note_nobody_can_read_is_as_if_there_was_none(var):
    (var / "last-backup").write_text("soon")
    assert backup.last() is None


@pytest.mark.django_db
def test_the_page_says_when_it_was(copy, sign_in, owner):
    client = sign_in(owner)
    assert "The last copy is of" in client.get("/settings/go-live/").content.decode()
    (copy.parent / "var" / "last-backup").write_text("2026-01-01T03:00:00+00:00")
    assert "Please look why there is none of last night." in client.get("/settings/go-live/").content.decode()


# -- mail after it


@pytest.mark.django_db
def test_what_was_waiting_is_set_aside_and_can_be_sent(company):
    waiting, sent = make_mail(company), make_mail(company, state="done")
    assert outbox.set_aside("Restored from a copy") == 1
    assert list(Mail.objects.order_by("pk").values_list("pk", "state")) == [
        (waiting.pk, "parked"),
        (sent.pk, "done"),
    ]
    assert reasons.why(Mail.objects.get(pk=waiting.pk).last_error).code == "restored"


# -- the product's own database


def counts(path) -> dict[str, int]:
    with sqlite3.connect(path) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_products_own_database_comes_back_row_for_row(settings, tmp_path, owner):
    outbox.post(message="test_mail", to=owner.email, company=owner.company, language="en",
                context={"name": "Olga", "url": "http://localhost/"})  # fmt: skip
    lay_out(settings, tmp_path / "old")
    settings.DATABASE_FILE = Path(connection.settings_dict["NAME"])
    copy = backup.make(tmp_path / "copy.zip")
    new = lay_out(settings, tmp_path / "new")
    backup.put_back(copy)
    assert counts(new / "firsthire.sqlite3") == counts(connection.settings_dict["NAME"])
    with sqlite3.connect(new / "firsthire.sqlite3") as base:
        (body,) = base.execute("SELECT body FROM mailroom_mail").fetchone()
    assert body  # encrypted, and by the key that came back
    assert (new / "keys/field_keys").read_text() == ",".join(settings.FIELD_KEYS)


@pytest.mark.django_db
def test_settling_sets_mail_aside_and_erases_again(company, capsys):
    mail = make_mail(company)
    call_command("restore", "copy.zip", "--settle")
    said = capsys.readouterr().out
    assert "1 mails set aside." in said
    assert "erased again" in said
    mail.refresh_from_db()
    assert mail.state == "parked"


@pytest.mark.django_db
def test_settling_with_other_keys_stops_before_anything(company, settings):
    mail = make_mail(company)
    keys.verify()
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="FIELD_KEYS lacks the key"):
        call_command("restore", "copy.zip", "--settle")
    assert Mail.objects.filter(pk=mail.pk, state="waiting").exists()


def test_the_marks_of_the_keys_are_not_the_keys(copy, settings):
    marks = backup.check(copy)["keys"]
    assert marks == [keys.fingerprint(key) for key in settings.FIELD_KEYS]
    assert not set(marks) & set(settings.FIELD_KEYS)
