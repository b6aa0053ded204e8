"""Moving somebody: what was asked for, done by hiring.pipeline, or answered with why not."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, typed
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import finalists, history, judging, pipeline, reading_log, rules
from hiring.forms import TAKE_UP, RefusalForm, WhyForm
from hiring.models import Application, How, Reason, Stage, StageMove, Told

BOSSES = (Role.OWNER, Role.MANAGER)
# Where a form may say it stood; anything else counts as the candidate's page.
HOWS = {How.BOARD, How.LIST, How.PAGE}
ELSEWHERE = {"queue": "hiring:read", "unheard": "hiring:unheard"}


def application_of(request, pk) -> Application:
    return fetch(request, Application.objects.select_related("job"), pk=pk)


def moving(view):
    """Answers a move that did not go through: 409 with who was faster, 422 with what is asked, else why not."""

    @wraps(view)
    def answered(request, pk):
        try:
            return view(request, pk)
        except pipeline.Stale as stale:
            return stale_page(request, stale)
        except pipeline.Refused as refused:
            messages.error(request, str(refused))
            return redirect("hiring:candidate", pk)

    return answered


def stale_page(request, stale):
    """Nothing was done: who moved this person, where and when; what was typed is shown to be copied."""
    context = {
        "application": stale.application,
        "sentence": history.sentence(stale.move, stale.application),
        "move": stale.move,
        "typed": [text for text in (request.POST.get("text"), request.POST.get("why")) if text],
    }
    return render(request, "hiring/stale.html", context, status=409)


def back(request, application):
    """To where the button stood."""
    how = request.POST.get("how")
    if how == How.BOARD:
        return redirect("hiring:board", application.job_id)
    if how == How.LIST:
        return redirect("hiring:people", application.job_id)
    if how in ELSEWHERE:
        return redirect(ELSEWHERE[how], application.job_id)
    return redirect("hiring:candidate", application.pk)


def undo_address(request, move) -> str:
    """The Undo of a notice; while reading it leads back to the same CV."""
    how = "queue" if "decision" in request.POST else request.POST.get("how")
    return reverse("hiring:undo", args=[move.pk]) + (f"?how={how}" if how in ELSEWHERE else "")


def how_of(request) -> str:
    how = request.POST.get("how")
    return how if how in HOWS else How.PAGE


@member(*BOSSES)
@require_POST
@moving
def advance(request, pk):
    application = application_of(request, pk)
    answers = {name[4:]: chip for name, chip in request.POST.items() if name.startswith("ask_")}
    to = request.POST.get("to", "")
    try:
        move = pipeline.advance(
            application,
            to=to,
            by=request.membership,
            expected=request.POST.get("expected", ""),
            how=how_of(request),
            answers=answers,
            text=typed.text(request.POST, "text", 2_000),
        )
    except pipeline.NeedsAnswers as needed:
        return ask_page(request, application, to, needed.asks, answers)
    say_moved(request, application, move)
    return back(request, application)


def ask_page(request, application, to, asks, answers):
    context = {
        "application": application,
        "to": to,
        "to_label": Stage(to).label,
        "asks": asks,
        "single": asks[0] if len(asks) == 1 else None,
        "answers": answers,
        "expected": request.POST.get("expected", ""),
        "how": request.POST.get("how", ""),
        "text": request.POST.get("text", ""),
    }
    return render(request, "hiring/ask.html", context, status=422)


def say_moved(request, application, move):
    words = {"who": application.shown_name, "stage": Stage(move.to_stage).label}
    if move.to_stage == Stage.HIRED:
        messages.success(request, _("%(who)s is hired.") % words)
        return
    notices.undo(
        request, _("%(who)s: %(stage)s.") % words, undo_address(request, move)
    )  # fmt: skip


@member(*BOSSES)
@moving
def not_select(request, pk):
    """The reason and the message, prefilled; the button is one key away."""
    application = application_of(request, pk)
    form = RefusalForm(
        request.POST if request.method == "POST" else None,
        application=application,
        initial=_refusal_guess(application),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        move = pipeline.not_select(
            application,
            by=request.membership,
            expected=request.POST.get("expected", ""),
            reason=data["reason"],
            tell=data["tell"],
            text=data["text"],
            why=data["why"],
            how=how_of(request),
        )
        if request.POST.get("how") == "queue":
            reading_log.keep(application, by=request.membership, seconds=None)
        _say_not_selected(request, application, move)
        return back(request, application)
    context = {
        "application": application,
        "form": form,
        "expected": request.POST.get("expected") or application.standing,
        "how": request.POST.get("how") or request.GET.get("how", ""),
    }
    return render(request, "hiring/not_selected.html", context, status=422 if form.errors else 200)


def _refusal_guess(application) -> dict:
    """From the unmet must-have; at the CV stage the message leaves the next working morning."""
    unmet = judging.unmet_must(application)
    reasons = {
        Stage.PHONE: Reason.CALL,
        Stage.INTERVIEW: Reason.INTERVIEW,
        Stage.REFERENCES: Reason.REFERENCES,
    }
    guess = reasons.get(application.stage, Reason.EXPERIENCE)
    tell = Told.MORNING if application.stage == Stage.CV else Told.MAIL
    return {
        "reason": Reason.REQUIREMENT if unmet else guess,
        "text": _("Not met: %(requirement)s") % {"requirement": unmet.label} if unmet else "",
        "tell": tell if application.email else Told.PHONE,
    }


def _say_not_selected(request, application, move):
    words = {"who": application.shown_name}
    said = {
        Told.MAIL: _("%(who)s: not this time. The message leaves in ten minutes."),
        Told.MORNING: _(
            "%(who)s: not this time. The message leaves the next working day at 9:00,"
            " you can change your mind until then."
        ),
        Told.PHONE: _("%(who)s: not this time, told by phone."),
        Told.NONE: _("%(who)s: not this time, without a message."),
    }
    notices.undo(request, said[move.told] % words, undo_address(request, move))


@member(*BOSSES)
@require_POST
@moving
def withdraw(request, pk):
    application = application_of(request, pk)
    move = pipeline.withdraw(
        application,
        by=request.membership,
        expected=request.POST.get("expected", ""),
        how=how_of(request),
        text=typed.text(request.POST, "text", 2_000),
    )
    said = _("%(who)s has withdrawn.") % {"who": application.shown_name}
    notices.undo(request, said, undo_address(request, move))
    return back(request, application)


@member(*BOSSES)
@moving
def take_up(request, pk):
    return _with_reason(
        request,
        application_of(request, pk),
        chips=TAKE_UP,
        act=pipeline.take_up,
        template="hiring/take_up.html",
    )


@member(*BOSSES)
@moving
def unhire(request, pk):
    return _with_reason(
        request,
        application_of(request, pk),
        chips=rules.UNHIRE,
        act=pipeline.unhire,
        template="hiring/unhire.html",
        then="hiring:finalists",
    )


def _with_reason(request, application, *, chips, act, template, then=""):
    form = WhyForm(request.POST if request.method == "POST" else None, chips=chips)
    expected = request.POST.get("expected") or application.standing
    if request.method == "POST" and form.is_valid():
        move = act(application, by=request.membership, expected=expected, how=How.PAGE, **form.cleaned_data)
        undo = undo_address(request, move) if pipeline.may_undo(move, request.membership) else ""
        notices.undo(request, _("Done. The history says why."), undo)
        if then and finalists.agreed(application.job).exists():
            return redirect(then, application.job_id)
        return redirect("hiring:candidate", application.pk)
    context = {"application": application, "form": form, "expected": expected}
    return render(request, template, context, status=422 if form.errors else 200)


@member(*BOSSES)
@require_POST
def undo(request, pk):
    """Takes back one's own step; the line of history names the person."""
    move = fetch(request, StageMove.objects.select_related("application__job"), pk=pk)
    try:
        pipeline.undo(move, by=request.membership)
    except pipeline.Stale as stale:
        return stale_page(request, stale)
    except pipeline.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. Nothing was sent."))
    how = request.GET.get("how")
    if how in ELSEWHERE:
        page = reverse(ELSEWHERE[how], args=[move.application.job_id])
        return redirect(f"{page}?at={move.application_id}" if how == "queue" else page)
    return redirect("hiring:candidate", move.application_id)
