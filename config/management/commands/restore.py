"""Brings everything back from an archive into an empty VAR_DIR."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import backup
from mailroom import outbox
from vault import keys

FROM_A_COPY = "Restored from a copy"  # mailroom.reasons knows it


class Command(BaseCommand):
    help = "Fills an empty VAR_DIR from a copy; mails that were waiting in it are set aside, not sent again."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="the .zip that `backup` made")
        parser.add_argument(
            "--settle", action="store_true", help="the second half, which `restore` starts itself"
        )

    def handle(self, *, source, settle, **options):
        if settle:
            return self._settle()
        try:
            manifest = backup.put_back(source)
        except (backup.Unusable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(manifest['members'])} parts of {manifest['made_at']} are back in {settings.VAR}."
        )
        if backup.DATABASE not in manifest["members"]:
            self.stdout.write(
                "The database is not among them: bring it back with pg_restore, then run migrate."
            )
            return None
        return _in_a_new_process(source)

    def _settle(self):
        """Runs with the keys that came back."""
        try:
            keys.verify()
        except keys.WrongKey as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"{outbox.set_aside(FROM_A_COPY)} mails set aside.")
        call_command("reapply_erasures", stdout=self.stdout, stderr=self.stderr)
        call_command("check_files", stdout=self.stdout)


def _in_a_new_process(source) -> None:
    """This one has read its settings with other keys."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(source), "--settle"]
    if code := subprocess.call(command):  # noqa: S603 - our own command
        raise CommandError("The data is back, but something above does not fit.", returncode=code)
