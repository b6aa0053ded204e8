"""One person's page: the panel of their stage first, then what they sent, notes, and the history."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import (
    answering,
    consents,
    deleted,
    details,
    history,
    lost,
    masking,
    notes,
    panels_of_stage,
    pipeline,
    pool,
    reading_leases,
    sample_panel,
)
from hiring.forms import AssignForm, NextStepForm, NoteForm, team_of
from hiring.models import Application, Note, Stage, StageMove
from hiring.models.moves import ORDER, following
from hiring.views import duplicates
from hiring.views.board import moved_menu
from hiring.views.moves import BOSSES, application_of

READERS = (Role.OWNER, Role.MANAGER, Role.INTERVIEWER)


@member(*READERS)
def page(request, pk):
    application = person(request, pk)
    return render(request, "hiring/candidate.html", page_context(request, application))


def person(request, pk) -> Application:
    return fetch(
        request,
        Application.objects.select_related("job__company", "cv", "letter", "next_step_who").annotate(
            has_sample=sample_panel.exists(), **answering.columns()
        ),
        pk=pk,
    )


def page_context(request, application, **forms) -> dict:
    """What the page shows; `forms` are bound ones that were refused and keep what was typed."""
    panel = _panel(request, application, forms.pop("panel", None))
    boss = request.membership.role in BOSSES
    context = {
        "application": application,
        "job": application.job,
        "boss": boss,
        "reader": reading_leases.reader(application, by=request.membership) if boss else "",
        "panel": panel,
        "panels": _tabs(application, panel, boss),
        "panel_template": panels_of_stage.TEMPLATES[panel],
        "following": following(application.stage) if application.stage != Stage.OFFER else None,
        "ways": moved_menu(application),
        "moves": _history(application, request.membership),
        "notes": _notes(application, request.membership),
        "may_delete": boss and deleted.may_delete_person(application),
        "undo": (undo := _undo_of(application, request.membership)),
        "undo_lines": [{"said": said, "url": undo[what]} for what, said in LINES.items() if undo[what]],
        **masking.sent(application, masking.answers_of(application)),
        "note_form": forms.pop("note_form", None) or NoteForm(auto_id="note_%s"),
        "assigned": list(application.assignments.select_related("membership")),
        **(_boss_forms(request, application, forms) if boss else {}),
        **panels_of_stage.context(panel, request.membership, application, forms),
        **sample_panel.context(request.membership, application),
    }
    context["steps"] = _steps(application)
    return context


def _boss_forms(request, application, forms) -> dict:
    team = team_of(request.company)
    step = forms.pop("next_step_form", None) or NextStepForm(instance=application, team=team)
    return {
        "next_step_form": step,
        "agreed": consents.of(application) if application.consent_version else [],
        "assign_form": AssignForm(team=team, auto_id="assign_%s"),
        "lost_mails": lost.about_person(application),
        "waits": answering.of(application),
        **duplicates.beside(application, request.membership),
        "may_agree": pool.is_finalist(application),
        "may_retry": lost.may_retry(request.membership),
    }


def _panel(request, application, wanted):
    """The panel asked for, if the person has come that far; else the one of their stage."""
    wanted = wanted or request.GET.get("panel")
    if request.membership.role == Role.INTERVIEWER:
        return Stage.INTERVIEW.value if wanted != Stage.CV else Stage.CV.value
    return wanted if wanted in Stage.values else application.stage


def _tabs(application, panel, boss) -> list[dict]:
    reached = ORDER[: ORDER.index(application.stage) + 1] if boss else (Stage.CV, Stage.INTERVIEW)
    return [{"key": s.value, "label": s.label, "now": s == panel} for s in reached]


def _steps(application) -> list[dict]:
    """The path: what is behind, where they are, what is ahead."""
    here = ORDER.index(application.stage)
    states = ["done"] * here + ["now"] + ["later"] * (len(ORDER) - here - 1)
    return [{"label": stage.label, "state": state} for stage, state in zip(ORDER, states, strict=True)]


def _history(application, member) -> list[dict]:
    """The newest first; only the newest can be taken back, and says so while it can."""
    rows = StageMove.objects.filter(application=application).select_related("actor").order_by("-pk")[:100]
    lines = [
        {
            "at": move.at,
            "text": history.sentence(move, application),
            "details": history.details(move),
            "undo": "",
        }
        for move in rows
    ]
    if lines and pipeline.may_undo(rows[0], member):
        lines[0]["undo"] = reverse("hiring:undo", args=[rows[0].pk])
    return lines


def _notes(application, member) -> list[dict]:
    rows = Note.objects.filter(application=application).select_related("author").order_by("-pk")[:50]
    return [
        {
            "row": note,
            "may_edit": notes.may_edit(note, member),
            "may_delete": notes.may_delete(note, member),
            "undo": notices.marked(
                reverse("hiring:note_take_back", args=[note.pk]), notes.offered(note, member)
            ),
        }
        for note in rows
    ]


LINES = {
    "name": gettext_lazy("The name was shown."),
    "assigned": gettext_lazy("Who meets this person was changed."),
    "referee": gettext_lazy("The list of referees was changed."),
    "pool": gettext_lazy("How long this person may be kept was changed."),
    "grouped": gettext_lazy("Applications were put together as one person's."),
    "apart": gettext_lazy("It was said that this is not the same person."),
    "ungrouped": gettext_lazy("This application was taken out of a person's others."),
}


def _undo_of(application, member) -> dict:
    """{what: where its Undo is posted}, for what was kept on this person in the last minutes."""
    address = reverse("hiring:take_back", args=[application.pk])
    marks = {what: undoing.offered(application, what, member) for what in ("step", "marks", *LINES)}
    return {what: notices.marked(address, mark) for what, mark in marks.items()}


@member(*BOSSES)
@require_POST
def show_name(request, pk):
    """One recorded click."""
    application = details.show_name(application_of(request, pk), by=request.membership)
    _say(request, application, "name", _("The name is shown. That is recorded."))
    if request.POST.get("how") == "queue":
        return redirect(f"{reverse('hiring:read', args=[application.job_id])}?at={application.pk}")
    return redirect("hiring:candidate", application.pk)


@member(*BOSSES)
@require_POST
def next_step(request, pk):
    application = person(request, pk)
    form = NextStepForm(request.POST, instance=application, team=team_of(request.company))
    if not form.is_valid():
        application = person(request, pk)
        context = page_context(request, application, next_step_form=form)
        return render(request, "hiring/candidate.html", context, status=422)
    data = form.cleaned_data
    row = details.plan_next(
        application,
        by=request.membership,
        what=data["next_step"],
        on=data["next_step_on"],
        who=data["next_step_who"],
    )
    _say(request, row, "step", _("Next step kept."))
    return redirect("hiring:candidate", application.pk)


def _say(request, row, what, said):
    mark = undoing.offered(row, what, request.membership)
    notices.undo(request, said, notices.marked(reverse("hiring:take_back", args=[row.pk]), mark))


@member(*BOSSES)
@require_POST
def assign(request, pk):
    """Lets an interviewer see this person, or takes that away (`remove`)."""
    application = application_of(request, pk)
    form = AssignForm(request.POST, team=team_of(request.company))
    if not form.is_valid():
        messages.error(request, _("Choose somebody of the team."))
        return redirect("hiring:candidate", application.pk)
    chosen, on = form.cleaned_data["membership"], "remove" not in request.POST
    row = details.assign(application, chosen, by=request.membership, on=on)
    said = _("%(name)s may see this person.") if on else _("%(name)s does not see this person any more.")
    _say(request, row, "assigned", said % {"name": chosen})
    return redirect("hiring:candidate", application.pk)
