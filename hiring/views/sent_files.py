"""Files that came with an application besides the CV: the letter, and answers that are files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.guards import fetch, member
from hiring import masking
from hiring.models import Answer, Application
from hiring.views.candidate import READERS, person
from vault import files, trail


@member(*READERS)
@require_safe
def letter(request, pk):
    application = person(request, pk)
    return _open(request, application, application.letter, "letter")


@member(*READERS)
@require_safe
def answer(request, pk):
    found = Answer.objects.for_company(request.company).filter(pk=pk).select_related("file").first()
    if found is None:
        raise Http404
    application = fetch(request, Application.objects.select_related("job"), pk=found.application_id)
    return _open(request, application, found.file, "answer")


def _open(request, application, stored, what):
    """As the original of the CV: not while the name is hidden, unless there is no other way to read it."""
    if stored is None:
        raise Http404
    if not masking.may_open(application, stored):
        messages.error(request, _("The original opens after the CV stage, or when you show the name."))
        return redirect("hiring:candidate", application.pk)
    trail.record(
        "cv.file_opened",
        company_id=application.company_id,
        actor_id=request.user.pk,
        kind="application",
        pk=application.pk,
        fields=[what],
    )
    return files.response(stored, request)
