"""Weekly meetings: what is next, what is on it, what was agreed. For the two who meet, the owners and a named buddy."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import member
from onboarding import meeting_page, meetings, parts, steps, weekly
from onboarding import series as days
from onboarding.forms import posted
from onboarding.kinds import Part
from onboarding.meeting_forms import ActionForm, MoveForm, NotesForm, PointForm, SeriesForm
from onboarding.models import Action, Meeting, Point, Series
from onboarding.views.mine import own


def plan_and_part(request, pk, *only):
    """The plan and the part this member has in it. Whoever has none gets a 404, as if there were no such page."""
    onboarding = parts.open_to(request.membership).filter(pk=pk).order_by("pk").first()
    if onboarding is None or (onboarding.cancelled_at and request.method == "POST"):
        raise Http404
    part = parts.of(request.membership, onboarding)
    if part not in (only or tuple(Part)):
        raise Http404
    return onboarding, part


def _row(request, model, pk, *only):
    row = model.objects.for_company(request.company).filter(pk=pk).order_by("pk").first()
    if row is None:
        raise Http404
    row.onboarding, part = plan_and_part(request, row.onboarding_id, *only)
    return row, part


@member()
@require_safe
def mine(request):
    """A new colleague's own, wherever it stands."""
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    return redirect("onboarding:meetings", pk=onboarding.pk)


@member()
@require_safe
def page(request, pk):
    return _page(request, *plan_and_part(request, pk))


def _page(request, onboarding, part, *, status=200, **forms):
    shown = meeting_page.context(onboarding, request.membership, part)
    turn = shown.get("meeting")
    context = {
        "onboarding": onboarding,
        "part": part,
        "today_is": onboarding.today(),
        "point_form": PointForm(onboarding=onboarding, part=part),
        "notes_form": NotesForm(meeting=turn) if turn else None,
        "action_form": ActionForm(onboarding=onboarding) if turn else None,
    }
    return render(request, "onboarding/meetings.html", context | shown | forms, status=status)


# -- the series


@member()
def series(request, pk):
    onboarding, _part = plan_and_part(request, pk, Part.MANAGER)
    row = Series.objects.filter(onboarding=onboarding).first()
    form = _series_form(onboarding, row, posted(request))
    if request.method == "POST" and form.is_valid():
        return _save_series(request, onboarding, row, form)
    context = {"onboarding": onboarding, "form": form, "series": row}
    return render(request, "onboarding/series.html", context, status=422 if form.errors else 200)


def _series_form(onboarding, row, data=None):
    return SeriesForm(data, onboarding=onboarding, series=row, suggested=weekly.suggested(onboarding))


