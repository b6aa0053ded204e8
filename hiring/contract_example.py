"""An invented offer in a template's words, for the preview: what is filled in is marked, and what means nothing."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Company
from hiring import contract, merge_fields
from hiring.contract_templates import FIELDS
from hiring.models import Application, Job, Offer

PLAIN, FILLED, WRONG = "", "filled", "wrong"


def parts(text: str, language: str) -> list[list[tuple[str, str]]]:
    """Lines of (words, kind): PLAIN as typed, FILLED from the example, WRONG for a name that stands for nothing."""
    with translation.override(language):
        values = contract.values(_offer())
    return [_line(line, values) for line in text.replace("\r\n", "\n").split("\n")]


def _line(line, values):
    found = []
    for piece, name in merge_fields.pieces(line):
        if name is None:
            found.append((piece, PLAIN))
        elif name in FIELDS:
            found.append((values[name], FILLED))
        else:
            found.append((piece, WRONG))
    return found


def _offer():
    """Unsaved, in the language that is active."""
    job = Job(company=Company(legal_name=_("Third Kettle Ltd")))
    return Offer(
        application=Application(name=_("Alex Example"), job=job),
        job_title=_("Support person"),
        pay=Decimal("18.50"),
        currency="EUR",
        pay_period="hour",
        hours_week=Decimal(20),
        start_date=date(2027, 1, 11),
        end_date=date(2027, 12, 31),
        place=_("At home"),
        working_days=_("Monday to Friday, 9:00 to 13:00"),
        benefits=_("Lunch, and tea without end"),
        leave_days=Decimal(25),
        probation_months=3,
        notice=_("One month on both sides"),
        training=_("Two days in the first month"),
        collective_agreement=_("The one of our trade"),
        social_security=_("The pension insurer of the shop"),
        condition_codes=["right_to_work"],
        description=_("Answers customers by mail and chat."),
        terms=_("What else you agree on stands here."),
    )
