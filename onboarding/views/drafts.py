"""Replies: the new colleague's page and editor, and the reviewer's side of the same reply."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import answering, autonomy, drafts, escalation, library, practice, reply_queue, steps
from onboarding.forms import posted
from onboarding.kinds import Kind
from onboarding.models import Draft
from onboarding.reply_forms import DraftForm, PracticeForm, SampleForm
from onboarding.reply_kinds import IN_PLAIN_WORDS, Level, Purpose, Situation, Stand
from onboarding.views.mine import own

SHOWN = 30
HERS = (Stand.RETURNED, Stand.APPROVED, Stand.WRITING)  # whose turn it is: the writer's
STALE = gettext_lazy("This reply has changed meanwhile. This is how it is now.")


def _fetch(request, pk) -> Draft:
    return fetch(request, Draft.objects.running().with_people(), pk=pk)


@member()
@require_safe
def replies(request):
    """The new colleague's own; whoever leads a plan finds what waits for them."""
    onboarding = own(request)
    if onboarding is None and request.membership.is_boss:
        return redirect("onboarding:replies_waiting")
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    level = autonomy.level_of(onboarding)
    rows = list(onboarding.drafts.order_by("-created_at", "-pk")[:SHOWN])
    context = {
        "onboarding": onboarding,
        "card": answering.card(onboarding),
        "mine": [row for row in rows if row.state in HERS],
        "waiting": [row for row in rows if row.state == Stand.SUBMITTED],
        "behind": [row for row in rows if row.state not in (*HERS, Stand.SUBMITTED)],
        "practices": onboarding.steps.filter(kind=Kind.REPLY).in_order(),
        "situations": [(key, Situation(key).label) for key in practice.VARIANTS],
        "ready": drafts.tools_ready(onboarding),
        "level": level,
        "level_words": IN_PLAIN_WORDS[level],
        "changes": list(autonomy.history(onboarding)),
        "samples": drafts.samples_this_week(onboarding),
        "samples_wanted": drafts.SAMPLES_A_WEEK,
        "sends_alone": level != Level.ALL,
    }
    return render(request, "onboarding/replies.html", context)


# -- writing


