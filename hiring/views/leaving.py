"""Who goes when: the next ones first, by key; what is too much at once waits for the owner."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.guards import member
from accounts.models import Role
from accounts.places import country_name
from hiring import leaving, retention
from hiring.models import Application
from vault import erasing
from vault.models import Erasure

PAGE = 50
SOON = timedelta(days=60)


@member(Role.OWNER)
def index(request):
    if request.method == "POST":
        return _let_go(request)
    today, company = timezone.localdate(), request.company
    rows = leaving.listed(company)
    coming = leaving.due(company).count()
    page = list(_after(request, _with_names(rows, company))[: PAGE + 1])
    context = {
        "rows": _rows(page[:PAGE], today, company),
        "older": _key(page[PAGE - 1]) if len(page) > PAGE else "",
        "soon": rows.filter(goes_on__lte=today + SOON).count(),
        "stopped": coming if leaving.too_many(company, coming) else 0,
        "times": retention.times(company.country),
        "country": country_name(company.country),
        "known": company.country in retention.COUNTRIES,
        "demo": company.is_demo,
    }
    return render(request, "hiring/leaving.html", context)


def _with_names(rows, company):
    newest = Application.objects.filter(company=company, candidate=OuterRef("pk")).order_by("-pk")
    days = Erasure.objects.filter(company_id=company.pk, **leaving.OPEN, subject_id=OuterRef("pk"))
    held = erasing.holds(leaving.KIND).filter(subject_id=OuterRef("pk")).order_by("-until")
    return rows.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        day=Subquery(days.values("on")[:1]),
        held_until=Subquery(held.values("until")[:1]),
    )


def _rows(page, today, company) -> list[dict]:
    """Names come with one query for the page; hidden ones stay hidden, erased ones have none."""
    people = Application.objects.filter(company=company).select_related("job")
    people = people.in_bulk([row.newest for row in page])
    return [
        {
            "day": row.day or row.goes_on,
            "announced": row.day is not None,
            "held_until": row.held_until,
            "person": people[row.newest],
            "late": row.goes_on < today and not row.day and not row.held_until,
        }
        for row in page
    ]


def _after(request, rows):
    """Rows behind the key of the address; anything else is the first page."""
    day, _comma, number = request.GET.get("after", "").partition(",")
    try:
        on = parse_date(day)
    except ValueError:
        on = None
    if on is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        return rows
    return rows.filter(Q(goes_on__gt=on) | Q(goes_on=on, pk__gt=int(number)))


def _key(row) -> str:
    return f"{row.goes_on},{row.pk}"


def _let_go(request):
    """The owner has looked: those who would be too many at once go in a week."""
    coming = list(leaving.due(request.company).values_list("pk", "goes_on")[: leaving.BATCH])
    if coming and not request.company.is_demo:
        leaving.announce_all(request.company, coming, by_id=request.user.pk)
        messages.success(request, _("They are erased in a week. Until then you can hold any of them."))
    return redirect(reverse("hiring:leaving"))
