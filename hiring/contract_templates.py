"""The words a contract is made of: the product's own, or the shop's, in versions that are all kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts import team
from accounts.conflicts import Changed
from hiring import merge_fields
from hiring.models import ContractTemplate
from vault import trail


@dataclass(frozen=True)
class Field:
    """A name of a template: what it stands for, and which column of an offer it shows (none: the shop's, theirs)."""

    label: object
    column: str = ""
    needed: bool = False  # a contract without it is none


FIELDS = {
    "employer": Field(gettext_lazy("the shop's legal name")),
    "employee": Field(gettext_lazy("the new colleague's name")),
    "job_title": Field(pgettext_lazy("of a job", "title"), "job_title", needed=True),
    "description": Field(gettext_lazy("short description of the work"), "description", needed=True),
    "hours": Field(gettext_lazy("hours a week"), "hours_week", needed=True),
    "working_days": Field(gettext_lazy("working days"), "working_days"),
    "first_day": Field(gettext_lazy("first day"), "start_date", needed=True),
    "last_day": Field(gettext_lazy("last day"), "end_date"),
    "place": Field(gettext_lazy("place of work"), "place"),
    "pay": Field(gettext_lazy("pay with its money and period"), "pay", needed=True),
    "benefits": Field(gettext_lazy("benefits"), "benefits", needed=True),
    "probation": Field(gettext_lazy("probation, with its last day"), "probation_months"),
    "notice": Field(gettext_lazy("notice"), "notice"),
    "leave_days": Field(gettext_lazy("days of leave a year"), "leave_days"),
    "training": Field(gettext_lazy("training"), "training"),
    "collective_agreement": Field(gettext_lazy("collective agreement"), "collective_agreement"),
    "social_security": Field(gettext_lazy("social-security body"), "social_security"),
    "conditions": Field(gettext_lazy("conditions"), "conditions"),
    "terms": Field(gettext_lazy("terms"), "terms", needed=True),
}
NEEDED = tuple(name for name, field in FIELDS.items() if field.needed)


def shipped(language: str) -> str:
    """Our own wording: four parts, a line for each value."""
    with translation.override(language):
        parts = [
            ["1. {}".format(_("The work")), "{job_title}", "{description}", *_work()],
            ["2. {}".format(_("Pay")), "{pay}"],
            ["3. {}".format(_("Benefits")), "{benefits}"],
            ["4. {}".format(_("Terms of employment")), *_terms(), "{terms}"],
        ]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _work() -> list[str]:
    return [
        _("Hours a week: {hours}"),
        _("Working days: {working_days}"),
        _("First day: {first_day}"),
        _("Last day: {last_day}"),
        _("Place of work: {place}"),
    ]


def _terms() -> list[str]:
    return [
        _("Probation: {probation}"),
        _("Notice: {notice}"),
        _("Days of leave a year: {leave_days}"),
        _("Training: {training}"),
        _("Collective agreement: {collective_agreement}"),
        _("Social security: {social_security}"),
        _("This contract holds on these conditions: {conditions}"),
    ]


def newest(company, language: str) -> ContractTemplate | None:
    """The shop's own version that counts, also one that says "ours again"; None before the first."""
    rows = ContractTemplate.objects.for_company(company).filter(language=language)
    return rows.order_by("-version").first()


def current(company, language: str) -> tuple[ContractTemplate | None, str]:
    """What a contract is made of now: the shop's version and its words, or none and ours."""
    row = newest(company, language)
    return (row, row.text) if row and row.text else (None, shipped(language))


def mistakes(text: str) -> list[str]:
    """Sentences about what stops a template from being kept: a name nobody knows, or a part that is not there."""
    found = [_unknown(typed, meant) for typed, meant in merge_fields.unknown(text, FIELDS)]
    there = merge_fields.used(text, FIELDS)
    if lacking := [f"{{{name}}}" for name in NEEDED if name not in there]:
        found.append(_("A contract has to name these, too: %(names)s") % {"names": ", ".join(lacking)})
    return found


def _unknown(typed, meant) -> str:
    if meant:
        return _("%(typed)s stands for nothing. Did you mean %(meant)s?") % {"typed": typed, "meant": meant}
    return _("%(typed)s stands for nothing. The names that do are listed beside.") % {"typed": typed}


@transaction.atomic
def save(company, language: str, text: str, *, by, seen: int | None = None) -> ContractTemplate:
    """A new version; the same words once more make none. "" is ours again.

    `seen` is the version the words were made from. Raises Changed when another was saved since, ValueError for words
    with `mistakes`.
    """
    team.lock(company.pk)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text and (wrong := mistakes(text)):
        raise ValueError(wrong[0])
    before = newest(company, language)
    _fresh(before, seen, company, language)
    if before and before.text == text:
        return before
    row = ContractTemplate.objects.create(
        company=company, language=language, text=text, by=by, version=before.version + 1 if before else 1
    )
    trail.record(
        "contract_template.saved",
        company_id=company.pk,
        actor_id=by.user_id,
        kind="contract_template",
        pk=row.pk,
    )
    return row


def _fresh(before, seen, company, language):
    row = before or ContractTemplate(company=company, language=language, version=0)
    row.revision = row.version
    if seen not in {None, row.version}:
        raise Changed(row)
