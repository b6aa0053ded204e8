"""Measures the product's pages on the database of the settings: `bench --applications 1000`."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from accounts.models import Company
from config.bench import cases, measure
from config.demo import bulk, shop
from hiring import indexing
from hiring.models import Job

SHARE = 0.8  # of all applications lie in one job


class Command(BaseCommand):
    help = "Queries and milliseconds of the main pages. Fills the database: give it an empty one."

    def add_arguments(self, parser):
        parser.add_argument("--applications", type=int, default=1_000)
        parser.add_argument("--turns", type=int, default=40, help="how often each page is timed")
        parser.add_argument(
            "--on-demand", action="store_true", help="one turn for each line of the standard input instead"
        )

    def handle(self, *, applications, turns, on_demand, **options):
        if Company.objects.exists():
            raise CommandError("The bench fills its database. Point it at an empty one.")
        shop.make()
        job = Job.objects.filter(company__slug="lumi", status="open").latest("pk")
        self._fill(job, applications)
        with override_settings(ROOT_URLCONF="config.bench.measure", ALLOWED_HOSTS=["localhost"]):
            meters = [measure.Meter(case) for case in cases.cases(job)]
            with measure.steady(meters):
                self._say("ready")
                for _ in sys.stdin if on_demand else range(turns):
                    for meter in meters:
                        meter.turn()
                    self._say("turn")
        for meter in meters:
            self._say(json.dumps(_row(meter, applications)))

    def _fill(self, job, count):
        for done in bulk.fill(job, int(count * SHARE) - job.applications.count()):
            self.stderr.write(f"\r{done:,} applications", ending="")
            sys.stderr.flush()
        indexing.run(seconds=float("inf"))

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _row(meter, applications) -> dict:
    figures = meter.figures()
    return {
        "applications": applications,
        "page": meter.case.name,
        "queries": figures.queries,
        "identity": figures.identity,
        "median": round(figures.median, 1),
        "p95": round(figures.p95, 1),
        "bytes": figures.size,
        "ratio": round(figures.ratio, 1),
        "budget": meter.case.budget,
        "at_most": meter.case.ratio,
    }
