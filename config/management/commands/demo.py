"""A sample shop to look around in: `demo`, `demo --candidates 10000`, `demo --remove`."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import Company
from config import demo_password
from config.demo import bulk, removal, shop
from hiring.models import Job

WIDTH = 40


class Command(BaseCommand):
    help = "Makes the sample shop, or removes it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--candidates", type=int, default=0, help="this many more applications for the open job"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same number gives the same people")
        parser.add_argument("--remove", action="store_true", help="take all sample data away")

    def handle(self, *, candidates, seed, remove, verbosity, **options):
        if Company._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database is empty. First: python manage.py migrate")
        if remove:
            self.stdout.write(f"Removed {removal.remove()} sample shops.")
            return
        if self._make() and verbosity:
            self.stdout.write(f"A sample shop is ready:\n{demo_password.sign_ins()}")
        if candidates:
            self._fill(candidates, seed)

    def _make(self) -> bool:
        """Whether it was made just now."""
        if not settings.DEMO_ALLOWED:
            raise CommandError("Sample data is made on one's own computer only, never on a server.")
        if Company.objects.filter(is_demo=True).exists():
            return False
        if Company.objects.exists():
            raise CommandError("There is a real shop here already; sample data stays out of its way.")
        shop.make()
        return True

    def _fill(self, count, seed):
        job = Job.objects.filter(company__is_demo=True, company__slug="lumi", status="open").latest("pk")
        for done in bulk.fill(job, count, seed=seed):
            bar = "#" * (done * WIDTH // count)
            self.stdout.write(f"\r[{bar:<{WIDTH}}] {done:,} of {count:,}", ending="")
            sys.stdout.flush()
        self.stdout.write("")
