"""The qualifications of whoever was hired, without who it is, for an applicant who was not.

Source: in Sweden, diskrimineringslagen 2 kap. 4 §: an applicant who was not employed may ask in writing what
education, professional experience and other qualifications the person had who was. Elsewhere on request.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring import masking, rules
from hiring.models import Application, CvCheck, FactKind, FactToCheck, Outcome, Requirement, Stage
from hiring.models.facts import FactOutcome
from hiring.models.judging import Mark
from hiring.ranking import FLOOR

OWED_IN = frozenset({"SE"})  # where the law says so, as far as we know: general information
MOST = 5  # people hired for one job whose qualifications stand here
LONGEST = 5_000


@dataclass(frozen=True)
class Extract:
    text: str  # a qualification a line, to be changed before it is sent
    hired: tuple[Application, ...]


def may_ask(application) -> bool:
    """Somebody who was not chosen."""
    return application.outcome == Outcome.NOT_SELECTED


def of(job) -> Extract:
    """Four queries for each person hired, and nobody's name in it."""
    rows = Application.objects.for_company(job.company_id).filter(job=job, stage=Stage.HIRED)
    hired = list(rows.active().order_by("pk")[:MOST])
    for row in hired:
        row.job = job
    parts = [_lines(row) for row in hired]
    return Extract("\n\n".join("\n".join(lines) for lines in parts if lines), tuple(hired))


def _lines(hired) -> list[str]:
    met = [str(row.label) for row in _met(hired)]
    checked = [_quoted(row, hired) for row in _confirmed(hired)]
    return [*met, *dict.fromkeys(checked)]


def _met(hired) -> list[Requirement]:
    """What was rated 3 or more, or, where nobody rated it, what the CV showed."""
    means = rules.means(hired)
    marks = CvCheck.objects.filter(application=hired, mark=Mark.MET).values_list("requirement", flat=True)
    shown = {pk for pk in marks if means.get(pk) is None}
    rated = {pk for pk, mean in means.items() if mean is not None and mean >= FLOOR}
    return list(Requirement.objects.filter(pk__in=rated | shown))


def _confirmed(hired):
    rows = FactToCheck.objects.filter(application=hired, outcome=FactOutcome.CONFIRMED)
    return rows.order_by("pk")


def _quoted(fact, hired) -> str:
    """What was checked, in their words; an employer is told without its name, which could tell who it is."""
    if fact.kind == FactKind.EMPLOYER:
        return _("Worked for another employer before (checked)")
    said = masking.mask(fact.quote, name=hired.name)
    return _("%(words)s (checked)") % {"words": said}


def gives_away(text: str, hired) -> list[str]:
    """Sentences about what in this text still tells who was hired: a name, an address, a link, a phone number."""
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [
        line for line in lines if any(masking.mask(line, name=row.name) != _nfc(line) for row in hired)
    ]
    if not telling:
        return []
    said = ngettext(
        "This line tells who was hired: %(lines)s", "These lines tell who was hired: %(lines)s", len(telling)
    )
    return [said % {"lines": " / ".join(telling)}]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def sections(text: str) -> list[dict]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = _("Qualifications of the person who was hired")
    return [{"title": title, "lines": lines}] if lines else []
