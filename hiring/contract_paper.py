"""The contract as a PDF: its very words set as a document, and how it was signed."""

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from accounts import paper
from hiring import certificates, contract
from hiring import evidence as proofs
from hiring.models import OfferState
from vault import naming
from vault.papers import Heading, Note, Pairs, Signatures, Text, Title


def pdf(offer, *, evidence=False, certificate=()) -> bytes:
    """In the applicant's language. `evidence`: with the address and browser of whoever signed, as the shop sees them.
    `certificate`: the lines of hiring.evidence that its last page tells.

    Raises ValueError when a draft still lacks a value, papers.TooLong never with texts that the forms let through.
    """
    application = offer.application
    words = offer.contract_text or contract.text(offer)
    with translation.override(application.language):
        signed = certificates.blocks(offer, certificate) if certificate else _signed(offer, evidence)
        blocks = [*_state(offer), *_words(words), *signed]
        title, day = words.split("\n")[0], offer.sent_at or offer.created_at
        date = format_date(day, "long", locale=to_locale(application.language))
    return paper.pdf(
        application.job.company,
        title=title,
        blocks=blocks,
        language=application.language,
        made_at=offer.answered_at or day,
        date=date,
    )


def name(offer) -> str:
    """What the file is called: "Employment contract, Ada Lind.pdf", safe for any disk."""
    with translation.override(offer.application.language):
        called = f"{_('Employment contract')}, {offer.application.name}".replace("/", "-")
        return naming.clean(f"{called}.pdf", (".pdf",))


def _state(offer) -> list:
    """What nobody should mistake for a contract says so first."""
    if offer.state in {OfferState.SENT, OfferState.ACCEPTED}:
        return []
    return [Note(str(offer.get_state_display()))]


def _words(words) -> list:
    """Title, the two parties side by side, then each section; every word of the text, in its order.

    A contract in the shop's own words has none of our sections: it is set as it was written.
    """
    opening, *sections = _sections(words)
    if not sections:
        title, _blank, text = opening.strip().partition("\n")
        return [Title(title), *([Text(text.strip())] if text.strip() else [])]
    title, *parties = opening.strip().split("\n\n")
    blocks = [Title(title), Pairs([tuple(party.partition("\n")[::2]) for party in parties])]
    for section in sections:
        heading, _line_end, text = section.strip().partition("\n")
        blocks += [Heading(heading), Text(text)]
    return blocks


def _sections(words) -> list[str]:
    """The text cut before its four headings; a numbered list in somebody's own words is not taken for one of them.

    A heading is known by its words, and by its number alone where the words have changed since the contract was made.
    """
    titles = (_("The work"), _("Pay"), _("Benefits"), _("Terms of employment"))
    found, rest = [], words
    for number, title in enumerate(titles, 1):
        exact, start = f"\n\n{number}. {title}\n", f"\n\n{number}. "
        before, mark, after = rest.partition(exact if exact in rest else start)
        if mark:
            found.append(before)
            rest = mark + after
    return [*found, rest]


def _signed(offer, evidence) -> list:
    """Two lines to sign on; once it is signed in the browser, who signed and when."""
    checksum = [("SHA-256", offer.contract_sha256)] if offer.contract_sha256 else []
    if offer.state != OfferState.ACCEPTED:
        company, person = offer.application.job.company, offer.application
        parties = [(company.legal_name or company.name, _("Employer")), (person.name, _("Employee"))]
        return [*([Pairs(checksum)] if checksum else []), Signatures(parties)]
    rows = [(_("Signed by"), offer.signed_name), (_("Signed on"), _signed_on(offer)), *_how(offer, evidence)]
    return [Heading(_("Signature")), Pairs([*rows, *checksum])]


def _signed_on(offer) -> str:
    """The day on the copy where one was signed outside, else the moment the name was typed."""
    if day := proofs.signed_on(offer):
        return contract.day(day)
    zone = offer.application.job.company.timezone
    return contract.when(offer.answered_at, zone, offer.application.language)


def _how(offer, evidence) -> list:
    if offer.signed_outside:
        return [(_("How"), _("Signed outside, a copy is kept"))]
    if not evidence:
        return []
    return [(_("Address"), offer.signed_address or "–"), (_("Browser"), offer.signed_agent)]
