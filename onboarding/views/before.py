"""Before the first day, behind the private link: reading and filling in what may be done early, and need not be."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.guards import by_link
from onboarding import filling, steps, words
from onboarding.forms_filling import FillForm
from onboarding.models import Onboarding


def of_link(link) -> Onboarding | None:
    rows = Onboarding.objects.with_people().filter(company_id=link.company_id).running()
    return rows.filter(pk=link.subject_id).first()


@by_link("welcome")
def step(request, token, pk):
    """One of `filling.early`, and nothing else of the plan; from the first day on there is the sign-in for it."""
    onboarding = of_link(request.link)
    step = _early(onboarding, pk) if onboarding else None
    if step is None:
        return render(request, "link_gone.html", status=404)
    with timezone.override(onboarding.zone):
        return _post(request, token, step) if request.method == "POST" else _page(request, token, step)


def _early(onboarding, pk):
    if onboarding.today() >= onboarding.start_date:
        return None
    found = next((row for row in filling.early(onboarding) if row.pk == pk), None)
    if found:
        found.onboarding = onboarding
    return found


def _page(request, token, step, *, form=None, error="", status=200):
    context = {
        "onboarding": step.onboarding,
        "step": step,
        "token": token,
        "words": words.of_step(step),
        "fill": form or _form(step),
        "error": error,
    }
    return render(request, "onboarding/before.html", context, status=status)


def _form(step, data=None) -> FillForm | None:
    if not step.asks:
        return None
    newest = step.answers.order_by("-number").first()
    return FillForm(data, asks=filling.asks_of(step), values=filling.values_of(newest))


def _post(request, token, step):
    form = _form(step, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, token, step, form=form, status=422)
    try:
        _do(step, form, request.POST)
    except steps.Refused as refused:
        return _page(request, token, step, form=form, error=str(refused), status=422)
    except (steps.Stale, words.Changed):
        step.refresh_from_db(fields=["state", "message"])
        sentence = _("This step has changed meanwhile. This is how it is now.")
        return _page(request, token, step, error=sentence, status=409)
    return redirect("onboarding_links:welcome", token=token)


def _do(step, form, post) -> None:
    """In the hire's name: the link was sent to them alone."""
    hire = step.onboarding.hire
    if form is not None:
        filling.fill(step, by=hire, values=form.cleaned_values())
        return
    shown = words.of_step(step)
    if shown is None or post.get("number") != str(shown.number):
        raise words.Changed
    steps.acknowledge(step, by=hire, subject=shown.subject, number=shown.number, body=shown.body)
