"""For whoever runs the installation: opens an account whose second factor is lost."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import second_factors
from accounts.models import Membership, User
from vault import trail


class Command(BaseCommand):
    help = "Takes every second factor from one account and signs it out; make sure who is asking."

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        if not second_factors.forget(user):
            raise CommandError(f"{email} has no second factor.")
        for place in Membership.objects.active().filter(user=user).order_by("pk"):
            subject = {"kind": "membership", "pk": place.pk, "fields": ["second_factor"]}
            trail.record("team.factor_reset", company_id=place.company_id, actor_id=None, **subject)
        self.stdout.write(f"{email} signs in with the password alone now.")
