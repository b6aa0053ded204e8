"""Choosing a time behind the link of a mail: book, move, cancel, or say when it would suit. A GET changes nothing."""

from datetime import UTC, datetime

from babel.dates import format_date, format_time
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import to_locale

from accounts import places, zones
from accounts.guards import by_link
from hiring import booking, hosting, outward, slots
from hiring.booking_forms import WishForm
from hiring.contract import when
from hiring.models import Booking

OPEN_DAYS = 3  # the nearest days stand open, the others are folded


@by_link("booking")
def page(request, token):
    row = _row(request)
    with translation.override(row.application.language):
        if request.method != "POST":
            return _page(request, token, row)
        try:
            return _posted(request, token, row)
        except booking.Closed:
            return _page(request, token, _row(request), late=True, status=409)
        except booking.Taken:
            return _page(request, token, _row(request), taken=True, status=409)


def _row(request) -> Booking:
    rows = Booking.objects.for_company(request.link.company_id).filter(application__erased_at=None)
    rows = rows.select_related("application__job__company", "interview", "sent_by")
    found = rows.filter(pk=request.link.subject_id).first()
    if found is None:  # taken back, or a person who was deleted or erased
        raise Http404
    return found


def _posted(request, token, row):
    do = request.POST.get("do", "")
    if do == "cancel":
        booking.cancel(row)
    elif do == "wish":
        form = WishForm(request.POST)
        if not form.is_valid():
            return _page(request, token, row, form=form, status=422)
        booking.wish(row, form.cleaned_data["wish"])
    elif at := _moment(request.POST.get("at", "")):
        booking.book(row, at, zone=_asked_zone(request.POST, row))
    else:
        raise booking.Taken
    return redirect("hiring_links:booking", token)


def _moment(text) -> datetime | None:
    """A moment as the page wrote it, in UTC; None for anything else."""
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


STAMP = "%Y-%m-%dT%H:%MZ"


def _asked_zone(data, row) -> str:
    """The zone that the applicant chose or their browser told, as far as there is one of this name."""
    asked = data.get("zone", "")
    return asked if asked in dict(places.zones()) else row.zone


def _page(request, token, row, *, form=None, late=False, taken=False, status=200):
    zone_name = _asked_zone(request.GET if request.method == "GET" else request.POST, row)
    shop_zone = row.application.job.company.timezone
    zone = zones.named(zone_name or shop_zone) or zones.named("UTC")
    hosts = booking.hosts_of(row)
    state = _state(row, hosts)
    moving = state == "booked" and (taken or "move" in request.GET or "zone" in request.GET)
    context = {
        "row": row,
        "job": row.application.job,
        "shop": row.application.job.company,
        "hosts": hosting.listed(outward.names(hosts, row.application.job.company)),
        "state": state,
        "moving": moving,
        "late": late,
        "taken": taken,
        "token": token,
        "zone": str(zone),
        "zone_known": bool(zone_name),
        "zones": places.zones(),
        "days": _days(booking.left(row, hosts), zone) if state == "open" or moving else [],
        "booked": _booked(row.booked.starts_at, zone) if row.booked else None,
        "form": form or WishForm(),
    }
    return render(request, "hiring/link_booking.html", context, status=status)


def _state(row, hosts) -> str:
    """open, booked, begun (the talk is under way or behind), withdrawn, over or expired."""
    if row.booked and row.booked.starts_at <= timezone.now():
        return "begun"
    if row.application.outcome == "withdrawn":
        return "withdrawn"
    if row.ended_at or not row.application.is_active or not hosts:
        return "over"
    if row.booked:
        return "booked"
    return "open" if row.expires_at > timezone.now() else "expired"


def _days(found, zone) -> list[dict]:
    """The times by the day they are in the applicant's own zone."""
    days: dict = {}
    for at in found:
        days.setdefault(at.astimezone(zone).date(), []).append(_shown(at, zone))
    locale = to_locale(translation.get_language())
    return [
        {"label": format_date(day, "full", locale=locale), "times": times, "open": n < OPEN_DAYS}
        for n, (day, times) in enumerate(days.items())
    ]


def _booked(at, zone) -> dict:
    """In the words of the mail."""
    return _shown(at, zone) | {"label": when(at, str(zone), translation.get_language())}


def _shown(at, zone) -> dict:
    """A time that the clock shows twice that day says which of the two it is."""
    return {
        "label": format_time(at, "short", tzinfo=zone, locale=to_locale(translation.get_language())),
        "value": f"{at.astimezone(UTC):{STAMP}}",
        "distance": slots.distance(at, zone) if slots.is_twice(at, zone) else "",
    }
