"""Calculators, each usable alone and without an account. Everything typed stays in the address: nothing is kept."""

import datetime

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import listed, places
from readiness import assessments, cost_page, desk_page, hours_page, people_page, quoted, words
from readiness.forms import PlanForm
from readiness.views import address_of, anybody_but_staff, start_hiring


@anybody_but_staff
@require_safe
def index(request):
    return render(request, "readiness/calculators.html", {"back": _back(assessments.current(request))})


@anybody_but_staff
def costs(request):
    """What help would cost, beside the other ways."""
    now, place = assessments.current(request), _place(request)
    hours = words.hours_of(now.result) if now.result else None
    messages = now.result["messages_week"] if now.result else None
    form = cost_page.CostForm(
        request.GET if "wage" in request.GET else None,
        country=place["country"],
        defaults=cost_page.initial(**place, hours=hours, messages=messages),
    )
    context = {
        "form": form,
        "answer": cost_page.answer(form) if form.is_valid() else None,
        "suggested": hours,
        "back": _back(now),
        "start_hiring_url": start_hiring(request),
    }
    return render(request, "readiness/costs.html", context)


@anybody_but_staff
@require_safe
def people(request):
    """How many people it takes: for mail, and behind a fold for calls and chats."""
    now = assessments.current(request)
    typed, known = request.GET if "messages" in request.GET else None, people_page.initial(now)
    mail = people_page.MailForm(typed or people_page.said(known), initial=known)
    calls = people_page.CallForm(typed)
    context = {
        "mail": mail,
        "calls": calls,
        "mail_answer": people_page.mail_answer(mail.cleaned_data) if mail.is_valid() else None,
        "calls_answer": people_page.calls_answer(calls.cleaned_data) if calls.is_valid() else None,
        "back": _back(now),
    }
    return render(request, "readiness/people.html", context)


@anybody_but_staff
@require_safe
def help_desks(request):
    tools = listed.shown(request.company, listed.TOOL)
    form = desk_page.DeskForm(request.GET if "people" in request.GET else None, tools=tools)
    context = {
        "form": form,
        "rows": desk_page.rows(form),
        "people": form.people_given(),
        "as_of": datetime.date.fromisoformat(f"{quoted.AS_OF}-01"),
        "back": _back(assessments.current(request)),
    }
    return render(request, "readiness/help_desks.html", context)


@anybody_but_staff
@require_safe
def hours(request):
    """What would you do with the hours? The answer itself is kept beside the result."""
    now = assessments.current(request)
    form = hours_page.HoursForm(
        request.GET if "hours" in request.GET else None,
        defaults=hours_page.initial(now.result, **_money(request)),
    )
    context = {
        "form": form,
        "answer": hours_page.answer(form.numbers()) if not form.is_bound or form.is_valid() else None,
        "suggested": bool(now.result and words.hours_of(now.result)),
        "has_result": now.result is not None,
        "back": _back(now),
        "plan_form": PlanForm(initial={"plan": now.plan}),
    }
    return render(request, "readiness/hours.html", context)


def _back(now) -> str:
    return address_of(now) if now.result else reverse("readiness:check")


def _place(request) -> dict:
    """Country and currency: the shop's, else as good a guess as any."""
    if request.company is not None:
        return {"country": request.company.country, "currency": request.company.currency}
    guessed = places.guess(request)
    return {"country": guessed["country"], "currency": guessed["currency"]}


def _money(request) -> dict:
    return {"currency": _place(request)["currency"]}
