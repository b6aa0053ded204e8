"""The example replies and the tone: for whoever has to do with somebody's first weeks; those who teach write."""

from functools import wraps
from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import cardnumbers, drafts, example_texts, library, practice, tone
from onboarding.forms import posted
from onboarding.library_forms import ExampleForm, ToneForm
from onboarding.models import Draft, Example, Situation, Tone
from onboarding.models.concerned import concerned, teaches
from onboarding.reply_kinds import Stand

# What somebody has looked at.
GOOD = (Stand.APPROVED, Stand.SENT)


def narrowed(right):
    """Below `member()`: only whoever has this right among the members."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not right(request.membership):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _fetch(request, code) -> Example:
    """By its number, or one of ours by its key, with a row or without."""
    if code in example_texts.SHIPPED:
        row = Example.objects.for_company(request.company).filter(key=code).first()
        return row or library.ours(request.company, code)
    if not code.isdecimal() or len(code) > library.LONGEST_NUMBER:
        raise Http404
    return fetch(request, Example.objects.select_related("changed_by"), pk=int(code))


@member()
@require_safe
@narrowed(concerned)
def index(request):
    words, situation = typed.text(request.GET, "q", 100), typed.text(request.GET, "situation", 40)
    situation = situation if situation in Situation.values else ""
    archived = "archived" in request.GET
    context = {
        "rows": library.listed(request.company, words=words, situation=situation, archived=archived),
        "words": words,
        "situation": situation,
        "situations": Situation.choices,
        "archived": archived,
        "filtered": bool(words or situation),
        "teaches": teaches(request.membership),
        "most": library.SHOWN,
    }
    return render(request, "onboarding/examples.html", context)


@member()
@require_safe
@narrowed(concerned)
def show(request, code):
    row = _fetch(request, code)
    context = {
        "row": row,
        "versions": _versions(row),
        "teaches": teaches(request.membership),
        "languages": dict(Example._meta.get_field("language").choices),
    }
    return render(request, "onboarding/example.html", context)


def _versions(row) -> list[dict]:
    """What was changed in the reply from one version to the next, the newest first."""
    found = list(row.versions.select_related("by").order_by("number")) if row.pk else []
    lines = [{"row": row, "pieces": ()} for row in found[:1]]
    for old, now in pairwise(found):
        lines.append({"row": now, "pieces": practice.difference(old.reply, now.reply)})
    return lines[::-1]


@member()
@narrowed(teaches)
def add(request):
    row = Example(company=request.company, situation=_wanted(request), language=get_language())
    form = ExampleForm(posted(request), row=row)
    if not (request.method == "POST" and form.is_valid()):
        return _form_page(request, row, form)
    values = _values(form)
    row = library.add(request.company, by=request.membership, **values)
    _said(
        request,
        values,
        _("The example is in the library."),
        reverse("onboarding:archive_example", args=[row.code]),
    )
    return redirect("onboarding:example", code=row.code)


def _wanted(request) -> str:
    situation = typed.text(request.GET, "situation", 40)
    return situation if situation in Situation.values else ""


def _values(form) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


def _said(request, values, sentence, undo=""):
    notices.undo(request, sentence, undo)
    if any(cardnumbers.mask(values[name]) != values[name] for name in library.WORDS):
        messages.info(request, _("A card number in it was made unreadable."))


def _form_page(request, row, form):
    context = {"row": row, "form": form, "new": row.revision == 0 and not row.key}
    return render(request, "onboarding/example_form.html", context, status=422 if form.errors else 200)


@member()
@narrowed(teaches)
def edit(request, code):
    row = _fetch(request, code)
    form = ExampleForm(posted(request), row=row)
    if not (request.method == "POST" and form.is_valid()):
        return _form_page(request, row, form)
    values = _values(form)
    try:
        library.change(row, by=request.membership, seen=form.cleaned_data["seen"], **values)
    except conflicts.Changed as now:
        back, theirs = reverse("onboarding:example", args=[row.code]), ExampleForm(row=now.row)
        return conflicts.page(request, mine=[form], theirs=[theirs], seen=now.row.revision, back=back)
    _said(request, values, _("Saved. The words before are kept as a version."))
    return redirect("onboarding:example", code=row.code)


@member()
@require_POST
@narrowed(teaches)
def archive(request, code):
    row = _fetch(request, code)
    undo = reverse("onboarding:restore_example", args=[row.code])
    if library.archive(row, by=request.membership):
        notices.undo(request, _("Put away: %(example)s") % {"example": row.label}, undo)
    return redirect("onboarding:examples")


@member()
@require_POST
@narrowed(teaches)
def restore(request, code):
    row = _fetch(request, code)
    if library.put_back(row, by=request.membership):
        notices.undo(request, _("It is in the library again."), "")
    return redirect("onboarding:example", code=row.code)


@member()
@require_POST
@narrowed(teaches)
def checked(request, code):
    row = _fetch(request, code)
    library.checked(row, by=request.membership)
    return redirect("onboarding:example", code=row.code)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_reply(request, pk):
    """A reply that was good to go becomes an example, as it was sent."""
    draft = fetch(request, Draft.objects.with_people(), pk=pk)
    last, newest = drafts.last_look(draft), drafts.latest(draft)
    if draft.state not in GOOD or draft.texts_gone_at or newest is None:
        messages.error(request, _("Only a reply that was good to go can become an example."))
        return redirect("onboarding:reply", pk=pk)
    row = library.add_from(
        request.company,
        by=request.membership,
        source=f"draft:{draft.pk}",
        message=draft.customer,
        reply=last.body if last and last.good and last.body else newest.body,
        situation=draft.situation,
        channel=draft.channel,
    )
    return redirect("onboarding:example", code=row.code)


@member()
@require_safe
@narrowed(concerned)
def show_tone(request):
    return render(request, "onboarding/tone.html", tone_context(tone.of(request.company)))


def tone_context(row) -> dict:
    steps = [(level, level.label, example_texts.TONES[level]) for level in Tone.Level]
    return {"tone": row, "steps": steps}


@member(Role.OWNER, Role.MANAGER)
def edit_tone(request):
    form = ToneForm(posted(request), row=tone.of(request.company))
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if form.errors else 200
        return render(
            request, "onboarding/tone_form.html", tone_context(form.instance) | {"form": form}, status=status
        )
    try:
        tone.change(request.company, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        theirs = ToneForm(row=now.row)
        back = reverse("onboarding:tone")
        return conflicts.page(request, mine=[form], theirs=[theirs], seen=now.row.revision, back=back)
    notices.undo(request, _("This is how you sound from now on."), "")
    return redirect("onboarding:tone")
