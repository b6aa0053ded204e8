"""Contracts on their way to both signatures, for tests."""

import hashlib

from hiring import evidence, offers, signed_pdf, signing
from hiring.models import Evidence, Offer, SignedContract, Stage
from tests.hiring.factories import bring, make_application, make_job, make_offer

ADA = {"name": "Ada Lind", "address": "192.0.2.1", "agent": "Firefox 140"}
OLGA = {"name": "Olga Owner", "address": "192.0.2.9", "agent": "Firefox 141"}


def make_sent(company, by, *, name="Ada Lind", signature=offers.BY_SENDING, **fields) -> Offer:
    """On the table, signed by the sender unless `signature` says otherwise."""
    application = bring(make_application(make_job(company), name=name, **fields), Stage.OFFER, by)
    return offers.send(make_offer(application, by), by=by, signature=signature)


def accept(offer, **fields) -> Offer:
    return signing.accept(again(offer), **(ADA | fields))


def countersign(offer, by) -> Offer:
    return signing.countersign(again(offer), by=by, **OLGA)


def make(offer) -> SignedContract:
    """As the worker does it, now."""
    signed_pdf.run(SignedContract.objects.get(offer=offer).pk)
    return SignedContract.objects.select_related("file").get(offer=offer)


def again(offer) -> Offer:
    rows = Offer.objects.select_related("application__job__company", "signed_contract__file", "sent_by")
    return rows.get(pk=offer.pk)


def deeds(offer) -> list[str]:
    return [row.what for row in evidence.lines(offer)]


def change(offer, number=None, /, **fields):
    """Somebody with their hands in the database."""
    rows = Evidence._base_manager.filter(offer=offer)
    (rows.filter(number=number) if number else rows).update(**fields)


def state(offer) -> str:
    return evidence.check(again(offer)).state


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
