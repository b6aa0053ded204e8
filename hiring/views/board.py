"""The board and the list of one job. Columns and pages go by key, and cost the same however many there are."""

from datetime import UTC, datetime
from functools import cache

from django.db.models import IntegerField, OuterRef, Q, Subquery
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html_join
from django.utils.timezone import is_aware, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.guards import fetch, member
from accounts.models import Role
from hiring import rules
from hiring.models import Application, Job, Outcome, Stage
from hiring.models.moves import MOVES, ORDER, Step
from vault import folding

BOSSES = (Role.OWNER, Role.MANAGER)
CARDS = 15
ROWS = 25
CAP = 1_000
CARD_FIELDS = (
    "id", "number", "name", "stage", "stage_entered_at", "later_at", "name_shown_at", "next_step", "next_step_on",
    "job_id", "is_test", "outcome",
)  # fmt: skip


class CappedCount(Subquery):
    """How many rows, counted no further than the queryset's slice: 1,001 means "1,000+"."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def capped(rows):
    return CappedCount(rows.order_by().values("pk")[: CAP + 1])


def count_text(n: int) -> str:
    return f"{CAP:,}+" if n > CAP else f"{n:,}"


@cache
def with_counts():
    """Jobs with a capped count for each column, and for those whose way ended. Laid out once for all requests."""
    people = Application.objects.filter(job_id=OuterRef("pk"))
    running = people.filter(outcome=Outcome.ACTIVE)
    counts = {f"n_{stage}": capped(running.filter(stage=stage)) for stage in ORDER}
    ended = people.filter(outcome__in=[Outcome.NOT_SELECTED, Outcome.WITHDRAWN])  # the index knows no "not"
    return Job.objects.annotate(**counts, n_ended=capped(ended))


@member(*BOSSES)
def board(request, pk):
    job = fetch(request, with_counts(), pk=pk)
    counts = {stage: getattr(job, f"n_{stage}") for stage in ORDER}
    context = {
        "job": job,
        "columns": _columns(request, job, counts),
        "ended": job.n_ended,
        "ended_text": count_text(job.n_ended),
        "unread": counts[Stage.CV],
        "empty": not any(counts.values()) and not job.n_ended,
        "advice": rules.advice(counts),
    }
    return render(request, "hiring/board.html", context)


def _columns(request, job, counts) -> list[dict]:
    rows = _card_rows(job)
    return [
        {"stage": stage, "label": stage.label, "count": count_text(counts[stage])}
        | _cards(request, job, rows.filter(stage=stage), stage)
        for stage in ORDER
    ]


def _card_rows(job):
    rows = Application.objects.for_company(job.company_id).filter(job_id=job.pk, outcome=Outcome.ACTIVE)
    return rows.order_by("stage_entered_at", "pk").only(*CARD_FIELDS)


def _cards(request, job, rows, stage) -> dict:
    """15 cards, those longest in the stage first, and the key of the last when there are more.

    `move` is what the form of every card holds: the same for a whole column, and drawn once.
    """
    found = list(rows[: CARDS + 1])
    cards, more = found[:CARDS], found[CARDS:]
    _place(cards, job)
    for card in cards:
        card.line = _line(card)
    return {
        "cards": cards,
        "move": _move_fields(request, stage),
        "next": f"{cards[-1].stage_entered_at.isoformat()},{cards[-1].pk}" if more else "",
    }


def _move_fields(request, stage) -> str:
    if not (ways := _ways(stage)):
        return ""
    context = {"stage": stage, "ways": ways, "csrf_token": get_token(request)}
    return render_to_string("hiring/_card_move.html", context)


def _place(rows, job):
    """Gives each row its job, for the name, and its page: one address looked up, not one for each row."""
    folder = reverse("hiring:candidate", args=[0]).removesuffix("0/")
    for row in rows:
        row.job = job
        row.page = f"{folder}{row.pk}/"


def _line(card) -> str:
    """The quiet line of a card: the next step, else how long they have waited."""
    if card.next_step:
        return card.next_step
    days = (now() - card.stage_entered_at).days
    if days < 1:
        return _("since today")
    return ngettext("%(days)d day here", "%(days)d days here", days) % {"days": days}


def _ways(stage) -> str:
    """The <option>s of a card's Move form: the next stage first, then the nearest. Nobody is hired here."""
    kinds = MOVES[stage]
    stages = [to for to, kind in kinds.items() if kind not in {Step.HIRE, Step.UNHIRE}]
    here = ORDER.index(stage)
    stages.sort(key=lambda to: (kinds[to] != Step.NEXT, abs(ORDER.index(to) - here)))
    return format_html_join("", '<option value="{}">{}</option>', ((to.value, to.label) for to in stages))


