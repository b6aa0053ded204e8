"""The reviews after 30, 60 and 90 days, for the two whose they are and the owners."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices
from accounts.guards import member
from onboarding import probation, steps, talks, words
from onboarding.kinds import Part
from onboarding.models import Talk, TalkText, Wording
from onboarding.talk_forms import AgreedForm, SideForm
from onboarding.views.meetings import plan_and_part

AGREED = TalkText.Part.AGREED


def _plan(request, pk, *only):
    return plan_and_part(request, pk, *(only or talks.BOTH))


def _day(day):
    if day not in talks.DAYS:
        raise Http404
    return day


@member()
@require_safe
def index(request, pk):
    """The three of them, and what was told about probation."""
    onboarding, part = _plan(request, pk)
    found = {
        talk.day: talk
        for talk in Talk.objects.filter(onboarding=onboarding).prefetch_related("texts__signatures")
    }
    due = {step.key: step.due_on for step in onboarding.steps.filter(key__startswith="review_").in_order()}
    context = {
        "onboarding": onboarding,
        "part": part,
        "rows": [_row(day, found.get(day), due.get(f"review_{day}"), part) for day in talks.DAYS],
        "told": probation.told_to_hire(onboarding),
    }
    return render(request, "onboarding/talks.html", context)


def _row(day, talk, due, part) -> dict:
    texts = sorted(talk.texts.all(), key=lambda text: text.number) if talk else []
    newest = {text.part: text for text in texts}
    signed = {row.part for row in newest[AGREED].signatures.all()} if AGREED in newest else set()
    mine = newest.get(part)
    return {
        "day": day,
        "due": due,
        "signed": len(signed) == len(talks.BOTH),
        "begun": bool(texts) and talks.is_open(talk, newest),
        "mine": bool(mine and mine.ready),
    }


@member()
@require_safe
def page(request, pk, day):
    return _page(request, *_plan(request, pk), _day(day))


def _page(request, onboarding, part, day, *, status=200, error="", **forms):
    talk = Talk.objects.filter(onboarding=onboarding, day=day).first() or Talk(onboarding=onboarding, day=day)
    texts = talks.latest(talk) if talk.pk else {}
    shown = talks.shown(talk, texts, part)
    other = Part.MANAGER if part == Part.HIRE else Part.HIRE
    agreed = shown.get(AGREED)
    signed = {row.part: row for row in agreed.signatures.select_related("by")} if agreed else {}
    context = {
        "onboarding": onboarding,
        "part": part,
        "day": day,
        "opened": talks.is_open(talk, texts),
        "mine": shown.get(part),
        "theirs": shown.get(other),
        "theirs_ready": other in texts and texts[other].ready,
        "agreed": agreed,
        "signed": signed,
        "i_signed": part in signed,
        "both_signed": len(signed) == len(talks.BOTH),
        "versions": list(talk.texts.filter(part=AGREED).order_by("-number")[1:]) if talk.pk else [],
        "expected": _expected(onboarding, day),
        "side_form": SideForm(text=shown.get(part)),
        "agreed_form": AgreedForm(text=agreed),
        "error": error,
    }
    return render(request, "onboarding/talk.html", context | forms, status=status)


def _expected(onboarding, day) -> str:
    """What was expected until this day: as the review before has it, at first the expectations that were written."""
    rows = TalkText.objects.for_company(onboarding.company_id).filter(talk__onboarding=onboarding)
    row = rows.filter(part=AGREED, talk__day__lt=day).order_by("-talk__day", "-number").first()
    if row is not None and row.expected:
        return row.expected
    return words.current(onboarding, Wording.Subject.EXPECTATIONS).body


def _saved(request, onboarding, part, day, act, form, theirs, name):
    """The answer to a text that was sent in: saved, or the sentence why not, beside what was typed."""
    try:
        changed = act()
    except conflicts.Changed as now:
        back = reverse("onboarding:talk", args=[onboarding.pk, day])
        forms = {"mine": [form], "theirs": [theirs(now.row)]}
        return conflicts.page(request, **forms, seen=now.row.number, back=back)
    except steps.Refused as refused:
        return _page(request, onboarding, part, day, status=409, error=str(refused), **{name: form})
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return redirect("onboarding:talk", pk=onboarding.pk, day=day)


@member()
@require_POST
def write(request, pk, day):
    onboarding, part = _plan(request, pk)
    form = SideForm(request.POST, text=None)
    if not form.is_valid():
        return _page(request, onboarding, part, _day(day), status=422, side_form=form)
    ready = "ready" in request.POST
    values = form.cleaned_data | {"by": request.membership, "ready": ready}
    return _saved(
        request,
        onboarding,
        part,
        day,
        lambda: talks.write(onboarding, _day(day), **values),
        form,
        lambda row: SideForm(text=row),
        "side_form",
    )


@member()
@require_POST
def agree(request, pk, day):
    onboarding, part = _plan(request, pk)
    form = AgreedForm(request.POST, text=None)
    if not form.is_valid():
        return _page(request, onboarding, part, _day(day), status=422, agreed_form=form)
    values = form.cleaned_data | {"by": request.membership}
    return _saved(
        request,
        onboarding,
        part,
        day,
        lambda: talks.agree(onboarding, _day(day), **values),
        form,
        lambda row: AgreedForm(text=row),
        "agreed_form",
    )


@member()
@require_POST
def begin(request, pk, day):
    onboarding, _part = _plan(request, pk, Part.MANAGER)
    talks.begin(onboarding, _day(day), by=request.membership)
    messages.success(request, _("Both of you read now what was handed in."))
    return redirect("onboarding:talk", pk=pk, day=day)


@member()
@require_POST
def sign(request, pk, day):
    onboarding, part = _plan(request, pk)
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    try:
        made = talks.sign(onboarding, _day(day), by=request.membership, seen=seen)
    except conflicts.Changed:
        return _page(
            request,
            onboarding,
            part,
            day,
            status=409,
            error=_("There is a newer version. Read it before you sign."),
        )
    except steps.Refused as refused:
        return _page(request, onboarding, part, day, status=409, error=str(refused))
    notices.undo(request, _("Signed."), reverse("onboarding:talk_unsign", args=[pk, day]) if made else "")
    return redirect("onboarding:talk", pk=pk, day=day)


@member()
@require_POST
def unsign(request, pk, day):
    onboarding, part = _plan(request, pk)
    try:
        talks.unsign(onboarding, _day(day), by=request.membership)
    except steps.Refused as refused:
        return _page(request, onboarding, part, day, status=409, error=str(refused))
    messages.success(request, _("Taken back."))
    return redirect("onboarding:talk", pk=pk, day=day)
