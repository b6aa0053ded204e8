"""The handbook in an hour: one question on the screen, and what has come of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import conflicts
from accounts.guards import member
from accounts.models import Role
from onboarding import handbook, handbook_markdown, handbook_questions, handbook_start
from onboarding.handbook_forms import QuestionForm


@member(Role.OWNER, Role.MANAGER)
@require_safe
def start(request):
    """The twelve at a glance: what is written, what was put off, where one goes on."""
    progress = handbook_start.progress(request.company)
    return render(request, "onboarding/handbook_start.html", {"progress": progress})


@member(Role.OWNER, Role.MANAGER)
def question(request, key):
    if key not in handbook_questions.BY_KEY:
        raise Http404
    page = handbook.page_of(request.company, key)
    if request.method != "POST":
        return _page(request, key, _form(page))
    if request.POST.get("do") == "skip":
        handbook.skip(request.company, key)
        return _on(request, key)
    form = QuestionForm(request.POST)
    if request.POST.get("do") == "example":
        return _page(request, key, _with_example(request, key))
    if not form.is_valid():
        return _page(request, key, form, 422)
    return _answer(request, key, form)


def _form(page) -> QuestionForm:
    now = {"body": page.body, "seen": page.revision} if page else {"seen": 0}
    return QuestionForm(initial=now)


def _with_example(request, key) -> QuestionForm:
    """The example below what is typed already."""
    parts = [request.POST.get("body", "").strip(), str(handbook_questions.BY_KEY[key].example)]
    body = "\n\n".join(part for part in parts if part)
    return QuestionForm(initial={"body": body, "seen": request.POST.get("seen", "0")})


def _answer(request, key, form):
    try:
        handbook.answer(
            request.company, key, by=request.membership, language=get_language(), **form.cleaned_data
        )
    except conflicts.Changed as now:
        back = reverse("onboarding:handbook_question", args=[key])
        theirs = [_form(now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
    messages.success(request, _("Saved: %(page)s") % {"page": handbook_questions.title(key)})
    return _on(request, key)


def _on(request, key):
    following = handbook_start.progress(request.company).after(key)
    if following is None:
        return redirect("onboarding:handbook_start")
    return redirect("onboarding:handbook_question", key=following.key)


def _page(request, key, form, status=200):
    progress = handbook_start.progress(request.company)
    number = progress.at(key)
    context = {
        "form": form,
        "progress": progress,
        "asked": progress.rows[number - 1],
        "number": number,
        "example": handbook_markdown.html(str(handbook_questions.BY_KEY[key].example)),
        "before": progress.rows[number - 2] if number > 1 else None,
    }
    return render(request, "onboarding/handbook_question.html", context, status=status)