@member(*BOSSES)
def column(request, pk):
    """The next cards of one column: a fragment that replaces its "more" row."""
    job = fetch(request, Job, pk=pk)
    stage = request.GET.get("stage")
    stage = Stage(stage) if stage in Stage.values else Stage.CV
    rows = _after(_card_rows(job).filter(stage=stage), _key(request.GET.get("after", "")))
    context = {"job": job, "column": {"stage": stage} | _cards(request, job, rows, stage)}
    return render(request, "hiring/_cards.html", context)


def _after(rows, key):
    if key is None:
        return rows
    at, pk = key
    return rows.filter(Q(stage_entered_at=at, pk__gt=pk) | Q(stage_entered_at__gt=at))


def _key(text: str) -> tuple[datetime, int] | None:
    """A column's key as it was given out; anything else starts at the top."""
    at, _comma, pk = text.partition(",")
    try:
        moment = parse_datetime(at)
        moment = moment and is_aware(moment) and moment.astimezone(UTC)  # year 1 or 9999 may not have it
    except (ValueError, OverflowError):
        return None
    if not moment or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return moment, int(pk)


FILTERS = {
    "unread": Q(outcome=Outcome.ACTIVE, stage=Stage.CV, later_at=None),
    "later": Q(outcome=Outcome.ACTIVE, stage=Stage.CV, later_at__isnull=False),
    **{stage.value: Q(outcome=Outcome.ACTIVE, stage=stage) for stage in ORDER},
    "ended": ~Q(outcome=Outcome.ACTIVE),
}


@member(*BOSSES)
def people(request, pk):
    """Everybody who applied, newest first, found by any word of name, address or phone."""
    job = fetch(request, Job, pk=pk)
    query, show = request.GET.get("q", "")[:100], request.GET.get("show", "")
    rows = Application.objects.for_company(request.company).filter(FILTERS.get(show, Q()), job=job)
    for term in folding.terms(query)[:8]:
        rows = rows.filter(_matches(job, term))
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk").defer("cover_letter", "cv_text")[: ROWS + 1])
    _place(found, job)
    context = {
        "job": job,
        "people": found[:ROWS],
        "before": found[ROWS - 1].pk if len(found) > ROWS else "",
        "query": query,
        "show": show,
        "shows": _shows(),
    }
    template = "hiring/_people.html" if request.htmx and before else "hiring/people.html"
    return render(request, template, context)


def _matches(job, term: str) -> Q:
    """A word of the folded column begins with `term`. Somebody whose name is hidden is not found by it."""
    found = Q(search__startswith=term) | Q(search__contains=f" {term}")
    if job.hide_names:
        found &= ~Q(stage=Stage.CV, name_shown_at=None)
    return found | Q(number=int(term)) if term.isascii() and term.isdigit() and len(term) < 9 else found


def _shows():
    first = [("", _("Everybody")), ("unread", _("To read")), ("later", _("Later"))]
    return [*first, *Stage.choices, ("ended", _("Ended"))]


def moved_menu(application) -> str:
    """The <option>s for one application, wherever it stands; empty when it goes nowhere by this form."""
    return _ways(Stage(application.stage)) if application.is_active else ""
