"""What is kept of the signing of contracts (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models, retention
from vault import keep

PURPOSE = _("Prove who signed a contract, and when")
RETENTION = _("as the contract: a signed one as long as the country's law says")


def register() -> None:
    keep.register(
        models.Evidence,
        purpose=PURPOSE,
        retention=RETENTION,
        export=True,
        erase="blank",
        of={"candidate": "offer__application__candidate"},
        personal=["name", "email", "address", "agent"],
        hidden=["previous", "digest", "member_id", "link_hash"],
        law=_law(),
    )
    keep.register(
        models.SignedContract,
        purpose=PURPOSE,
        retention=RETENTION,
        export=False,
        erase="delete",
        of={"candidate": "offer__application__candidate"},
        hidden=["head", "rows", "last_error", "lease_until", "tries"],
        law=_law(),
    )
    keep.register(
        models.SigningKey,
        purpose=_("Seal signed contracts, so that a change of one is found"),
        retention=_("as long as the company"),
        export=False,
        erase="keep",
        of={},
        plain=["certificate", "private_key"],
        hidden=["private_key"],
    )


def _law():
    return keep.Law(_signed, retention.CONTRACT_WHY, lambda row: retention.contract_until(row.offer))


def _signed(rows):
    offers = retention.signed(models.Offer.objects.filter(pk__in=rows.values("offer")))
    return rows.filter(offer__in=offers.values("pk"))


def _files_signed(rows):
    made = _signed(models.SignedContract.objects.filter(file__in=rows.values("pk")))
    return rows.filter(pk__in=made.values("file"))


def _file_until(stored):
    made = models.SignedContract.objects.filter(file=stored).select_related("offer__company").first()
    return made and retention.contract_until(made.offer)


FILES_LAW = keep.Law(_files_signed, retention.CONTRACT_WHY, _file_until)
