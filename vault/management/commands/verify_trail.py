from django.core.management.base import BaseCommand, CommandError

from vault import seals, triggers


class Command(BaseCommand):
    help = "Recomputes the seals of the trail; fails on altered or missing rows and on missing triggers."

    def handle(self, **options):
        wrong, loose = seals.verify()
        wrong += [f"trigger {name} is missing" for name in triggers.missing()]
        if loose:
            self.stdout.write(f"not sealed yet: rows {seals.ranges(loose)}")
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError("The trail is not as it was written.")
        self.stdout.write("The trail is as it was written.")
