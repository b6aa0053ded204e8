"""What a manager settles in a plan: missed steps, the end of probation; and the days on which the shop is closed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, places
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import daysoff, missed, plans, shopdays, steps
from onboarding.forms import posted
from onboarding.models import DayOff, Onboarding, Step
from onboarding.plan_forms import DayOffForm, ProbationForm
from onboarding.views.plan import undo_of
from onboarding.views.steps import WITH_PLAN, change_undo, refuse_strangers

BOSSES = (Role.OWNER, Role.MANAGER)
MOST_CHOSEN = 1000


def _led(request, pk) -> Onboarding:
    onboarding = fetch(request, Onboarding.objects.running().with_people(), pk=pk)
    refuse_strangers(onboarding, request.membership)
    return onboarding


@member(*BOSSES)
@require_safe
def show_missed(request, pk):
    return _missed_page(request, _led(request, pk))


def _missed_page(request, onboarding, status=200, error=""):
    rows = missed.listed(onboarding)
    for step in rows:
        step.who = onboarding.people(step.owner)
    # Of somebody who has been here for days most is done; of somebody hired at short notice most is still to do.
    was_here = onboarding.start_date < timezone.localdate(onboarding.created_at, onboarding.zone)
    context = {"onboarding": onboarding, "rows": rows, "error": error, "was_here": was_here}
    return render(request, "onboarding/missed.html", context, status=status)


@member(*BOSSES)
@require_POST
def settle(request, pk):
    """One step by its button, or those that are marked."""
    onboarding = _led(request, pk)
    act = request.POST.get("do")
    chosen = _numbers(request.POST.getlist("step")[:MOST_CHOSEN])
    if act not in {missed.DONE, missed.NOT_NEEDED} or not chosen:
        return _missed_page(request, onboarding, 422, _("Mark the steps first."))
    count = missed.settle(onboarding, chosen, by=request.membership, done=act == missed.DONE)
    if not count:
        messages.info(request, _("Somebody has settled these already."))
    else:
        said = ngettext("%(n)s step is settled.", "%(n)s steps are settled.", count) % {"n": count}
        undo_of(request, onboarding, "missed", said)
    return redirect("onboarding:missed", pk=pk)


def _numbers(texts) -> list[int]:
    """Keys as a page of ours sends them; anything else is nobody's."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


@member(*BOSSES)
@require_POST
def do_now(request, pk):
    step = fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)
    refuse_strangers(step.onboarding, request.membership)
    try:
        moved = missed.do_now(step, by=request.membership)
    except steps.Refused as refused:
        messages.error(request, str(refused))
    else:
        step.refresh_from_db()
        undo = change_undo(step, request.membership) if moved else ""
        said = _("It is on today's list now.") if moved else _("Somebody has settled this already.")
        notices.undo(request, said, undo)
    return redirect("onboarding:missed", pk=step.onboarding_id)


@member(*BOSSES)
def probation(request, pk):
    """The day on which probation ends, and the decision with it."""
    onboarding = _led(request, pk)
    form = ProbationForm(posted(request), onboarding=onboarding)
    if request.method == "POST" and form.is_valid():
        plans.set_probation(onboarding, by=request.membership, until=form.cleaned_data["until"])
        undo_of(
            request, onboarding, "probation", _("The end of probation is set. Steps counted from it moved.")
        )
        return redirect("onboarding:plan", pk=pk)
    context = {"onboarding": onboarding, "form": form}
    return render(request, "onboarding/probation.html", context, status=422 if form.errors else 200)


# -- days off


@member(*BOSSES)
def days_off(request):
    form = DayOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        added = shopdays.add(request.company, by=request.membership, **form.cleaned_data)
        said = _("Open steps on that day moved along.") if added else _("That day was off already.")
        messages.success(request, said)
        return redirect("onboarding:days_off")
    first = timezone.localdate()
    last = first + daysoff.YEAR
    own = DayOff.objects.for_company(request.company).filter(day__range=(first, last)).order_by("day")
    context = {
        "form": form,
        "own": list(own),
        "public": daysoff.named(request.company.country, first, last),
        "country": places.country_name(request.company.country),
    }
    return render(request, "onboarding/days_off.html", context, status=422 if form.errors else 200)


@member(*BOSSES)
@require_POST
def day_off_remove(request, pk):
    row = fetch(request, DayOff.objects.select_related("company"), pk=pk)
    if not shopdays.remove(row, by=request.membership):
        raise Http404
    messages.success(request, _("It is a working day again. Open steps moved back."))
    return redirect(reverse("onboarding:days_off"))
