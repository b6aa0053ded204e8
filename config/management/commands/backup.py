"""Copies everything into one archive, also while the product runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import backup

POSTGRES = (
    "The database is not in it. Copy it in the same night, after this:\n"
    '  pg_dump --format=custom --file=firsthire.dump "$DATABASE_URL"\n'
    'and bring it back with:  pg_restore --dbname="$DATABASE_URL" firsthire.dump'
)


class Command(BaseCommand):
    help = (
        "Copies database, files and keys into one zip, readable by you alone; with PostgreSQL files and keys."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", type=Path, help="a folder, or the name of a new .zip file")
        parser.add_argument(
            "--without-keys", action="store_true", help="leave the keys out; keep them elsewhere"
        )

    def handle(self, *, target, without_keys, **options):
        try:
            made = backup.make(target, with_keys=not without_keys)
        except (backup.Unusable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made}, {made.stat().st_size} bytes")
        if not settings.EMBEDDED:
            self.stdout.write(POSTGRES)
