"""The shop's own data: taking all of it along, closing the shop, and the record of what is kept of people and why."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import closing, data_pages, person_data
from accounts.guards import member
from accounts.models import Company, Role
from vault import exports, keep

SHOP = "shop"


def _shop(request) -> person_data.Person:
    names = {"page": "data", "copy": "data_copy", "take": "data_take"}
    pages = {key: reverse(f"accounts:{name}") for key, name in names.items()}
    return person_data.Person(kind=SHOP, pk=request.company.pk, name=request.company.name, pages=pages)


@member(Role.OWNER)
def data(request):
    if request.method == "POST":
        return _act(request)
    context = {
        "company": request.company,
        "copy": exports.latest(SHOP, request.company.pk, by_id=request.user.pk),
        "pages": _shop(request).pages,
        "more": [{"url": reverse(route), "title": t, "sentence": s} for route, t, s in data_pages.pages],
    }
    return render(request, "accounts/data.html", context)


def _act(request):
    """[Make a copy] and [Give up]."""
    do, row = request.POST.get("do"), exports.latest(SHOP, request.company.pk, by_id=request.user.pk)
    if do not in {"copy", "give_up"}:
        raise Http404
    if request.company.is_demo:
        messages.error(request, _("The sample shop has nothing to take along. Open your own first."))
    elif do == "copy":
        company, language = request.company.pk, translation.get_language()
        exports.ask(SHOP, company, company_id=company, by_id=request.user.pk, language=language)
    elif row and exports.cancel(row, by_id=request.user.pk):
        messages.success(request, _("The copy was given up."))
    return redirect("accounts:data")


@member(Role.OWNER)
@require_safe
def copy(request):
    return person_data.progress(request, _shop(request))


@member(Role.OWNER)
@require_safe
def take(request):
    return person_data.take(request, _shop(request))


@member(Role.OWNER)
def close(request):
    """GET lists what happens and what the law keeps; POST freezes the shop."""
    return _close(request)


@reauthentication_required
def _close(request):
    if request.method == "POST":
        try:
            closing.ask(request.company, by=request.membership)
        except closing.Refused as refused:
            messages.error(request, str(refused))
        return redirect("accounts:data")
    context = {
        "company": request.company,
        "kept": closing.kept_by_law(request.company),
        "days": closing.GRACE.days,
    }
    return render(request, "accounts/close.html", context)


@member(Role.OWNER)
@require_POST
def keep_open(request):
    closing.keep_open(request.company, by=request.membership)
    messages.success(request, _("The shop stays. Everything is as it was."))
    return redirect("accounts:data")


@member(Role.OWNER)
@require_safe
def record(request):
    """The record of processing, made from the register: what for, which data, how long, who sees it."""
    company = Company.objects.get(pk=request.company.pk)
    rows = [_line(rule) for rule in keep.rules() if rule.personal or rule.of]
    return render(request, "accounts/record.html", {"company": company, "rows": rows})


def _line(rule) -> dict:
    names = [
        str(rule.model._meta.get_field(name).verbose_name)
        for name in rule.personal
        if name not in rule.hidden
    ]
    whose = {"candidate": _("applicants"), "member": _("colleagues")}
    return {
        "what": capfirst(rule.model._meta.verbose_name_plural),
        "purpose": rule.purpose,
        "fields": ", ".join(dict.fromkeys(names)),
        "retention": rule.retention,
        "readers": keep.readers(rule),
        "whose": ", ".join(word for kind, word in whose.items() if rule.ways(kind)),
    }