def _save_series(request, onboarding, row, form):
    values = dict(form.cleaned_data)
    seen = values.pop("seen")
    try:
        if row is None:
            weekly.set_up(onboarding, by=request.membership, **values)
        else:
            row.onboarding = onboarding
            weekly.change(row, by=request.membership, seen=seen, **values)
    except conflicts.Changed as now:
        theirs = [_series_form(onboarding, now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    except steps.Refused as refused:
        return _conflict(request, str(refused), onboarding)
    messages.success(request, _("Saved. The calendars of both hear of it in a few minutes."))
    return redirect("onboarding:meetings", pk=onboarding.pk)


@member()
@require_POST
def end(request, pk):
    """No weekly meeting after today; pressed with `again` it goes on."""
    onboarding, _part = plan_and_part(request, pk, Part.MANAGER)
    row = Series.objects.filter(onboarding=onboarding).order_by("pk").first()
    if row is None:
        raise Http404
    row.onboarding = onboarding
    last = None if "again" in request.POST else onboarding.today()
    weekly.change(row, by=request.membership, seen=None, ends_on=last)
    messages.success(request, _("The weekly meeting goes on.") if last is None else _("It ends today."))
    return redirect("onboarding:meetings", pk=pk)


# -- one meeting


@member()
@require_safe
def one(request, pk):
    """To read again: what was spoken of, noted and agreed."""
    meeting, _part = _row(request, Meeting, pk, Part.HIRE, Part.MANAGER)
    context = {
        "meeting": meeting,
        "onboarding": meeting.onboarding,
        "points": meeting.points.select_related("by").order_by("at", "pk"),
        "actions": meeting.actions.select_related("owner").order_by("due_on", "pk"),
        "notes_form": NotesForm(meeting=meeting),
    }
    return render(request, "onboarding/meeting.html", context)


@member()
def move(request, pk):
    meeting, _part = _row(request, Meeting, pk, Part.MANAGER)
    form = MoveForm(posted(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        return _move(request, meeting, form)
    context = {"meeting": meeting, "onboarding": meeting.onboarding, "form": form}
    return render(request, "onboarding/meeting_move.html", context, status=422 if form.errors else 200)


def _move(request, meeting, form):
    values = dict(form.cleaned_data)
    following, seen = values.pop("following"), values.pop("seen")
    try:
        if following:
            return _move_following(request, meeting, form, values)
        meetings.move(meeting, by=request.membership, seen=seen, **values)
    except conflicts.Changed as now:
        now.row.onboarding = meeting.onboarding
        theirs = [MoveForm(meeting=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.sequence, back=request.path)
    except steps.Refused as refused:
        return _conflict(request, str(refused), meeting.onboarding)
    messages.success(request, _("Moved. The calendars of both hear of it in a few minutes."))
    return redirect("onboarding:meetings", pk=meeting.onboarding_id)


def _move_following(request, meeting, form, values):
    """From the week of this meeting on, on the new day's weekday."""
    onboarding = meeting.onboarding
    row = Series.objects.filter(onboarding=onboarding).order_by("pk").first()
    weekday = values.pop("on").weekday()
    if row is None or weekday not in onboarding.weekdays:
        form.add_error("on", _("%(name)s does not work on that day.") % {"name": onboarding.hire})
        context = {"meeting": meeting, "onboarding": onboarding, "form": form}
        return render(request, "onboarding/meeting_move.html", context, status=422)
    row.onboarding = onboarding
    since = min(meeting.on, days.day_in(meeting.week, weekday))
    weekly.change(row, by=request.membership, seen=None, since=since, weekday=weekday, **values)
    messages.success(request, _("Moved. The calendars of both hear of it in a few minutes."))
    return redirect("onboarding:meetings", pk=onboarding.pk)


@member()
@require_POST
def notes(request, pk):
    meeting, part = _row(request, Meeting, pk, Part.HIRE, Part.MANAGER)
    form = NotesForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _page(request, meeting.onboarding, part, status=422, meeting=meeting, notes_form=form)
    back = reverse("onboarding:meeting", args=[pk])
    try:
        values = form.cleaned_data
        meetings.write_notes(meeting, by=request.membership, seen=values["seen"], text=values["notes"])
    except conflicts.Changed as now:
        theirs = [NotesForm(meeting=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
    messages.success(request, _("The notes are saved. Both of you read them."))
    return redirect("onboarding:meetings", pk=meeting.onboarding_id) if meeting.is_planned else redirect(back)


VERBS = {
    "held": (meetings.hold, gettext_lazy("It took place. What is left waits for the next one.")),
    "not_held": (meetings.not_held, gettext_lazy("Everything on it waits for the next one.")),
    "call_off": (meetings.call_off, gettext_lazy("Called off. The calendars hear of it in a few minutes.")),
    "reopen": (meetings.reopen, gettext_lazy("Taken back.")),
}


@member()
@require_POST
def settle(request, pk, verb):
    """What became of it. Pressed twice it is once; somebody else's other word is a 409."""
    only = (Part.MANAGER,) if verb == "call_off" else (Part.HIRE, Part.MANAGER)
    meeting, _part = _row(request, Meeting, pk, *only)
    act, said = VERBS[verb]
    try:
        changed = act(meeting, by=request.membership)
    except steps.Stale:
        sentence = _("Somebody said something else of this meeting meanwhile. Nothing was changed.")
        return _conflict(request, sentence, meeting.onboarding)
    except undoing.Refused as refused:
        return _conflict(request, str(refused), meeting.onboarding)
    undo = reverse("onboarding:meeting_reopen", args=[pk]) if changed and verb != "reopen" else ""
    notices.undo(request, str(said), undo)
    return redirect("onboarding:meetings", pk=meeting.onboarding_id)


# -- what is on it


@member()
@require_POST
def raise_point(request, pk):
    onboarding, part = plan_and_part(request, pk)
    form = PointForm(request.POST, onboarding=onboarding, part=part)
    if not form.is_valid():
        return _page(request, onboarding, part, status=422, point_form=form)
    meetings.raise_point(onboarding, by=request.membership, **form.cleaned_data)
    messages.success(request, _("It is on the next meeting."))
    return redirect("onboarding:meetings", pk=pk)


@member()
@require_POST
def add_action(request, pk):
    meeting, part = _row(request, Meeting, pk, Part.HIRE, Part.MANAGER)
    form = ActionForm(request.POST, onboarding=meeting.onboarding)
    if not form.is_valid():
        return _page(request, meeting.onboarding, part, status=422, action_form=form)
    meetings.add_action(meeting, by=request.membership, **form.cleaned_data)
    messages.success(request, _("It stands here until it is done."))
    return redirect("onboarding:meetings", pk=meeting.onboarding_id)


@member()
@require_POST
def point(request, pk, verb):
    row, _part = _row(request, Point, pk)
    if verb == "drop":
        return _act(request, row, meetings.drop_point, _("Off the list."), "onboarding:point_pick_up")
    return _act(request, row, meetings.pick_up_point, _("Back on the list."))


@member()
@require_POST
def action(request, pk, verb):
    row, _part = _row(request, Action, pk)
    if verb == "done":
        return _act(request, row, meetings.do_action, _("Done."), "onboarding:action_undone")
    return _act(request, row, meetings.undo_action, _("Open again."))


def _act(request, row, act, said, undo=""):
    """`undo` is the route that takes it back."""
    try:
        changed = act(row, by=request.membership)
    except PermissionDenied as refused:
        raise Http404 from refused
    except undoing.Refused as refused:
        return _conflict(request, str(refused), row.onboarding)
    notices.undo(request, said, reverse(undo, args=[row.pk]) if changed and undo else "")
    return redirect("onboarding:meetings", pk=row.onboarding_id)


def _conflict(request, sentence, onboarding):
    back = reverse("onboarding:meetings", args=[onboarding.pk])
    return render(request, "409.html", {"sentence": sentence, "back": back}, status=409)
