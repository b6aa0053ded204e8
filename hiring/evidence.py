"""The history of a contract as a chain: every line covers the one before it, so that none can be changed unseen.

Whoever writes has locked the offer. What is checked: the contract's words against their SHA-256, every line against
its own digest and its place in the chain, and the files against what the lines say of them.
"""

import hashlib
import ipaddress
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from hiring.contract import CONSENT_VERSION, sha256
from hiring.models import Evidence, Offer, OfferState
from hiring.models.signatures import Deed
from mailroom.models import Mail
from vault.work import State

FORMAT = "evidence-1"  # what a digest covers, and in which order; other fields are another format
COVERED = (
    "number", "what", "at", "member_id", "name", "email", "address", "agent", "consent_version", "link_hash",
    "signed_on", "contract_sha256", "file_sha256", "previous",
)  # fmt: skip
NO_WORDS = "-"  # what erasing leaves of a contract's words
OPENED_SALT = "hiring.offer.opened"


@dataclass(frozen=True)
class Signature:
    """A name as somebody typed it, and the browser they typed it in."""

    name: str
    address: str | None = None
    agent: str = ""

    @property
    def fields(self) -> dict:
        return {"name": self.name.strip()[:200], "address": _as_kept(self.address), "agent": self.agent[:300]}


def _as_kept(address) -> str | None:
    """An address as both databases give it back, so that its digest is the same before and after."""
    if not address:
        return None
    found = ipaddress.ip_address(address)
    return str(getattr(found, "ipv4_mapped", None) or found)


# -- writing


def append(offer, *lines: dict) -> list[Evidence]:
    """Adds the lines in their order, in one INSERT. The offer is locked; each line names `what`, and what it knows."""
    last = Evidence.objects.filter(offer=offer).order_by("-number").first()
    count, previous = (last.number, last.digest) if last else (0, "")
    rows = []
    for number, line in enumerate(lines, count + 1):
        row = Evidence(
            company_id=offer.company_id, offer=offer, number=number, previous=previous,
            **{"at": timezone.now(), "contract_sha256": offer.contract_sha256} | line,
        )  # fmt: skip
        row.digest = previous = digest(row)
        rows.append(row)
    return Evidence.objects.bulk_create(rows)


def digest(row) -> str:
    values = [FORMAT, row.offer_id, *(_plain(getattr(row, name)) for name in COVERED)]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _plain(value):
    """Times in UTC to the microsecond, as both databases give them back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value  # a choice is a word


def prepared(offer, by) -> None:
    """The words are fixed: whatever was signed before does not count for them."""
    append(offer, {"what": Deed.PREPARED, **_member(by)})


def sent(offer, by, signature: Signature | None) -> None:
    """On its way; `signature` is the employer's, None when they sign after the candidate."""
    mine = [{"what": Deed.EMPLOYER, **_member(by), **_agreed(signature)}] if signature else []
    append(offer, *mine, {"what": Deed.SENT, "member_id": by.pk, "email": offer.application.email})


def countersigned(offer, by, signature: Signature) -> None:
    append(offer, {"what": Deed.EMPLOYER, **_member(by), **_agreed(signature)})


def taken_back(offer, by) -> None:
    append(offer, {"what": Deed.TAKEN_BACK, **_member(by)})


def accepted(offer, signature: Signature, *, link=None, opened=None) -> None:
    """The candidate's signature with what shows that it is theirs: the mail that left, the page that was opened.

    Both are written down now: a mere look at a page changes nothing. `link` is the number of the link used,
    `opened` a moment that `opened_at` gave back.
    """
    application = offer.application
    proof = {"link_hash": link_hash(link)}
    mail = (
        Mail.objects.about("offer", offer.pk)
        .filter(message="offer", state=State.DONE)
        .order_by("-pk")
        .first()
    )
    proof["email"] = mail.recipient if mail else application.email
    before = (
        [{"what": Deed.MAILED, "at": mail.sent_at or mail.due_at, "email": mail.recipient}] if mail else []
    )
    before += [{"what": Deed.OPENED, "at": opened, **proof}] if opened else []
    append(offer, *before, {"what": Deed.CANDIDATE, **_agreed(signature), **proof})


def declined(offer, *, link=None) -> None:
    append(offer, {"what": Deed.DECLINED, "email": offer.application.email, "link_hash": link_hash(link)})


def outside(offer, by, *, name, signed_on, file) -> None:
    line = {"what": Deed.OUTSIDE, **_member(by), "name": name, "signed_on": signed_on}
    append(offer, line | {"file_sha256": file.sha256 if file else ""})


