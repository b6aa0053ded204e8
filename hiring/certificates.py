"""The last page of a signed contract: who signed, when and how that is known, and what the seal means."""

from datetime import UTC

from django.utils import translation
from django.utils.translation import gettext as _

from hiring import contract
from hiring.evidence import current
from hiring.models.signatures import Deed

SIGNED = (Deed.EMPLOYER, Deed.CANDIDATE)
SHORT = 16  # signs of a hash that are read by people


def blocks(offer, rows) -> list:
    """In the current language; times in the company's zone, which is named beside them."""
    # Fonts and their engine: only for a process that is asked for paper.
    from vault.papers import Break, Heading, Note, Pairs, Table, Text

    rows = current(list(rows))
    return [
        Heading(_("Signatures")),
        *(Pairs(_signature(offer, row)) for row in rows if row.what in SIGNED),
        Break(),
        Heading(_("Certificate")),
        Text(
            _(
                "How this contract was signed. Each line covers the one before it, so none can be changed unseen."
            )
        ),
        Table(_header(), [_line(offer, row) for row in rows], widths=(1.4, 1.2, 1.4)),
        Pairs(_checksums(offer, rows)),
        Note(statement(), title=_("What the seal of this file shows")),
    ]


def statement() -> str:
    return _(
        "This file is sealed with a digital signature: if a single byte of it is changed, a program that reads PDF "
        "says so. The seal was made with a key of the employer's own. It shows that the file is unchanged, and it "
        "does not prove who somebody is. What speaks for that stands in the lines above: the address the link was "
        "sent to, the names that were typed, the times and the addresses on the internet."
    )


def _signature(offer, row) -> list[tuple[str, str]]:
    whose = _("For the employer") if row.what == Deed.EMPLOYER else _("The employee")
    rows = [(whose, row.name), (_("Signed on"), _when(offer, row.at)), (_("E-mail"), row.email)]
    if row.address:
        rows.append((_("Address on the internet"), row.address))
    if row.agent:
        rows.append((_("Browser"), row.agent))
    return [*rows, (_("Agreed to"), f"{consent(row.what)} ({row.consent_version})")]


def consent(what) -> str:
    """The sentence somebody agreed to with their name; its version is contract.CONSENT_VERSION."""
    if what == Deed.EMPLOYER:
        return _("By typing my name I sign this contract for the employer.")
    return _("By typing my name I sign this contract.")


def _header() -> list[str]:
    return [_("What"), _("When"), _("Who")]


def _line(offer, row) -> list[str]:
    who = [row.name, row.email]
    if row.link_hash:
        who.append(_("link %(mark)s") % {"mark": row.link_hash[:SHORT]})
    if row.signed_on:
        who.append(_("signed on %(day)s") % {"day": contract.day(row.signed_on)})
    return [str(row.get_what_display()), _when(offer, row.at), "\n".join(filter(None, who))]


def _checksums(offer, rows) -> list[tuple[str, str]]:
    words = (_("SHA-256 of the contract's words"), offer.contract_sha256)
    return [words, (_("End of the chain"), rows[-1].digest)] if rows else [words]


def _when(offer, moment) -> str:
    """To the second, with the zone it is told in: this is what somebody may have to prove."""
    zone = offer.application.job.company.timezone
    language = translation.get_language()
    seconds = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{contract.when(moment, zone, language)}\n{seconds}"
