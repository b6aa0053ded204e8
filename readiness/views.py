from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import deleting, notices
from accounts.guards import fetch, member, public
from accounts.models import Role
from readiness import answer_page, assessments, bridging, compare_page, deleted, reminders, weighing, words
from readiness.forms import STEPS, CheckForm, PlanForm
from readiness.models import Assessment, BridgePlan, TicketImport
from readiness.reminder_form import AskAgainForm
from vault.work import State

BOSSES = (Role.OWNER, Role.MANAGER)
LISTED = 50


def anybody_but_staff(view):
    """Open to strangers, owners and managers: whether to hire is not the staff's question."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.membership is not None and not request.membership.is_boss:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return public(guarded)


def latest_of(company):
    return Assessment.objects.for_company(company).order_by("-created_at", "-pk")


@member(*BOSSES)
def home(request):
    rows = list(latest_of(request.company)[:LISTED])
    imports = TicketImport.objects.for_company(request.company).exclude(state=State.CANCELLED)
    context = {
        "results": answer_page.listed(rows),
        "imports": list(imports.defer("series", "rejected").order_by("-created_at", "-pk")[:LISTED]),
        "bridges": bridging.listed(request.company),
        "held": bool(request.session.get(assessments.SESSION, {}).get("result")),
    }
    return render(request, "readiness/home.html", context)


@anybody_but_staff
def check(request):
    """The two-minute check: ten cards on one page."""
    now = assessments.current(request)
    form = CheckForm(_posted(request), answers=now.answers)
    if form.is_bound and form.is_valid():
        kept = _keep(request, form)
        if kept.result is not None:
            return redirect(address_of(kept))
    context = {"form": form, "strip": strip_of(request, form if form.is_bound else None, now.answers)}
    return render(request, "readiness/check.html", context)


def _posted(request):
    """What was sent, also when every question was left open: an empty QueryDict is an answer, too."""
    return request.POST if request.method == "POST" else None


def _keep(request, form):
    """Keeps what was changed on this page, and says what another tab had said about the same."""
    for sentence in words.two_tabs(*form.of_others()):
        messages.info(request, sentence)
    return assessments.keep(request, changes=form.changes())


@anybody_but_staff
@require_POST
def strip(request):
    """What can be said while somebody is still typing. Computes and keeps nothing."""
    form = CheckForm(request.POST)
    form.is_valid()
    return render(request, "readiness/_strip.html", {"strip": strip_of(request, form, {}), "form": form})


def strip_of(request, form, answers):
    if form is not None:
        form.is_valid()
        answers = form.answers()
    asked = form is None or "minutes_right" not in form.data
    return answer_page.strip(answers, asked_minutes=asked, config=weighing.config_of(request.company))


@anybody_but_staff
def answer(request):
    """The visitor's own result; members are led to the row that is kept for them."""
    now = assessments.current(request)
    if now.result is None:
        return redirect("readiness:check")
    if now.row is not None:
        return redirect("readiness:show", pk=now.row.pk)
    return _answer(request, now)


@member(*BOSSES)
def show(request, pk):
    return _answer(request, current_of(fetch(request, Assessment, pk=pk)))


def current_of(row):
    return assessments.Current(row.answers, row.result, row.plan, row)


@member(*BOSSES)
def on_paper(request, pk):
    """The same with nothing folded away, to print or keep as a PDF."""
    now = current_of(fetch(request, Assessment, pk=pk))
    context = answer_page.context(now, company=request.company) | {"today": timezone.localdate()}
    return render(request, "readiness/paper.html", context)


@member(*BOSSES)
def compare(request):
    rows = list(latest_of(request.company)[: compare_page.DRAWN])
    return render(request, "readiness/compare.html", compare_page.context(rows))


def _answer(request, now, **forms):
    """The page of one result; `forms` are those that came back with an error."""
    return render(request, "readiness/answer.html", page_of(request, now) | forms)


def page_of(request, now):
    day = reminders.suggested(now.result, today=timezone.localdate())
    return answer_page.context(now, company=request.company) | {
        "plan_form": PlanForm(initial={"plan": now.plan}),
        "start_hiring_url": start_hiring(request),
        "wish": reminders.wish(now.row) if now.row else None,
        "ask_form": AskAgainForm(initial={"on": day}),
        "suggested": day != timezone.localdate() + reminders.AFTER,
    }


