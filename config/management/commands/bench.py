"""Measures the product's pages on the database of the settings: `bench --applications 100 1000 10000`."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from accounts.models import Company
from config.bench import cases, measure
from config.demo import bulk, shop
from hiring.models import Job

SHARE = 0.8  # of all applications lie in one job


class Command(BaseCommand):
    help = "Queries and milliseconds of the main pages. Fills the database: give it an empty one."

    def add_arguments(self, parser):
        parser.add_argument("--applications", type=int, nargs="+", default=[100, 1_000, 10_000])
        parser.add_argument("--repeat", type=int, default=30)

    def handle(self, *, applications, repeat, **options):
        if Company.objects.exists():
            raise CommandError("The bench fills its database. Point it at an empty one.")
        shop.make()
        job = Job.objects.filter(company__slug="lumi", status="open").latest("pk")
        with override_settings(ROOT_URLCONF="config.bench.measure", ALLOWED_HOSTS=["localhost"]):
            for count in sorted(applications):
                self._fill(job, count)
                for row in self._measure(job, count, repeat):
                    self.stdout.write(json.dumps(row))

    def _fill(self, job, count):
        job.refresh_from_db()
        for done in bulk.fill(job, int(count * SHARE) - job.applications.count()):
            self.stderr.write(f"\r{done:,} applications", ending="")
            sys.stderr.flush()

    def _measure(self, job, count, repeat):
        for case in cases.cases(job):
            figures = measure.measure(
                case.client, case.ask, repeat=repeat, writes=case.writes, expect=case.expect
            )
            yield {
                "applications": count,
                "page": case.name,
                "queries": figures.queries,
                "identity": figures.identity,
                "median": round(figures.median, 1),
                "p95": round(figures.p95, 1),
                "bytes": figures.size,
                "ratio": round(figures.ratio, 1),
                "budget": case.budget,
                "at_most": case.ratio,
            }
