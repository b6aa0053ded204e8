"""What an applicant sent, as it is: in place beside the text, and as a file to keep. Each is a line of the trail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.guards import fetch, member
from accounts.models import Role
from hiring import masking, originals
from hiring.models import Application
from vault import files, trail

READERS = (Role.OWNER, Role.MANAGER, Role.INTERVIEWER)


def _of(request, pk) -> Application:
    application = fetch(request, Application.objects.select_related("job", "cv"), pk=pk)
    if application.cv is None:
        raise Http404
    return application


def _closed(request, application):
    messages.error(request, _("The original opens after the CV stage, or when you show the name."))
    return redirect("hiring:candidate", application.pk)


@member(*READERS)
def cv(request, pk):
    """The file to keep, once names are not hidden any more (a file without text opens as it is)."""
    application = _of(request, pk)
    if not masking.may_open_original(application):
        return _closed(request, application)
    _trail("cv.opened", application, request.membership)
    return files.response(application.cv, request)


@member(*READERS)
@require_safe
def page(request, pk):
    """Beside the text: a piece of its page when a script asks, a page of its own without."""
    application = _of(request, pk)
    if not masking.may_open_original(application):
        return _closed(request, application)
    original = originals.of(application)
    if original.way == "blocks":
        _trail("cv.shown", application, request.membership)
    context = {"application": application, "job": application.job, "original": original}
    return render(request, "hiring/_original.html" if request.htmx else "hiring/original.html", context)


@member(*READERS)
@require_safe
@xframe_options_sameorigin
def shown(request, pk):
    """The PDF or picture inside that page, under a policy of its own (vault.downloads.shown)."""
    application = _of(request, pk)
    if not masking.may_open_original(application):
        raise Http404
    given = files.shown(application.cv)
    _trail("cv.shown", application, request.membership)
    return given


def _trail(action, application, by):
    trail.record(
        action,
        company_id=application.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=application.pk,
        fields=[],
    )
