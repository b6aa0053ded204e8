"""One step: its page, and the buttons on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, typed, undoing
from accounts.guards import fetch, member
from onboarding import answering, changing, drafts, filling, meetings, practice, reviews, steps, words
from onboarding.forms_filling import FillForm
from onboarding.kinds import Kind, State
from onboarding.models import Point, Step
from onboarding.views.mine import today_context

WITH_PLAN = (
    "onboarding__company",
    "onboarding__hire__user",
    "onboarding__manager__user",
    "onboarding__manager__answer_hours__stand_in",
    "onboarding__buddy__user",
)
UNDO = {
    "tick": "untick",
    "give": "take_back",
    "receive": "unreceive",
    "send_back": "unreturn",
    "skip": "unskip",
    "leave_out": "put_back",
}
SAID = {
    State.DONE: gettext_lazy("Done: %(step)s"),
    State.SKIPPED: gettext_lazy("Skipped: %(step)s"),
    State.SUBMITTED: gettext_lazy("Given: %(step)s"),
    State.LEFT_OUT: gettext_lazy("Left out of the plan: %(step)s"),
    State.RETURNED: gettext_lazy("Sent back: %(step)s"),
}


def _fetch(request, pk) -> Step:
    return fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)


@member()
@require_safe
def show(request, pk):
    step = _fetch(request, pk)
    return render(request, "onboarding/step.html", _context(request, step))


def step_page(request, step, *, status, **more):
    """The step's page with what came of a form."""
    return render(request, "onboarding/step.html", _context(request, step, **more), status=status)


def fill_form(step, data=None) -> FillForm | None:
    """With what was filled in last, so that a form that came back is not begun again; None without questions."""
    if not step.asks or not (data or step.undone):
        return None
    newest = step.answers.order_by("-number").first()
    return FillForm(data, asks=filling.asks_of(step), values=filling.values_of(newest))


def _context(request, step, **more) -> dict:
    may = {action: steps.may(action, step, request.membership) for action in steps.MOVES}
    events = list(step.events.select_related("by").order_by("-at", "-pk"))
    return {
        "step": step,
        "onboarding": step.onboarding,
        "may": may,
        "words": words.of_step(step),
        "answers": list(step.answers.select_related("by").order_by("-number")),
        "events": events,
        "moods": steps.MOODS,
        "situation": practice.of(step),
        "reviews": step.reviews.filter(taken_back_at=None).select_related("by", "draft").order_by("-pk")
        if step.kind == Kind.REPLY
        else (),
        "evidence": drafts.evidence(step.onboarding) if step.kind == Kind.GATE else None,
        "typed": request.POST,
        "error": "",
        "fill": fill_form(step) if may["give"] else None,
        "leads": steps.leads(request.membership, step.onboarding),
        "undo": _undo_of(step, may, events) or change_undo(step, request.membership),
        "can_change": changing.changeable(step),
    } | more


def _undo_of(step, may, events) -> str:
    """Where the last act is taken back, for those who may and for ten minutes; other buttons are there for longer."""
    verb = {State.DONE: "unreceive", State.RETURNED: "unreturn"}.get(step.state)
    shown = verb and step.two_sided and events and may[verb] and undoing.in_time(events[0].at)
    return reverse(f"onboarding:{verb}", kwargs={"pk": step.pk}) if shown else ""


def change_undo(step, membership) -> str:
    mark = undoing.offered(step, "change", membership)
    return notices.marked(reverse("onboarding:take_back_change", args=[step.pk]), mark)


ACTS = {
    "tick": lambda step, by, post: steps.tick(step, by=by),
    "untick": lambda step, by, post: steps.untick(step, by=by),
    "give": lambda step, by, post: _give(step, by, post),
    "take_back": lambda step, by, post: steps.take_back(step, by=by),
    "receive": lambda step, by, post: steps.receive(step, by=by),
    "unreceive": lambda step, by, post: steps.unreceive(step, by=by),
    "unreturn": lambda step, by, post: steps.unreturn(step, by=by),
    "send_back": lambda step, by, post: steps.send_back(
        step, by=by, message=typed.text(post, "message", 1000)
    ),
    "skip": lambda step, by, post: steps.skip(step, by=by, reason=typed.text(post, "reason", 1000)),
    "unskip": lambda step, by, post: steps.unskip(step, by=by),
    "leave_out": lambda step, by, post: steps.leave_out(
        step, by=by, reason=typed.text(post, "out_reason", 1000)
    ),
    "put_back": lambda step, by, post: steps.put_back(step, by=by),
    "review": lambda step, by, post: _review(step, by, post),
    "see": lambda step, by, post: _see(step, by),
    "acknowledge": lambda step, by, post: _acknowledge(step, by, post),
}


