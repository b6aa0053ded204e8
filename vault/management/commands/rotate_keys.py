from django.core.management.base import BaseCommand, CommandError

from vault import keys


class Command(BaseCommand):
    help = "Encrypts every field anew with the first of FIELD_KEYS; the others can be taken away afterwards."

    def handle(self, **options):
        try:
            for what, rows in keys.rotate():
                self.stdout.write(f"{what}: {rows}")
        except keys.WrongKey as exc:
            raise CommandError(str(exc)) from exc
        self.stdout.write("Only the first key is in use now.")
