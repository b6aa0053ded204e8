"""A member's own calendar, which we read; the one we write stands below it (accounts.feed)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import feed, notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import calendar_reading
from hiring.calendar_forms import AddressForm
from hiring.models import BusyTime, CalendarSource

TEAM = (Role.OWNER, Role.MANAGER, Role.INTERVIEWER)


@member(*TEAM)
def page(request):
    """GET shows how it stands; POST gives the address of a calendar, in place of another."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        calendar_reading.connect(request.membership, form.cleaned_data["address"])
        messages.success(request, _("Your calendar is being read. From now on that happens by itself."))
        return redirect("hiring:my_calendar")
    return _page(request, form=form, status=422 if form.errors else 200)


def _page(request, *, form, status=200):
    source = calendar_reading.of(request.membership)
    context = {
        "source": source,
        "error": calendar_reading.sentence(source.error) if source else "",
        "taken": BusyTime.objects.filter(source=source).count() if source else 0,
        "form": form,
        "feed": feed.living(request.membership),
    }
    return render(request, "hiring/my_calendar.html", context, status=status)


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
