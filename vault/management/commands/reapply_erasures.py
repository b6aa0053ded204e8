from django.core.management.base import BaseCommand

from vault import erased_list, erasing


class Command(BaseCommand):
    help = "After a backup was put back: erases again who had been erased since (from the list beside the database)."

    def add_arguments(self, parser):
        parser.add_argument("--list", help="the list of erased people; settings.ERASED_LIST otherwise")

    def handle(self, *, list, **options):
        known, again, refused = erased_list.read(list), 0, 0
        for kind, subject in erasing.subjects.items():
            rows = subject.model.objects.order_by("pk").values_list("pk", "company_id")
            for pk, company_id in rows.iterator():
                if (kind, erased_list.fingerprint(kind, pk)) in known:
                    try:
                        again += erasing.erase(kind, pk, company_id=company_id) is not None
                    except erasing.Refused as why:
                        refused += 1
                        self.stderr.write(f"{kind} {pk}: {why}")
        shops = sum(erase_again(known) for erase_again in erased_list.shops)
        if shops:
            self.stdout.write(f"{shops} closed shops erased again")
        self.stdout.write(f"{len(known)} on the list, {again} erased again, {refused} refused")
