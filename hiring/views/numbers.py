"""Numbers of the hiring: the page and its sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.guards import member
from hiring import funnel, numbers, numbers_words, wording
from hiring.models import Job
from hiring.numbers_forms import NumbersForm
from hiring.views.moves import BOSSES
from readiness import quoted
from vault import sheets


@member(*BOSSES)
@require_safe
def page(request):
    form, found = _gathered(request)
    context = {
        "form": form,
        "numbers": found,
        "stages": numbers_words.stages(found.stages),
        "sources": numbers_words.sources(request.company, found.sources),
        "times": numbers_words.times(found),
        "cost": _cost(request.company, form, found),
        "scenario": _scenario(request.company, form),
        "quoted_hire": wording.money(numbers_words.QUOTED_HIRE, "USD"),
        "quoted_loss": wording.money(numbers_words.QUOTED_LOSS, "USD"),
        "quoted_share": round(quoted.LOSS_SHARE * 100),
        "address": request.GET.urlencode(),
    }
    return render(request, "hiring/numbers.html", context, status=200 if form.is_valid() else 422)


def _gathered(request):
    """The form and the numbers of what it names; of all jobs where it is wrong."""
    mine = Job.objects.for_company(request.company).visible_to(request.membership)
    form = NumbersForm(request.GET, jobs=mine)
    form.is_valid()
    one = form.cleaned_data.get("job")
    return form, numbers.gather([one] if one else list(mine.only("pk", "first_opened_at")))


def _cost(company, form, found) -> dict:
    hours = found.reading_hours if form.cleaned_data.get("hours") is None else form.cleaned_data["hours"]
    said = {"tools": form.amount("tools"), "hours": hours, "rate": form.amount("rate")}
    cost = numbers.cost(found, currency=company.currency, **said)
    others = {money: paid for money, paid in found.spent.items() if money != company.currency}
    return numbers_words.cost(cost, company.currency, others)


def _scenario(company, form) -> str:
    if form.scenario is None:
        return ""
    return wording.money(funnel.expected_loss(*form.scenario), company.currency)


@member(*BOSSES)
@require_safe
def sheet(request):
    """The same figures as rows: what, of what, value, of how many, from, to."""
    _form, found = _gathered(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="numbers-{localdate():%Y-%m-%d}.csv"'
    response.write("\ufeff")
    out = sheets.Sheet(
        response, [_("What"), _("Of"), _("Value"), _("Of how many"), _("At least"), _("At most")]
    )
    for row in numbers_words.rows(request.company, found):
        out.add(row)
    return response
