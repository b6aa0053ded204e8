"""Reading CVs one after the other, by key or by thumb: the page, and the decision."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import notices, typed
from accounts.guards import fetch, member
from hiring import (
    facts,
    judging,
    masking,
    panels_of_stage,
    pipeline,
    reading_leases,
    reading_log,
    reading_pile,
    reading_times,
    waiting_refusals,
)
from hiring.filtering import CAP
from hiring.forms import marks_of
from hiring.models import FactKind, How, Job, Reason, Source, Stage, Told
from hiring.models.judging import Mark
from hiring.reading_lines import progress, was_decided
from hiring.views.moves import BOSSES, application_of, moving, undo_address
from hiring.views.reading_end import busy_page, end_page

TICKET = 12  # characters


@member(*BOSSES)
def queue(request, pk):
    """The oldest unread application; `?later` reads those that were put aside, longest ago first.

    `?after=5` is the page that follows the decision on application 5: it is fetched while that one is read.
    `?at=5` is application 5, as long as it is on the pile: where Undo and the arrows lead. Decided on by this very
    reader it is shown once more, without the buttons.
    """
    job, later, after = fetch(request, Job, pk=pk), "later" in request.GET, number(request, "after")
    me = request.membership
    turn = reading_pile.turn(job, by=me, later=later, after=after, at=number(request, "at"))
    if turn.application is None:
        names = reading_leases.readers(reading_pile.rows_of(job, later=later), by=me)
        return busy_page(request, job, names) if names else end_page(request, job)
    if turn.busy:
        messages.info(request, _("%(who)s is reading this one.") % {"who": turn.busy})
    turn.application.job = job
    left = reading_pile.rows_of(job, later=later).exclude(pk=after)[: CAP + 1].count()
    return render(request, "hiring/read.html", _page(request, job, turn, left, later))


def _page(request, job, turn, left, later) -> dict:
    application, read = turn.application, reading_log.mine(job, request.membership)
    habit, marked = reading_log.habit(request.membership), facts.marked(application)
    before, following = reading_pile.beside(job, application, reading_log.pile(read))
    return {
        "job": job,
        "application": application,
        "looking": was_decided(application) if turn.looking else "",
        "progress": progress(job, left, later=later, read=reading_log.sitting(read), pace=habit.pace),
        "ticks": panels_of_stage.ticks(application, marked["typing"]),
        "mark_choices": Mark.choices,
        "later": later,
        "keys_known": habit.keys_known_at is not None,
        "before": before,
        "following": following,
        **marked,
        **marking_choices(),
        **_refusal(request, application),
        **masking.sent(application, masking.answers_of(application)),
    }


def marking_choices() -> dict:
    return {"fact_kinds": FactKind.choices, "sources": Source.choices}


def _refusal(request, application) -> dict:
    """The one line that N asks; without an e-mail address it is a page of its own, how else they hear of it."""
    return {
        "asks_here": bool(application.email),
        "reasons": Reason.choices,
        "reason": Reason.EXPERIENCE,
        "leaves": waiting_refusals.leaves(request.company),
    }


def number(request, name) -> int | None:
    """The number in the address under this name; anything else is as if it were not there."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


@member(*BOSSES)
@require_POST
@moving
@transaction.atomic
def decide(request, pk):
    """Keeps the marks, then: talk to, later, or not this time (whose reason comes along, else is asked on a page).

    With `?decision=back`, the Undo of "later": the same CV again. Somebody else's decision meanwhile keeps nothing.
    """
    application = application_of(request, pk)
    if request.GET.get("decision") == "back":
        pipeline.put_back(application)
        return redirect(f"{reverse('hiring:read', args=[application.job_id])}?at={pk}")
    keep_marks(request, application)
    decision = request.POST.get("decision")
    if decision == "no" and not _has_reason(request, application):
        return redirect(f"{reverse('hiring:not_select', args=[pk])}?how=queue")
    if verb := DECISIONS.get(decision):
        verb(request, application)
        seconds = reading_times.bounded(request.POST.get("seconds", ""))
        reading_log.keep(application, by=request.membership, seconds=seconds)
        reading_leases.free(application, by=request.membership)
    later = "?later=1" if request.POST.get("pile") == "later" else ""
    return redirect(reverse("hiring:read", args=[application.job_id]) + later)


def keep_marks(request, application):
    posted = marks_of(request.POST, judging.requirements(application))
    judging.mark_cv(application, by=request.membership, marks=posted)


def _has_reason(request, application) -> bool:
    return request.POST.get("reason") in Reason.values and bool(application.email)


def _talk(request, application):
    said = _("%(who)s: talk to.") % {"who": application.shown_name}
    expected = request.POST.get("expected", "")
    move = pipeline.advance(
        application, to=Stage.PHONE, by=request.membership, expected=expected, how=How.LIST
    )
    _say(request, application, said, undo_address(request, move))


def _later(request, application):
    pipeline.put_aside(application, expected=request.POST.get("expected", ""))
    back = reverse("hiring:decide", args=[application.pk]) + "?decision=back"
    _say(request, application, _("%(who)s: later.") % {"who": application.shown_name}, back)


def _no(request, application):
    said = _("%(who)s: not this time.") % {"who": application.shown_name}
    move = pipeline.not_select(
        application,
        by=request.membership,
        expected=request.POST.get("expected", ""),
        reason=request.POST["reason"],
        tell=Told.MORNING,
        text=typed.text(request.POST, "why", 1_000),
        how=How.LIST,
    )
    said = f"{said} {waiting_refusals.leaves(request.company)}"
    _say(request, application, said, undo_address(request, move))


DECISIONS = {"talk": _talk, "later": _later, "no": _no}


def _say(request, application, said, undo):
    """With it, and not before, what the applicant left empty: it shall not colour the reading."""
    if n := judging.left_empty(application):
        empty = ngettext(
            "Left %(n)s question of the form empty.", "Left %(n)s questions of the form empty.", n
        )
        said = f"{said} {empty % {'n': n}}"
    notices.undo(request, said, undo)


@member(*BOSSES)
@require_POST
def open_still(request, pk):
    """The page says that it is still open (with the one fetched ahead, `next`), or, with `leave`, that it is not."""
    application, me = application_of(request, pk), request.membership
    if "leave" in request.POST:
        reading_leases.free(application, by=me, ticket=typed.text(request.POST, "leave", TICKET))
        return HttpResponse(status=204)
    if not reading_leases.prolong(application, by=me, ticket=typed.text(request.POST, "ticket", TICKET)):
        who = reading_leases.reader(application, by=me)
        return HttpResponse(
            _("%(who)s is reading this one.") % {"who": who} if who else "", content_type="text/plain"
        )
    if ahead := application_ahead(request):
        reading_leases.prolong_ahead(ahead, by=me)
    return HttpResponse(status=204)


def application_ahead(request) -> int | None:
    said = request.POST.get("next", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


@member(*BOSSES)
@require_POST
def know_keys(request, pk):
    """The card with the keys is not shown to this person again; under ? they stay."""
    job = fetch(request, Job, pk=pk)
    reading_log.know_keys(request.membership)
    return HttpResponse() if request.htmx else redirect("hiring:read", job.pk)