@member()
def write(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    rules = escalation.active(request.company.pk)
    begun = library.as_draft(request.company, typed.text(request.GET, "example", 40))
    form, refused = DraftForm(posted(request), rules=rules, initial=begun), ""
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            draft = drafts.begin(onboarding, by=request.membership, **values)
        except steps.Refused as sentence:
            refused = str(sentence)
        else:
            return _then(request, draft, request.POST.get("do"))
    status = 422 if form.errors or refused else 200
    return render(
        request, "onboarding/reply.html", _editor(request, onboarding, form, refused), status=status
    )


def _editor(request, onboarding, form, error="", draft=None) -> dict:
    level = autonomy.level_of(onboarding)
    rules = escalation.active(request.company.pk)
    return {
        "onboarding": onboarding,
        "card": answering.card(onboarding),
        "draft": draft,
        "form": form,
        "error": error,
        "situation": draft.situation if draft else "",
        "ready": drafts.tools_ready(onboarding),
        "alone": level != Level.ALL and not (draft and (draft.is_practice or draft.state == Stand.RETURNED)),
        "hints": escalation.hints(rules, draft.message) if draft else [],
        "writes": True,
        "reviews": _looks(draft) if draft else [],
    }


def _looks(draft):
    return list(draft.reviews.filter(taken_back_at=None).select_related("by", "version").order_by("-pk"))


def _then(request, draft, do):
    """After saving: shown, marked as sent, or kept for later."""
    act = {"show": drafts.submit, "send": drafts.send}.get(do)
    try:
        if act and act(draft, by=request.membership):
            _say(request, draft, do)
        elif not act:
            messages.success(request, _("Saved. Nobody sees it until you show it."))
    except steps.Refused as refused:
        messages.error(request, str(refused))
    except steps.Stale:
        messages.warning(request, str(STALE))
    else:
        return redirect("onboarding:replies" if act else reverse("onboarding:reply", args=[draft.pk]))
    return redirect("onboarding:reply", pk=draft.pk)


def _say(request, draft, do):
    undo = reverse(f"onboarding:reply_{'withdraw' if do == 'show' else 'unsend'}", args=[draft.pk])
    name = draft.onboarding.manager.name
    text = _("%(name)s was told and looks at it.") % {"name": name} if do == "show" else _("Marked as sent.")
    notices.undo(request, text, undo)


def _form_of(request, draft, data=None):
    newest = drafts.latest(draft)
    now = {"body": newest.body if newest else "", "seen": draft.revision}
    if draft.is_practice:
        return PracticeForm(data, initial=now)
    now |= {name: getattr(draft, name) for name in ("situation", "channel", "ticket", "message", "marked")}
    return DraftForm(data, initial=now, rules=escalation.active(request.company.pk))


@member()
@require_safe
def reply(request, pk):
    draft = _fetch(request, pk)
    return render(request, "onboarding/reply.html", _context(request, draft))


def _context(request, draft, **more) -> dict:
    """The page as this reader has it: writing, reading, or looking at it for somebody else."""
    if drafts.may("submit", draft, request.membership):
        form = _form_of(request, draft) if draft.state in drafts.EDITABLE else None
        return _editor(request, draft.onboarding, form, draft=draft) | _read(draft) | more
    looks = drafts.may("approve", draft, request.membership) and draft.state == Stand.SUBMITTED
    items = reply_queue.waiting(request.membership) if looks else []
    before, after = reply_queue.beside(items, ("draft", draft.pk))
    rules = escalation.active(request.company.pk)
    last = drafts.last_look(draft)
    undo = last is not None and draft.state in drafts.UNLOOK and undoing.in_time(last.at)
    return (
        {
            "onboarding": draft.onboarding,
            "draft": draft,
            "form": None,
            "error": "",
            "writes": False,
            "looks": looks,
            "before": before,
            "after": after,
            "waiting": len(items),
            "rules": [(rule.code, escalation.label(rule)) for rule in rules],
            "marked": [escalation.label(rule) for rule in escalation.matching(rules, draft.marked)],
            "hints": escalation.hints(rules, f"{draft.message}"),
            "reviews": _looks(draft),
            "undo": reverse("onboarding:reply_unlook", args=[draft.pk]) if undo else "",
            "keeps": drafts.worth_keeping(draft) and drafts.may("approve", draft, request.membership),
            "typed": {},
        }
        | _read(draft)
        | more
    )


def _read(draft) -> dict:
    versions = list(draft.versions.select_related("by").order_by("-number"))
    last = drafts.last_look(draft) if draft.state in (Stand.APPROVED, Stand.SENT) else None
    return {
        "versions": versions,
        "newest": versions[0] if versions else None,
        "to_send": last.body if last and last.good else versions[0].body if versions else "",
        "typed_body": "",
    }


@member()
@require_POST
def save(request, pk):
    draft = _fetch(request, pk)
    drafts.check("submit", draft, request.membership)
    form = _form_of(request, draft, request.POST)
    if not form.is_valid():
        context = _editor(request, draft.onboarding, form, draft=draft) | _read(draft)
        return render(request, "onboarding/reply.html", context, status=422)
    values = dict(form.cleaned_data)
    try:
        drafts.save(draft, by=request.membership, seen=values.pop("seen"), **values)
    except conflicts.Changed as now:
        back = reverse("onboarding:reply", args=[pk])
        theirs = [_form_of(request, now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
    except steps.Stale:
        return _stale(request, pk, typed_body=values["body"])
    return _then(request, draft, request.POST.get("do"))


def _stale(request, pk, **more):
    """Somebody was faster: the reply as it is now, with what was typed kept."""
    context = _context(request, _fetch(request, pk), error=str(STALE), **more)
    return render(request, "onboarding/reply.html", context, status=409)


@member()
@require_POST
def practise(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html", status=409)
    try:
        draft = drafts.practise(onboarding, by=request.membership, situation=request.POST.get("situation"))
    except steps.Refused as refused:
        messages.error(request, str(refused))
        return redirect("onboarding:replies")
    return redirect("onboarding:reply", pk=draft.pk)


@member()
def sample(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    form = SampleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            drafts.sample(onboarding, by=request.membership, **form.cleaned_data)
        except steps.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s was told and looks at it.") % {"name": onboarding.manager})
            return redirect("onboarding:replies")
    context = {"onboarding": onboarding, "form": form}
    return render(request, "onboarding/reply_sample.html", context, status=422 if form.errors else 200)


# -- one button, one request

ACTS = {
    "withdraw": drafts.withdraw,
    "send": drafts.send,
    "unsend": drafts.unsend,
    "reopen": drafts.reopen,
    "drop": drafts.drop,
    "undrop": drafts.undrop,
}
UNDO = {"send": "unsend", "drop": "undrop"}
SAID = {"send": gettext_lazy("Marked as sent."), "drop": gettext_lazy("Put away.")}
STAYS = {"withdraw", "reopen", "undrop"}


@member()
@require_POST
def act(request, pk, verb):
    draft = _fetch(request, pk)
    try:
        changed = ACTS[verb](draft, by=request.membership)
    except steps.Refused as refused:
        context = _context(request, draft, error=str(refused))
        return render(request, "onboarding/reply.html", context, status=422)
    except steps.Stale:
        return _stale(request, pk)
    if changed and verb in UNDO:
        notices.undo(request, SAID[verb], reverse(f"onboarding:reply_{UNDO[verb]}", args=[pk]))
    return redirect("onboarding:reply", pk=pk) if verb in STAYS else redirect("onboarding:replies")


# -- the reviewer's side


@member(Role.OWNER, Role.MANAGER)
@require_safe
def waiting(request):
    return render(
        request, "onboarding/replies_waiting.html", {"items": reply_queue.waiting(request.membership)}
    )


@member()
@require_POST
def review(request, pk):
    draft = _fetch(request, pk)
    try:
        row = drafts.review(draft, by=request.membership, **_review_values(request.POST))
    except steps.Refused as refused:
        context = _context(request, draft, error=str(refused), typed=request.POST)
        return render(request, "onboarding/reply.html", context, status=422)
    except steps.Stale:
        return _stale(request, pk, typed_body=typed.text(request.POST, "body", 4000))
    text = _("Good to go.") if row.good else _("Sent back with your words.")
    notices.undo(
        request,
        _("Looked at.") if draft.purpose == Purpose.SAMPLE else text,
        reverse("onboarding:reply_unlook", args=[pk]),
    )
    return redirect(_next(request))


def _review_values(post) -> dict:
    seen = typed.text(post, "seen", 9)
    return {
        "body": typed.text(post, "body", 4000),
        "tone": "tone" in post,
        "accuracy": "accuracy" in post,
        "comment": typed.text(post, "comment", 1000),
        "good": "good" in post,
        "missed": typed.text(post, "missed", 24),
        "seen": int(seen) if seen.isascii() and seen.isdigit() else None,
    }


def _next(request) -> str:
    """The next one that waits, so that five take five minutes."""
    items = reply_queue.waiting(request.membership)
    return items[0].url if items else reverse("onboarding:replies_waiting")


@member()
@require_POST
def keep(request, pk):
    """A reply worth imitating goes into the library; its page asks whether somebody is named in it."""
    draft = _fetch(request, pk)
    try:
        example = drafts.keep_as_example(draft, by=request.membership)
    except steps.Refused as refused:
        messages.error(request, str(refused))
        return redirect("onboarding:reply", pk=pk)
    return redirect("onboarding:example", code=example.code)


@member()
@require_POST
def unlook(request, pk):
    draft = _fetch(request, pk)
    return notices.take_back(
        request,
        lambda _mark: drafts.unlook(draft, by=request.membership),
        back=reverse("onboarding:reply", args=[pk]),
    )
