"""Second-factor secrets lie in allauth's own table, encrypted by our adapter: they change keys with the rest."""

from allauth.mfa.models import Authenticator
from django.db import transaction

ENCRYPTED = ("secret", "seed")


def rotate(renew) -> int:
    """Writes each secret under the first key; how many. `renew` as in vault.keys."""
    return sum(
        _rotate_one(pk, renew) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    )


def _rotate_one(pk: int, renew) -> bool:
    with transaction.atomic():
        # Using a recovery code writes the same row.
        row = Authenticator.objects.select_for_update().filter(pk=pk).first()
        old = {name: row.data[name] for name in ENCRYPTED if row and name in row.data}
        new = {name: token for name, value in old.items() if (token := renew(value))}
        if new:
            row.data |= new
            row.save(update_fields=["data"])
        return bool(new)