def start_hiring(request):
    """Where a job begins; for a stranger with an account first."""
    if request.company is not None:
        return settings.START_HIRING_URL
    return f"{reverse('account_signup')}?next={settings.START_HIRING_URL}"


@anybody_but_staff
def step(request, name):
    """One of the four optional pages that make the answer firm."""
    if name not in STEPS:
        raise Http404
    now = assessments.current(request)
    form = STEPS[name](_posted(request), answers=now.answers)
    if form.is_bound and form.is_valid():
        kept = _keep(request, form)
        return _after_step(request, name, kept)
    context = {
        "form": form,
        "name": name,
        "label": words.SIGNALS[name],
        "about": words.ABOUT[name],
        "number": list(STEPS).index(name) + 1,
        "steps": [(code, words.SIGNALS[code]) for code in STEPS],
    }
    return render(request, "readiness/step.html", context)


def _after_step(request, name, kept):
    following = dict(zip(STEPS, list(STEPS)[1:], strict=False))
    if request.POST.get("go") == "next" and name in following:
        return redirect("readiness:step", name=following[name])
    if kept.result is None:
        messages.info(request, words.too_few(assessments.ENOUGH - assessments.answered(kept.answers)))
        return redirect("readiness:check")
    return redirect(address_of(kept))


def address_of(kept):
    """Of a result: the company's row, or the one in this browser's session."""
    if kept.row is None:
        return reverse("readiness:answer")
    return reverse("readiness:show", args=[kept.row.pk])


@anybody_but_staff
@require_POST
def plan(request):
    now = assessments.current(request)
    if now.result is None:
        return redirect("readiness:check")
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _answer(request, now, plan_form=form)
    assessments.plan(request, text=form.cleaned_data["plan"])
    messages.success(request, _("Saved. We will remind you of it."))
    return redirect(address_of(now))


@member(*BOSSES)
@require_POST
def delete(request, pk):
    """One answer; the ones before it stay."""
    deleted.delete(fetch(request, Assessment.objects.select_related("company"), pk=pk), by=request.membership)
    undo = reverse("readiness:put_back", args=["answer", pk])
    notices.undo(request, _("The answer is deleted, and can be put back for 14 days."), undo)
    return redirect("readiness:home")


@member(*BOSSES)
@require_POST
def put_back(request, kind, pk):
    """The Undo of deleting; later the page of what was deleted does the same."""
    rows = {"answer": Assessment, "import": TicketImport, "bridge": BridgePlan}.get(kind)
    if rows is None:
        raise Http404
    row = fetch(request, rows.everything.select_related("company"), pk=pk)
    try:
        deleted.put_back(row, by=request.membership)
    except deleting.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back."))
    return redirect("readiness:home")


@member(*BOSSES)
@require_POST
def remind(request, pk):
    """On the day that was chosen; the plain button sends none and means four weeks."""
    row = fetch(request, Assessment, pk=pk)
    form = AskAgainForm(request.POST) if "on" in request.POST else None
    if form is not None and not form.is_valid():
        return _answer(request, current_of(row), ask_form=form)
    reminders.ask_again(row, by=request.membership, on=None if form is None else form.cleaned_data["on"])
    messages.success(request, _("We ask you again on that day, by mail, once."))
    return redirect("readiness:show", pk=pk)


@member(*BOSSES)
@require_POST
def dont_remind(request, pk):
    reminders.take_back(fetch(request, Assessment, pk=pk), by=request.membership)
    messages.success(request, _("We do not ask again."))
    return redirect("readiness:show", pk=pk)


@anybody_but_staff
@require_POST
def ask_again(request):
    """For a stranger: the wish is kept with the answers, and an account gives it the address it needs."""
    now = assessments.current(request)
    if now.row is not None:
        return remind(request, now.row.pk)
    if now.result is None:
        return redirect("readiness:check")
    assessments.wish_to_be_asked(request)
    messages.info(request, _("To ask you again we need an address. Your answers move into the account."))
    return redirect(f"{reverse('account_signup')}?next={reverse('readiness:home')}")


@member(*BOSSES)
@require_POST
def bring(request):
    """Answers given before signing in move into the company."""
    assessments.adopt(request, request.membership)
    return redirect("readiness:home")
