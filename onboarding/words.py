"""Texts people agree on: "when to ask first" of the company, and one person's expectations. Versions are kept."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from onboarding import escalation
from onboarding.kinds import Kind
from onboarding.models import Wording
from vault import trail

Subject = Wording.Subject
# Which text a step of this key asks to be read.
OF_STEP = {"ask_first": Subject.ASK_FIRST, "expectations": Subject.EXPECTATIONS}


class Changed(Exception):
    """Somebody wrote another version since this one was opened."""


@dataclass(frozen=True)
class Words:
    subject: str
    number: int  # 0: nothing of our own yet; the suggested text, or none
    body: str
    edition: str = ""  # which words exactly: a reader confirms these and no others


def of_step(step) -> Words | None:
    """What the step asks to be read; None for a step that asks for nothing of the kind."""
    subject = OF_STEP.get(step.key)
    if subject is None and step.kind == Kind.ACK:
        # A step of the shop's own plan: its own words are what is read, as they stood on the screen.
        return Words("", 0, step.text or step.label, f"step-{step.revision}")
    return current(step.onboarding, subject) if subject else None


def current(onboarding, subject) -> Words:
    if subject == Subject.ASK_FIRST:
        return ask_first(onboarding.company_id)
    newest = Wording.objects.filter(onboarding=onboarding, subject=subject).order_by("-number").first()
    return _words(newest, subject, "")


def ask_first(company_id) -> Words:
    """The company's own text, else one made of its rules, else the suggested one in the reader's language."""
    newest = (
        Wording.objects.filter(company_id=company_id, subject=Subject.ASK_FIRST).order_by("-number").first()
    )
    if newest is not None:
        return _words(newest, Subject.ASK_FIRST, "")
    return Words(Subject.ASK_FIRST, 0, *escalation.as_text(company_id))


def _words(row, subject, suggested) -> Words:
    number = row.number if row else 0
    return Words(subject, number, row.body if row else suggested, str(number))


def write(*, company, subject, by, body, seen, onboarding=None) -> Words:
    """A new version, when `body` differs from the one with number `seen`.

    Raises Changed when somebody else wrote a version after `seen`.
    """
    before = current(onboarding, subject) if onboarding else ask_first(company.pk)
    if before.number != seen:
        raise Changed(_("Somebody else changed this text meanwhile."))
    if before.body == body and before.number:
        return before
    try:
        with transaction.atomic():
            row = Wording.objects.create(
                company=company,
                subject=subject,
                onboarding=onboarding,
                number=seen + 1,
                body=body,
                by=by,
            )
            trail.record(
                "wording.written",
                company_id=company.pk,
                actor_id=by.user_id,
                kind="wording",
                pk=row.pk,
                fields=["body"],
            )
    except IntegrityError as error:
        raise Changed(_("Somebody else changed this text meanwhile.")) from error
    return Words(subject, row.number, body, str(row.number))
