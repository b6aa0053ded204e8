"""Forms with questions of the shop's own: at most ten, each with its kind; what was filled in, word for word."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from onboarding import changing, plans, steps
from onboarding.kinds import Kind, Part
from onboarding.models import Step

AT_MOST = 10
OPTIONS = 12
KINDS = {
    "text": pgettext_lazy("kind of question", "A few words"),
    "choice": pgettext_lazy("kind of question", "One of several"),
    "yes": pgettext_lazy("kind of question", "Yes or no"),
    "date": pgettext_lazy("kind of question", "A date"),
}
YES_NO = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}


@dataclass(frozen=True)
class Ask:
    """One question, as the step keeps it."""

    label: str
    kind: str = "text"
    options: list[str] = field(default_factory=list)
    required: bool = True


def asks_of(step) -> list[Ask]:
    return [Ask(**row) for row in step.asks]


def compose(onboarding, *, by, title, due_on, asks, body="") -> Step:
    """A form for this person; before the first day nothing is required of them."""
    return plans.add(
        onboarding,
        by=by,
        title=title,
        owner=Part.HIRE,
        due_on=due_on,
        minutes=max(5, len(asks)),
        body=body,
        required=due_on >= onboarding.start_date,
        kind=Kind.FORM,
        partner=Part.MANAGER,
        asks=[asdict(ask) for ask in asks],
    )


def reword(step, *, by, seen, asks) -> bool:
    """Other questions, while nobody has answered. Raises steps.Refused and conflicts.Changed."""
    if step.answers.exists():
        raise steps.Refused(_("Somebody has answered already. Make another form instead."))
    return changing.ask(step, by=by, seen=seen, asks=[asdict(ask) for ask in asks])


def fill(step, *, by, values) -> bool:
    """Handed in; each time is a version of its own. `values` stand in the order of the questions.

    False when it lies with the manager already.
    """
    rows = [
        {"label": ask.label, "kind": ask.kind, "value": _kept(value)}
        for ask, value in zip(asks_of(step), values, strict=True)
    ]
    with transaction.atomic():
        return steps.give(step, by=by, filled=json.dumps(rows, ensure_ascii=False))


def _kept(value) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def values_of(answer) -> list:
    """What was filled in, question by question, for the next time; the questions were the same."""
    return [row["value"] for row in json.loads(answer.filled)] if answer and answer.filled else []


def early(onboarding):
    """What may be read and filled in before the first day, by link, and need not be: due before it, and the hire's."""
    kinds = [Kind.ACK, Kind.FORM]
    rows = onboarding.steps.filter(owner=Part.HIRE, kind__in=kinds, due_on__lt=onboarding.start_date)
    asking = [step for step in rows.in_order() if step.kind == Kind.ACK or step.asks]
    return [step for step in asking if not step.settled or (step.finished and not step.skip_reason)]
