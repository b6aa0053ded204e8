from django.core.management.base import BaseCommand, CommandError

from vault import tidy


class Command(BaseCommand):
    help = "Names rows without a file and files without a row; fails when there are any."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="remove the files that no row names")

    def handle(self, *, remove, **options):
        lost, stray = tidy.rows_without_files(), tidy.files_without_rows()
        for row in lost:
            self.stdout.write(f"file {row.pk} of company {row.company_id} is missing: {row.path}")
        for path in stray:
            self.stdout.write(f"no row names {path}" + (": removed" if remove else ""))
            if remove:
                path.unlink(missing_ok=True)
        if lost or (stray and not remove):
            raise CommandError(f"{len(lost)} rows without a file, {len(stray)} files without a row")
        self.stdout.write("Every file has its row, every row its file.")
