"""The board of one job. Columns go by key, and cost the same however many there are."""

from datetime import UTC, datetime

from django.db.models import Q
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
from hiring import filter_words, filtering, filters, hand_off, reading_leases, rules, staleness
from hiring.filtering import count_text
from hiring.models import Act, Job, Outcome, Stage
from hiring.models.moves import MOVES, ORDER, Step

BOSSES = (Role.OWNER, Role.MANAGER)
FINAL = (Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER)  # whom one compares
CARDS = 15
MOST_CARDS = 150  # of a column drawn anew at once
CROWD = 50  # people in the running; below that a page shows nothing but the search
CARD_FIELDS = (
    "id", "number", "name", "stage", "stage_entered_at", "later_at", "name_shown_at", "next_step", "next_step_on",
    "job_id", "is_test", "outcome",
)  # fmt: skip


@member(*BOSSES)
def board(request, pk):
    job = fetch(request, filtering.with_counts(), pk=pk)
    wanted = filters.parse(request.GET)
    everybody = {stage: getattr(job, f"n_{stage}") for stage in ORDER}
    counts = everybody if wanted.is_empty else filtering.counts_of(job, wanted, request.membership)
    shown = sum(counts.values())
    context = narrowing(request, job, wanted, sum(everybody.values())) | {
        "columns": _columns(request, job, wanted, counts),
        "ended": job.n_ended,
        "ended_text": count_text(job.n_ended),
        "unread": everybody[Stage.CV],
        "empty": not any(everybody.values()) and not job.n_ended,
        "nobody_fits": not shown and not wanted.is_empty,
        "shown_text": count_text(shown),
        "advice": rules.advice(everybody),
        "setup": None if job.is_over or not wanted.is_empty else hand_off.shop_ready(request.company, job),
        "compared": any(everybody[stage] for stage in FINAL),
    }
    return render(request, "hiring/board.html", context)


def narrowing(request, job, wanted, crowd) -> dict:
    """What the search, the filter and the selecting on the board and on the list need."""
    narrowed = bool(wanted.narrows)
    is_open = request.GET.get("filter") == "1"
    form = filter_words.fields(job, wanted, request.membership) if is_open or narrowed else []
    return {
        "job": job,
        "wanted": wanted,
        "crowded": crowd >= CROWD or narrowed or is_open,
        "filter_open": is_open,
        "filter_fields": form,
        "chips": filter_words.chips(wanted, form) if narrowed else [],
        "selecting": request.GET.get("select") == "1",
        "acts": Act.choices,
    }


def _columns(request, job, wanted, counts) -> list[dict]:
    limits = staleness.limits(job)
    rows = _card_rows(job, wanted, request.membership)
    return [
        {"label": stage.label, "count": count_text(counts[stage])}
        | _cards(request, job, rows.filter(stage=stage), stage, limits)
        for stage in shown_stages(wanted)
    ]


def shown_stages(wanted) -> tuple:
    """All of them, or the one asked for."""
    if wanted.show in {"unread", "later"}:
        return (Stage.CV,)
    return (Stage(wanted.show),) if wanted.show in Stage.values else ORDER


def _card_rows(job, wanted, reader):
    rows = filtering.narrow(job, wanted, reader).filter(outcome=Outcome.ACTIVE)
    return rows.order_by("stage_entered_at", "pk").only(*CARD_FIELDS)


def _cards(request, job, rows, stage, limits, many=CARDS) -> dict:
    """15 cards, those longest in the stage first, and the key of the last when there are more.

    `move` is what the form of every card holds: the same for a whole column, and drawn once.
    """
    if stage == Stage.CV:
        rows = rows.annotate(reader=reading_leases.reader_column(request.membership))
    found = list(rows[: many + 1])
    cards, more = found[:many], found[many:]
    late = dress(cards, job, limits.get(stage))
    return {
        "stage": stage,
        "cards": cards,
        "move": _move_fields(request, stage),
        "late": staleness.line(limits[stage], late, bool(more) and late == len(cards)) if late else "",
        "next": f"{cards[-1].stage_entered_at.isoformat()},{cards[-1].pk}" if more else "",
    }


def dress(cards, job, limit) -> int:
    """Gives each card its page and how long they have waited; how many wait too long."""
    place(cards, job)
    moment = now()
    for card in cards:
        card.late = limit is not None and limit.passed(card, moment)
        card.days = too_long(card, moment) if card.late else days_here(card, moment)
        if who := getattr(card, "reader", None):
            card.days = _("%(who)s is reading this one.") % {"who": who}
    return sum(card.late for card in cards)


def _move_fields(request, stage) -> str:
    if not (ways := _ways(stage)):
        return ""
    context = {"stage": stage, "ways": ways, "csrf_token": get_token(request)}
    return render_to_string("hiring/_card_move.html", context)


def place(rows, job):
    """Gives each row its job, for the name, and its page: one address looked up, not one for each row."""
    folder = reverse("hiring:candidate", args=[0]).removesuffix("0/")
    for row in rows:
        row.job = job
        row.page = f"{folder}{row.pk}/"


def too_long(card, moment) -> str:
    days = (moment - card.stage_entered_at).days
    return ngettext("%(days)d day, too long", "%(days)d days, too long", days) % {"days": days}


def days_here(card, moment) -> str:
    days = (moment - card.stage_entered_at).days
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
    """A fragment: the next cards of one column, or (`many`) the column as far as it was unrolled, drawn anew.

    `also` is somebody who was just moved there: the newest of a stage are its last, and would be out of sight.
    """
    job = fetch(request, Job, pk=pk)
    wanted, stage = filters.parse(request.GET), request.GET.get("stage")
    stage = Stage(stage) if stage in Stage.values else Stage.CV
    limits = staleness.limits(job)
    rows = _card_rows(job, wanted, request.membership).filter(stage=stage)
    page = _after(rows, _key(request.GET.get("after", "")))
    cards = _cards(request, job, page, stage, limits, _many(request))
    cards["cards"][:0] = _also(request, job, rows, cards["cards"], limits.get(stage))
    selecting = request.GET.get("select") == "1"
    context = {"job": job, "column": cards, "wanted": wanted, "selecting": selecting}
    return render(request, "hiring/_cards.html", context)


def _many(request) -> int:
    many = filters.number(request.GET.get("many", ""))
    return min(max(int(many), CARDS), MOST_CARDS) if many else CARDS


def _also(request, job, rows, shown, limit) -> list:
    wanted = filters.number(request.GET.get("also", ""))
    if not wanted or int(wanted) in {card.pk for card in shown}:
        return []
    found = list(rows.filter(pk=int(wanted)))
    dress(found, job, limit)
    return found


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


def moved_menu(application) -> str:
    """The <option>s for one application, wherever it stands; empty when it goes nowhere by this form."""
    return _ways(Stage(application.stage)) if application.is_active else ""
