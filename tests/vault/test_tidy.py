import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.vault.factories import make_file, make_upload
from vault import files, links, tasks
from vault.models import Link, StoredFile

pytestmark = pytest.mark.django_db


def age(path, hours):
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def plant(folder="ab", hours=25):
    path = settings.PRIVATE_FILES / folder / ("ab" * 16)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a")
    age(path, hours)
    return path


def check(capsys, **kwargs):
    call_command("check_files", **kwargs)
    return capsys.readouterr().out


def test_old_drafts_go_with_their_files_and_others_stay(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    files.keep_draft(make_upload(), purpose="cv", company_id=1)
    old = StoredFile.objects.get()
    kept = make_file()
    time_machine.shift(timedelta(hours=23))
    files.keep_draft(make_upload(), purpose="cv", company_id=1)
    time_machine.shift(timedelta(hours=2))
    tasks.sweep_drafts()
    assert not old.path.exists()
    assert StoredFile.objects.count() == 2
    assert kept.path.exists()


def test_sweeping_twice_changes_nothing_more():
    kept = make_file()
    tasks.sweep_drafts()
    tasks.sweep_drafts()
    assert kept.path.exists()


@pytest.mark.parametrize(("hours", "left"), [(25, False), (1, True)])
def test_half_an_upload_goes_after_a_day(hours, left):
    path = plant("incoming", hours)
    tasks.sweep_drafts()
    assert path.exists() is left


def test_temporary_files_of_killed_requests_go_after_a_day(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    path = tmp_path / "tmp1.upload.pdf"
    path.write_bytes(b"a")
    age(path, 25)
    tasks.sweep_drafts()
    assert not path.exists()


def test_all_is_well(capsys):
    make_file()
    assert check(capsys) == "Every file has its row, every row its file.\n"


def test_a_file_without_a_row_is_found_and_can_be_removed(capsys):
    path = plant()
    with pytest.raises(CommandError, match="0 rows without a file, 1 files without a row"):
        check(capsys)
    assert f"no row names {path}: removed" in check(capsys, remove=True)
    assert not path.exists()


def test_a_file_that_may_still_get_its_row_is_left_alone(capsys):
    plant(hours=1)
    assert "Every file has its row" in check(capsys)


def test_a_row_without_its_file_is_named(capsys):
    stored = make_file(company_id=7)
    stored.path.unlink()
    with pytest.raises(CommandError, match="1 rows without a file"):
        check(capsys, remove=True)
    assert f"file {stored.pk} of company 7 is missing" in capsys.readouterr().out


def mint(days=14):
    links.mint(purpose="status", subject=("application", 1), company_id=1, days=days)
    return Link.objects.latest("pk")


@pytest.mark.parametrize(("days", "left"), [(14 + 89, 1), (14 + 91, 0)])
def test_a_link_goes_ninety_days_after_it_ended(time_machine, days, left):
    mint()
    time_machine.move_to(timezone.now() + timedelta(days=days), tick=False)
    assert tasks.sweep_links() == 1 - left
    assert Link.objects.count() == left


def test_a_revoked_link_goes_ninety_days_after_that_and_a_living_one_stays(time_machine):
    mint(days=1_000), mint(days=1_000)
    Link.objects.filter(pk=Link.objects.earliest("pk").pk).update(revoked_at=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(days=91), tick=False)
    assert (tasks.sweep_links(), Link.objects.count(), tasks.sweep_links()) == (1, 1, 0)
