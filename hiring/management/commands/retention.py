from django.core.management.base import BaseCommand

from hiring import leaving


class Command(BaseCommand):
    help = "Announces whose time is over, and erases whose announced day has come. Beat does the same every hour."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *, dry_run, **options):
        done = leaving.run(dry_run=dry_run)
        for company, said in done.items():
            self.stdout.write(f"company {company}: {said['announced']} announced, {said['erased']} erased")
        if dry_run:
            self.stdout.write("Nothing was changed.")
        elif not done:
            self.stdout.write("Nobody's time is over.")
