"""The new hire's own pages: Today, Ask, Me, and the welcome page before the first day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.guards import by_link, member
from onboarding import answering, filling, questions, records, today, words
from onboarding.forms import QuestionForm, posted
from onboarding.kinds import UNDONE, Kind
from onboarding.models import Onboarding
from onboarding.steps import MOODS
from onboarding.views.before import of_link


def own(request) -> Onboarding | None:
    """The running onboarding of whoever asks."""
    mine = Onboarding.objects.with_people().for_company(request.company).running()
    return mine.filter(hire=request.membership).order_by("pk").first()


@member()
@require_safe
def show_today(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    return render(request, "onboarding/today.html", today_context(onboarding))


def today_context(onboarding) -> dict:
    """For the page and for the fragment that a tick renders: one query for the steps."""
    now = onboarding.local_now()
    built = today.build(list(onboarding.steps.in_order()), now)
    return {
        "onboarding": onboarding,
        "today": built,
        "card": answering.card(onboarding),
        "daytime": today.daytime(now),
        "first_name": today.first_name(onboarding.hire.name),
        "day": onboarding.day_number(),
        "joinable": bool(built.now) and today.joinable(built.now, now),
        "moods": MOODS,
    }


@member()
def ask(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        questions.ask(onboarding, by=request.membership, body=form.cleaned_data["body"])
        messages.success(request, _("%(name)s was told and will answer here.") % {"name": onboarding.manager})
        return redirect("onboarding:ask")
    asked = onboarding.questions.select_related("answered_by").order_by("-asked_at", "-pk")
    context = {
        "onboarding": onboarding,
        "form": form,
        "questions": asked,
        "card": answering.card(onboarding, counted=answering.usual_of(onboarding)),
        "unseen": answering.who_to_ask(onboarding),
    }
    return render(request, "onboarding/ask.html", context, status=422 if form.errors else 200)


@member()
@require_safe
def me(request):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    steps = list(onboarding.steps.in_order())
    built = today.build(steps, onboarding.local_now())
    context = {
        "onboarding": onboarding,
        "today": built,
        "record": records.of(onboarding, steps),
        "day": onboarding.day_number(),
    }
    return render(request, "onboarding/me.html", context)


@by_link("welcome")
@require_safe
def welcome(request, token):
    """Before the first day: when, where, who. It shows nothing else, changes nothing and signs nobody in."""
    onboarding = of_link(request.link)
    if onboarding is None:
        return render(request, "link_gone.html", status=404)
    with timezone.override(onboarding.zone):
        context = {
            "onboarding": onboarding,
            "day": onboarding.day_number(),
            "first_name": today.first_name(onboarding.hire.name),
            "token": token,
        }
        context["early"] = [] if context["day"] else filling.early(onboarding)
        return render(request, "onboarding/welcome.html", context)


@member()
@require_safe
def ask_first(request):
    """ "When to ask first", to read again at any time and to print."""
    shown, onboarding = words.ask_first(request.company.pk), own(request)
    context = {"words": shown, "card": None, "step": None, "read": None}
    if onboarding is not None:
        unread = onboarding.steps.filter(key="ask_first", kind=Kind.ACK, state__in=UNDONE)
        read = onboarding.acknowledgements.filter(subject=words.Subject.ASK_FIRST)
        context |= {
            "card": answering.card(onboarding),
            "phone": onboarding.phone,
            "step": unread.order_by("pk").first(),
            "read": read.order_by("-at", "-pk").first(),
        }
    return render(request, "onboarding/ask_first.html", context)
