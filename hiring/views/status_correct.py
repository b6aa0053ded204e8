"""The applicant puts right what they sent, or adds what was missing, until it is decided."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import conflicts
from accounts.guards import by_link
from hiring import applying, corrections, questions
from hiring.correct_forms import CorrectForm
from hiring.models import Answer
from hiring.views.apply import too_many, too_often
from hiring.views.status import find
from vault import files


@by_link("status")
def correct(request, token):
    application = find(request)
    with translation.override(application.language):
        if not corrections.may(application):
            return redirect("hiring_links:status", token)
        if request.method != "POST":
            return _page(request, token, _form(application))
        if wait := too_often(request):
            return too_many(request, application.job, wait)
        return _posted(request, token, application)


def _form(application, *data):
    given = Answer.objects.filter(application=application).select_related("file")
    return CorrectForm(
        *data,
        application=application,
        questions=questions.asked(application.job),
        given={answer.question_id: answer for answer in given},
    )


def _page(request, token, form, status=200):
    application = form.application
    context = {"form": form, "application": application, "job": application.job, "token": token}
    context["shop"] = application.job.company
    return render(request, "hiring/link_correct.html", context, status=status)


def _posted(request, token, application):
    form = _form(application, request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, token, form)
    try:
        changed = corrections.correct(
            application,
            person=form.own,
            given=form.touched(),
            uploads=form.uploads,
            seen=form.cleaned_data["seen"],
        )
    except corrections.Over:
        messages.error(request, _("This was decided meanwhile. Nothing was changed."))
    except corrections.Changed:
        return _conflict(request, token, form)
    except applying.NotKept as refused:
        form.add_error(refused.field, str(refused))
        return _again(request, token, form)
    else:
        _say(request, changed)
    return redirect("hiring_links:status", token)


def _say(request, changed):
    if changed:
        messages.success(request, _("Saved. The shop sees what you changed, and when."))
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))


def _again(request, token, form):
    files.keep_drafts(form, company_id=form.application.company_id)
    return _page(request, token, form, status=422)


def _conflict(request, token, form):
    """Another window of theirs was faster. What they typed stays on the page, over what is there now."""
    now = find(request)
    files.keep_drafts(form, company_id=now.company_id)
    request.POST = form.data  # with the tokens of what was just kept
    seen = corrections.stamp(now)
    return conflicts.page(request, mine=[form], theirs=[_form(now)], seen=seen, back=request.path)
