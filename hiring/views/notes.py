"""Notes on a person's page: added, edited, deleted, taken back."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices
from accounts.guards import fetch, member
from hiring import notes
from hiring.forms import NoteEditForm, NoteForm
from hiring.models import Note
from hiring.views.candidate import READERS, page_context, person

WITH_PERSON = ("application__job__company", "author")


def of_person(application) -> str:
    return reverse("hiring:candidate", args=[application.pk])


def undo_address(note, member) -> str:
    return notices.marked(reverse("hiring:note_take_back", args=[note.pk]), notes.offered(note, member))


@member(*READERS)
@require_POST
def add(request, pk):
    application = person(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        context = page_context(request, application, note_form=form)
        return render(request, "hiring/candidate.html", context, status=422)
    note = notes.add(application, by=request.membership, text=form.cleaned_data["text"])
    notices.undo(request, _("Note kept."), undo_address(note, request.membership))
    return redirect(of_person(application))


@member(*READERS)
def edit(request, pk):
    note = fetch(request, Note.objects.select_related(*WITH_PERSON), pk=pk)
    if not notes.may_edit(note, request.membership):
        raise PermissionDenied
    form = NoteEditForm(request.POST if request.method == "POST" else None, note=note)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "note": note, "application": note.application}
        return render(request, "hiring/note.html", context, status=422 if form.errors else 200)
    return _save(request, note, form)


def _save(request, note, form):
    back = of_person(note.application)
    data = form.cleaned_data
    try:
        note = notes.edit(note, by=request.membership, text=data["text"], seen=data["seen"])
    except notes.Changed as changed:
        theirs = [NoteEditForm(note=changed.note)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=changed.note.revision, back=back)
    notices.undo(request, _("Note kept."), undo_address(note, request.membership))
    return redirect(back)


@member(*READERS)
@require_POST
def delete(request, pk):
    note = fetch(request, Note.objects.select_related(*WITH_PERSON), pk=pk)
    notes.delete(note, by=request.membership)
    notices.undo(request, _("Note deleted."), reverse("hiring:note_put_back", args=[pk]))
    return redirect(of_person(note.application))


@member(*READERS)
@require_POST
def put_back(request, pk):
    note = fetch(request, Note.everything.select_related(*WITH_PERSON), pk=pk)
    notes.put_back(note, by=request.membership)
    notices.undo(request, _("The note is back."), "")
    return redirect(of_person(note.application))


@member(*READERS)
@require_POST
def take_back(request, pk):
    note = fetch(request, Note.everything.select_related(*WITH_PERSON), pk=pk)
    return notices.take_back(
        request,
        lambda mark: notes.take_back(note, mark, by=request.membership),
        back=of_person(note.application),
    )
