"""The questions in the form of one job, on a page of their own: kinds, options, order, taken off and back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices
from accounts.guards import fetch, member
from hiring import questions, rows
from hiring.models import Job, Question
from hiring.question_forms import QuestionForm
from hiring.views.moves import BOSSES


@member(*BOSSES)
def page(request, pk):
    """GET lists them, POST adds one."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return _page(request, job, QuestionForm())
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, job, form, status=422)
    row = questions.add(job, by=request.membership, **form.values)
    messages.success(request, _("The question is in the form."))
    return redirect(_place(row))


def _page(request, job, form, status=200):
    context = {"job": job, "form": form, "questions": questions.counted(job)}
    return render(request, "hiring/questions.html", context, status=status)


def _place(row) -> str:
    return f"{reverse('hiring:questions', args=[row.job_id])}#q{row.pk}"


def _fetch(request, pk, **which) -> Question:
    """A question of a job this member sees: the job says who does."""
    asked = Question.objects.for_company(request.company).filter(job__deleted_at=None, **which)
    row = fetch(request, asked, pk=pk)
    row.job = fetch(request, Job, pk=row.job_id)
    return row


@member(*BOSSES)
def change(request, pk):
    row = _fetch(request, pk, retired_at=None)
    if request.method != "POST":
        return _change_page(request, row, QuestionForm(instance=row))
    form = QuestionForm(request.POST, instance=_fetch(request, pk, retired_at=None))
    if not form.is_valid():
        return _change_page(request, row, form, status=422)
    try:
        questions.change(row, values=form.values, seen=form.cleaned_data["seen"], by=request.membership)
    except questions.Changed as changed:
        return _conflict(request, form, changed.question)
    messages.success(request, _("Saved."))
    return redirect(_place(row))


def _change_page(request, row, form, status=200):
    context = {"job": row.job, "row": row, "form": form, "answered": row.answers.count()}
    return render(request, "hiring/question.html", context, status=status)


def _conflict(request, form, now):
    back = reverse("hiring:question", args=[now.pk])
    theirs = QuestionForm(instance=now)
    return conflicts.page(request, mine=[form], theirs=[theirs], seen=questions.stamp(now), back=back)


@member(*BOSSES)
@require_POST
def act(request, pk):
    """Up, down, or off the list."""
    row = _fetch(request, pk, retired_at=None)
    do = request.POST.get("do")
    if do in {"up", "down"}:
        rows.shift(row, up=do == "up")
    elif do == "remove":
        questions.remove(row, by=request.membership)
        back = reverse("hiring:question_back", args=[row.pk])
        notices.undo(request, _("%(what)s is off the list.") % {"what": row.label}, back)
        return redirect("hiring:questions", row.job_id)
    return redirect(_place(row))


@member(*BOSSES)
@require_POST
def put_back(request, pk):
    row = _fetch(request, pk)
    questions.put_back(row, by=request.membership)
    messages.success(request, _("Taken back."))
    return redirect(_place(row))
