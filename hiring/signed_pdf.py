"""The contract with both signatures as one file: made once, by a worker, after the last signature.

The file is sealed with the company's own key, which shows that not a byte was changed since; it says itself that this
proves nobody's identity. pyHanko and its memory live in a child process (hiring.sealing) and go with it.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.addresses import absolute
from hiring import evidence, hand_off, letters, outward
from hiring.models import Offer, OfferState, SignedContract, SigningKey
from hiring.models.signatures import Deed
from mailroom import outbox
from vault import files, links, work

ROOT = Path(__file__).resolve().parent.parent
LEASE = timedelta(minutes=3)  # longer than the child may take
DELAYS = [30, 300, 3600]
CHILD_SECONDS = 60
YEARS = 30  # longer than any law keeps a contract
MESSAGE = "offer_signed"


class NotSealed(Exception):
    """The child could not seal the file."""


def due(offer) -> None:
    """Both have signed: the file is to be made, once. Within the caller's transaction."""
    row, new = SignedContract.objects.get_or_create(offer=offer, defaults={"company_id": offer.company_id})
    if new:
        transaction.on_commit(lambda: _hand_over(row.pk), robust=True)


def file_of(offer):
    """What both have signed, as a file; None before, and for contracts from before there were such files."""
    made = getattr(offer, "signed_contract", None)
    if offer.state != OfferState.ACCEPTED:
        return None
    return offer.signed_file or (made.file if made else None)


def is_waited_for(offer) -> bool:
    """Both have signed, and a worker has yet to make the file."""
    made = getattr(offer, "signed_contract", None)
    return offer.state == OfferState.ACCEPTED and made is not None and made.file_id is None


def _hand_over(pk):
    """The sweeper finds the row when the queue is not there."""
    from hiring.tasks import make_contract

    make_contract.delay(pk)


def run(pk) -> None:
    """Makes one; may run twice, and of two workers the second writes nothing."""
    row = work.claim(SignedContract, pk, lease=LEASE)
    if row is None:
        return
    offer = Offer.objects.select_related("application__job__company", "sent_by").get(pk=row.offer_id)
    if offer.contract_text == evidence.NO_WORDS or offer.state != OfferState.ACCEPTED:
        work.call_off(row)  # erased, or void, before it was made
        return
    try:
        stored, rows = _make(offer)
    except Exception as error:
        work.failed(row, type(error).__name__, delays=DELAYS)
        raise
    if not _finish(row, offer, stored, rows):
        files.delete(stored)


def _make(offer):
    from hiring import contract_paper  # fonts and their engine: only where paper is made

    rows = evidence.lines(offer)
    made = contract_paper.pdf(offer, certificate=rows)
    sealed = seal(made, key_of(offer.company), reason=_reason(offer.application.language))
    with translation.override(offer.application.language):
        name = contract_paper.name(offer)
    stored = files.keep_made(
        lambda path: path.write_bytes(sealed), name=name, kind="pdf", company_id=offer.company_id
    )
    return stored, rows


def _reason(language) -> str:
    with translation.override(language):
        return _("Shows that this file has not been changed. It does not prove who somebody is.")


@transaction.atomic
def _finish(row, offer, stored, rows) -> bool:
    """The file is there for both from now on; the candidate gets it by mail."""
    Offer.objects.select_for_update(no_key=True, of=("self",)).get(pk=offer.pk)
    head = rows[-1].digest if rows else ""
    if not work.done(row, file=stored, head=head, rows=len(rows), made_at=timezone.now()):
        return False
    evidence.append(offer, {"what": Deed.SEALED, "file_sha256": stored.sha256})
    hand_off.contract_made(offer.application, stored)
    _tell(offer, stored)
    return True


def _tell(offer, stored) -> None:
    """The candidate gets the file itself: it is theirs, whatever becomes of the shop's page and of the link."""
    application = offer.application
    token = links.mint(
        purpose="offer",
        subject=("offer", offer.pk),
        company_id=offer.company_id,
        days=letters.OFFER_LINK_DAYS,
    )
    sender = offer.sent_by
    outbox.post(
        message=MESSAGE,
        to=application.email,
        company=application.job.company,
        about=("offer", offer.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": offer.job_title,
            "url": absolute(reverse("hiring_links:offer", args=[token])),
            "sender": outward.name(sender, application.job.company),
        },
        key=f"{MESSAGE}-{offer.pk}",
        reply_to=(sender.name, sender.email) if sender else None,
        attachments=[(stored.original_name, stored.path.read_bytes(), "application/pdf")],
    )


# -- the seal


def seal(pdf: bytes, key: SigningKey, *, reason: str) -> bytes:
    """The same file with a digital signature (PAdES B-B) over all of it. Raises NotSealed."""
    head = {"key": key.private_key, "certificate": key.certificate, "reason": reason}
    asked = json.dumps(head).encode() + b"\n" + pdf
    command = [sys.executable, "-B", "-E", "-s", "-m", "hiring.sealing"]
    try:
        # No environment, and the key only through the pipe: nothing of it is on a disk or in a list of processes.
        done = subprocess.run(  # noqa: S603  # our own module
            command, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"}, timeout=CHILD_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotSealed from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotSealed
    return done.stdout


def key_of(company) -> SigningKey:
    """The company's key, made at first need; of two workers who make one the first wins."""
    if found := SigningKey.objects.filter(company=company).first():
        return found
    certificate, private_key = _new_key(company.legal_name or company.name)
    try:
        with transaction.atomic():
            return SigningKey.objects.create(
                company=company, certificate=certificate, private_key=private_key
            )
    except IntegrityError:
        return SigningKey.objects.get(company=company)


def _new_key(name) -> tuple[str, str]:
    """A certificate that a company made for itself: (certificate, key), both as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    now = datetime.now(tz=UTC)
    builder = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(
        now + timedelta(days=365 * YEARS)
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(pem).decode(), private.decode()