@member()
@require_POST
def act(request, pk, verb):
    """One button, one request. A fragment of Today for the new hire's htmx, else back to where it was pressed."""
    step = _fetch(request, pk)
    try:
        changed = ACTS[verb](step, request.membership, request.POST)
    except steps.Refused as refused:
        return _refused(request, step, str(refused))
    except (steps.Stale, words.Changed):
        return _stale(request, step)
    return answer_to(request, step, verb, changed)


def _acknowledge(step, by, post) -> bool:
    """Only the version that was on the screen can be confirmed."""
    steps.check("give" if step.two_sided else "tick", step, by)
    shown = words.of_step(step)
    if shown is None:
        raise steps.Refused(_("There is nothing to read here."))
    if post.get("number") != shown.edition:
        raise words.Changed
    return steps.acknowledge(step, by=by, subject=shown.subject, number=shown.number, body=shown.body)


def _give(step, by, post) -> bool:
    body, mood = typed.text(post, "body", 4000), typed.text(post, "mood", 8)
    with transaction.atomic():
        given = steps.give(step, by=by, body=body, mood=mood)
        if given and step.key == "day_one" and body.strip():
            meetings.raise_point(step.onboarding, by=by, text=body[:2000], source=Point.Source.QUESTIONS)
    return given


def _see(step, by) -> bool:
    """The card was on the screen, and it says something: somebody has named their hours."""
    steps.check("see", step, by)
    if not answering.is_named(step.onboarding):
        raise steps.Refused(_("Nobody has said yet who answers, and until when."))
    return steps.see(step, by=by)


def _review(step, by, post) -> bool:
    reviews.review(
        step,
        by=by,
        body=typed.text(post, "body", 4000),
        tone="tone" in post,
        accuracy="accuracy" in post,
        comment=typed.text(post, "comment", 1000),
        good="good" in post,
    )
    return True


def answer_to(request, step, verb, changed):
    onboarding = step.onboarding
    if request.htmx and verb == "see":
        return render(request, "onboarding/_who_seen.html", {"step": step})
    if request.htmx and onboarding.hire_id == request.membership.pk:
        return render(request, "onboarding/_today.html", today_context(onboarding))
    leads = steps.leads(request.membership, onboarding)
    undo = UNDO.get(_outcome(verb, step))
    if changed and leads and undo:
        text = SAID[State(step.state)] % {"step": step.label}
        notices.undo(request, text, reverse(f"onboarding:{undo}", kwargs={"pk": step.pk}))
    return redirect(_back(request, onboarding))


def _outcome(verb, step) -> str:
    """A review ends as one of two other verbs."""
    if verb != "review":
        return verb
    return "receive" if step.state == State.DONE else "send_back"


def _back(request, onboarding) -> str:
    """Where the button was; only places of our own have a name here."""
    if onboarding.hire_id == request.membership.pk:
        return reverse("onboarding:today")
    if request.POST.get("back") == "plan":
        return reverse("onboarding:plan", kwargs={"pk": onboarding.pk})
    return reverse("onboarding:home")


def _refused(request, step, sentence):
    if request.htmx and step.onboarding.hire_id == request.membership.pk:
        messages.error(request, sentence)
        return render(request, "onboarding/_today.html", today_context(step.onboarding), status=422)
    return render(request, "onboarding/step.html", _context(request, step, error=sentence), status=422)


def _stale(request, step):
    """Somebody was faster: the page as it is now, with what was typed kept."""
    step = _fetch(request, step.pk)
    sentence = _("This step has changed meanwhile. This is how it is now.")
    if request.htmx and step.onboarding.hire_id == request.membership.pk:
        messages.warning(request, sentence)
        return render(request, "onboarding/_today.html", today_context(step.onboarding), status=409)
    return render(request, "onboarding/step.html", _context(request, step, error=sentence), status=409)


def refuse_strangers(onboarding, membership):
    """Pages of those who lead; the buddy reads the plan, and changes nothing of it."""
    if not steps.leads(membership, onboarding):
        raise PermissionDenied
