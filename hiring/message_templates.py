"""What a shop writes often: the product's own words in the reader's language, or the shop's over them, by version.

`{name}` and its like are put in by hiring.placeholders; nothing here goes through a template engine.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from hiring import placeholders
from hiring.message_words import shipped
from hiring.models import MessageText, Stage
from vault import trail

VERSIONS = 20  # shown of one text


class Changed(Exception):
    """Somebody saved this text since the form was opened; `text` is its newest version, None for the product's own."""

    def __init__(self, text):
        self.text = text
        super().__init__(f"text at version {text.version if text else 0}")


@dataclass(frozen=True)
class Kind:
    """`leaves` says when the product sends it by itself; empty for what somebody writes.

    `needs` are placeholders without which it is of no use, `more` those that only this kind has.
    """

    key: str
    label: str
    leaves: str = ""
    needs: frozenset = frozenset()
    more: tuple = ()

    @property
    def names(self) -> tuple:
        return (*placeholders.NAMES, *self.more)


_NOT_CHOSEN = gettext_lazy("Leaves when somebody is not selected at this stage.")
KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "received",
            gettext_lazy("Application received"),
            gettext_lazy("Leaves at once when somebody applies."),
            frozenset({"status_link"}),
        ),
        Kind("call", gettext_lazy("Invited to a call")),
        Kind("not_selected_cv", gettext_lazy("Not selected, after the CV"), _NOT_CHOSEN),
        Kind("not_selected_phone", gettext_lazy("Not selected, after the phone screen"), _NOT_CHOSEN),
        Kind("not_selected_interview", gettext_lazy("Not selected, after the interview"), _NOT_CHOSEN),
        Kind(
            "choose_time",
            gettext_lazy("Choose a time for a talk"),
            gettext_lazy("Leaves when you send somebody the link to choose a time."),
            frozenset({"link"}),
            ("link", "details", "until"),
        ),
        Kind(
            "invitation",
            gettext_lazy("Invited to a time that was agreed"),
            gettext_lazy("Leaves when you agree on a time with somebody."),
            frozenset({"details"}),
            ("details",),
        ),
        Kind(
            "work_sample",
            gettext_lazy("The work sample"),
            gettext_lazy("Leaves when you send somebody a work sample."),
            frozenset({"link"}),
            ("link", "until"),
        ),
        Kind(
            "offer_letter",
            gettext_lazy("The offer, with its link"),
            gettext_lazy("Leaves when you send an offer."),
            frozenset({"link"}),
            ("link", "until"),
        ),
        Kind("delay", gettext_lazy("It takes longer")),
        Kind("pool", gettext_lazy("Kept for later")),
        Kind("offer", gettext_lazy("Our offer: any questions?")),
        Kind("free", gettext_lazy("Free text")),
    )
}
# What somebody can choose when they write; the others leave by themselves.
WRITTEN = tuple(key for key, kind in KINDS.items() if not kind.leaves)
REFUSALS = {Stage.CV: "not_selected_cv", Stage.PHONE: "not_selected_phone"}


def refusal(stage) -> str:
    return REFUSALS.get(stage, "not_selected_interview")


# -- the shop's


def newest(company_id: int, kind: str, language: str) -> MessageText | None:
    return (
        MessageText.objects.filter(company=company_id, kind=kind, language=language)
        .order_by("-version")
        .first()
    )


def words(company_id: int, kind: str, language: str) -> tuple[str, str]:
    """(subject, text) to begin with: the shop's own, else the product's."""
    row = newest(company_id, kind, language)
    return (row.subject, row.text) if row and row.is_own else shipped(kind, language)


def own_languages(company_id: int) -> dict[str, set[str]]:
    """{kind: languages in which the shop has words of its own}. One query."""
    rows = MessageText.objects.filter(company=company_id).order_by("version")
    latest = {(row.kind, row.language): row.is_own for row in rows.defer("subject")}
    found: dict[str, set[str]] = {}
    for (kind, language), is_own in latest.items():
        if is_own:
            found.setdefault(kind, set()).add(language)
    return found


def versions(company_id: int, kind: str, language: str) -> list[MessageText]:
    rows = MessageText.objects.filter(company=company_id, kind=kind, language=language)
    return list(rows.select_related("by").order_by("-version")[:VERSIONS])


@transaction.atomic
def save(company, *, kind: str, language: str, subject: str, text: str, by, seen: int) -> MessageText:
    """A new version on top of `seen`; empty words bring the product's own back. Raises Changed."""
    row = MessageText(
        company=company, kind=kind, language=language, version=seen + 1, subject=subject, text=text, by=by
    )
    current = newest(company.pk, kind, language)
    if seen != (current.version if current else 0):
        raise Changed(current)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody saved this very moment
        raise Changed(newest(company.pk, kind, language)) from None
    trail.record(
        "message.text_changed",
        company_id=company.pk,
        actor_id=by.user_id,
        kind="message",
        pk=row.pk,
        fields=["subject", "text"],
    )
    return row


def put_back(company, *, kind: str, language: str, version: int, by, seen: int) -> MessageText:
    """The words of an earlier version again, as the newest; 0 are the product's. Raises Changed and LookupError."""
    rows = MessageText.objects.filter(company=company, kind=kind, language=language, version=version)
    row = rows.first()
    if version and row is None:
        raise LookupError(version)
    subject, text = (row.subject, row.text) if row else ("", "")
    return save(company, kind=kind, language=language, subject=subject, text=text, by=by, seen=seen)


# -- filled in


def written(
    subject, text, application, *, sender: str, link: Callable[[], str] = str, more: dict | None = None
) -> tuple[str, str]:
    """(subject, text) with everything put in: what the reader gets. `more` are values that only this kind has."""
    address = link() if "status_link" in placeholders.used(subject + text) else ""
    given = values(application, sender=sender, status_link=address) | (more or {})
    return placeholders.fill_line(subject, given), placeholders.fill(text, given)


def values(application, *, sender: str, status_link="") -> dict[str, str]:
    """What the placeholders stand for; `status_link` is an address, where one is needed."""
    return {
        "name": application.name,
        "job": application.job.title,
        "shop": application.job.company.name,
        "sender": sender or application.job.company.name,
        "status_link": status_link,
    }


def own(
    kind: str, application, *, sender: str, link: Callable[[], str] = str, more: dict | None = None
) -> tuple[str, str] | None:
    """(subject, text) of what leaves by itself, in the shop's words; None where the product's are used. One query.

    `link` makes the link to the status page, where the words hold one; `more` are values that only this kind has.
    """
    row = newest(application.company_id, kind, application.language)
    if row is None or not row.is_own:
        return None
    return written(row.subject, row.text, application, sender=sender, link=link, more=more)
