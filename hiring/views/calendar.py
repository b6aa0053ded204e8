"""A member's own calendar: the one we read, and the one we write for others to read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts import notices, undoing
from accounts.guards import by_link, fetch, member
from accounts.models import Role
from hiring import calendar_feed, calendar_reading
from hiring.calendar_forms import AddressForm
from hiring.models import BusyTime, CalendarSource

TEAM = (Role.OWNER, Role.MANAGER, Role.INTERVIEWER)
KIND = "text/calendar; charset=utf-8"


@member(*TEAM)
def page(request):
    """GET shows how it stands; POST gives the address of a calendar, in place of another."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        calendar_reading.connect(request.membership, form.cleaned_data["address"])
        messages.success(request, _("Your calendar is being read. From now on that happens by itself."))
        return redirect("hiring:my_calendar")
    return _page(request, form=form, status=422 if form.errors else 200)


def _page(request, *, form=None, status=200, **more):
    source = calendar_reading.of(request.membership)
    context = {
        "source": source,
        "error": calendar_reading.sentence(source.error) if source else "",
        "taken": BusyTime.objects.filter(source=source).count() if source else 0,
        "form": form or AddressForm(),
        "feed": calendar_feed.living(request.membership),
        "feed_address": "",
        "feed_webcal": "",
    }
    return render(request, "hiring/my_calendar.html", context | more, status=status)


@member(*TEAM)
@require_POST
def again(request):
    if (source := calendar_reading.of(request.membership)) is not None:
        calendar_reading.again(source)
        messages.success(request, _("Your calendar is read once more. Load this page again in a moment."))
    return redirect("hiring:my_calendar")


@member(*TEAM)
@require_POST
def remove(request):
    if (source := calendar_reading.of(request.membership)) is not None:
        row = calendar_reading.remove(source, by=request.membership)
        mark = undoing.offered(row, calendar_reading.REMOVED, request.membership)
        url = notices.marked(reverse("hiring:calendar_take_back", args=[row.pk]), mark)
        notices.undo(request, _("Your calendar is removed. Its times count no more."), url)
    return redirect("hiring:my_calendar")


@member(*TEAM)
@require_POST
def take_back(request, pk):
    """Somebody else's calendar is none at all."""
    source = fetch(request, CalendarSource.objects.filter(member=request.membership), pk=pk)
    return notices.take_back(
        request,
        lambda mark: calendar_reading.take_back(source, mark, by=request.membership),
        back=reverse("hiring:my_calendar"),
    )


@member(*TEAM)
@require_POST
def feed_make(request):
    """The one answer that shows the address. Sent twice, the second makes none: the first goes on working."""
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    address = calendar_feed.renew(request.membership, seen=seen)
    if not address:
        messages.error(
            request, _("Another address was made meanwhile. That one works; make a new one if it is lost.")
        )
        return _page(request, status=409)
    webcal = f"webcal:{address.partition(':')[2]}"
    return _page(request, feed_address=address, feed_webcal=webcal)


@member(*TEAM)
@require_POST
def feed_end(request):
    if calendar_feed.end(request.membership):
        messages.success(request, _("The address works no more."))
    return redirect("hiring:my_calendar")


@by_link(calendar_feed.PURPOSE)
@require_safe
@conditional_page
def feed(request, token):
    reader = calendar_feed.reader(request.link)
    if reader is None:
        return render(request, "link_gone.html", status=404)
    return HttpResponse(calendar_feed.render(reader), content_type=KIND)