@transaction.atomic
def downloaded(offer, *, member=None, link=None) -> None:
    """Somebody took the finished contract along. Locks the offer itself."""
    locked = Offer.objects.select_for_update(no_key=True, of=("self",)).get(pk=offer.pk)
    who = _member(member) if member else {"link_hash": link_hash(link)}
    append(locked, {"what": Deed.DOWNLOADED, **who})


def _member(by) -> dict:
    return {"member_id": by.pk, "name": str(by)[:200], "email": by.email} if by else {}


def _agreed(signature) -> dict:
    return {**signature.fields, "consent_version": CONSENT_VERSION}


def link_hash(pk) -> str:
    return hashlib.sha256(f"link {pk}".encode()).hexdigest() if pk else ""


# -- when the page was opened


def opening(offer) -> str:
    """A mark for the form: which words were shown, and when."""
    return signing.dumps([offer.pk, offer.contract_sha256, timezone.now().timestamp()], salt=OPENED_SALT)


def opened_at(offer, mark: str):
    """The moment in such a mark; None for one that is not ours, or of other words."""
    try:
        pk, words, seconds = signing.loads(mark, salt=OPENED_SALT)
    except signing.BadSignature:
        return None
    if (pk, words) != (offer.pk, offer.contract_sha256):
        return None
    return datetime.fromtimestamp(seconds, tz=UTC)


# -- reading


def lines(offer) -> list[Evidence]:
    return list(Evidence.objects.filter(offer=offer).order_by("number"))


def current(rows) -> list[Evidence]:
    """What speaks of the words as they are: since they were fixed for the last time."""
    starts = [place for place, row in enumerate(rows) if row.what == Deed.PREPARED]
    return rows[starts[-1] :] if starts else rows


def employer(offer) -> Evidence | None:
    """The line of whoever of the shop has signed these very words."""
    return next((row for row in current(lines(offer)) if row.what == Deed.EMPLOYER), None)


def employer_signed(offer) -> bool:
    return employer(offer) is not None


def signed_on(offer) -> date | None:
    """The day on a copy that was signed outside; None where nobody said, and for names typed in a browser."""
    if not offer.signed_outside:
        return None
    return next((row.signed_on for row in reversed(lines(offer)) if row.what == Deed.OUTSIDE), None)


# -- checking


@dataclass(frozen=True)
class Check:
    """`state`: "intact", "changed", "erased", "none" (nothing was recorded yet), for the whole and each part.

    `lines` are the numbers of lines that are not as they were written; `file` None: there is none.
    """

    words: bool
    lines: tuple[int, ...]
    file: bool | None
    rows: tuple
    erased: bool = False

    @property
    def state(self) -> str:
        if self.erased:
            return "erased"
        if not self.words or self.lines or self.file is False:
            return "changed"
        return "intact" if self.rows else "none"


def check(offer) -> Check:
    """Looks at every byte that counts. Reads the files from the disk."""
    rows = lines(offer)
    made = getattr(offer, "signed_contract", None)
    return Check(
        words=not offer.contract_text or sha256(offer.contract_text) == offer.contract_sha256,
        lines=tuple(_broken(offer, rows, made)),
        file=_file_as_kept(offer, rows, made),
        rows=tuple(rows),
        erased=offer.contract_text == NO_WORDS,
    )


def _broken(offer, rows, made) -> list[int]:
    """Numbers of lines that were changed, moved, put in or speak of other words; a missing one counts, too."""
    found, previous = set(), ""
    for place, row in enumerate(rows, 1):
        if row.number != place or row.previous != previous or digest(row) != row.digest:
            found.add(row.number)
        previous = row.digest
    found |= {row.number for row in current(rows) if row.contract_sha256 != offer.contract_sha256}
    if rows and offer.state == OfferState.ACCEPTED and not _has_signature(offer, rows):
        found.add(len(rows) + 1)
    if made and made.head and (len(rows) < made.rows or rows[made.rows - 1].digest != made.head):
        found.add(made.rows)
    return sorted(found)


def _has_signature(offer, rows) -> bool:
    """The name in the offer is the one that was signed with."""
    wanted = Deed.OUTSIDE if offer.signed_outside else Deed.CANDIDATE
    return any(row.what == wanted and row.name == offer.signed_name for row in current(rows))


def _file_as_kept(offer, rows, made) -> bool | None:
    """The bytes on the disk against the lines; None where there is no file."""
    file = offer.signed_file or (made.file if made else None)
    if file is None:
        return None
    said = {row.file_sha256 for row in rows if row.what in {Deed.SEALED, Deed.OUTSIDE}}
    try:
        with file.path.open("rb") as bytes_:
            now = hashlib.file_digest(bytes_, "sha256").hexdigest()
    except OSError:
        return False
    return now == file.sha256 and (not rows or now in said)
