"""The calendar we write for a member: the page where its address is made, and the calendar itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts import feed
from accounts.guards import by_link, member

KIND = "text/calendar; charset=utf-8"


@member()
@require_safe
def page(request):
    return _page(request)


def _page(request, *, address="", status=200):
    context = {
        "feed": feed.living(request.membership),
        "feed_address": address,
        "feed_webcal": f"webcal:{address.partition(':')[2]}" if address else "",
    }
    return render(request, "accounts/calendar.html", context, status=status)


@member()
@require_POST
def make(request):
    """The one answer that shows the address. Sent twice, the second makes none: the first goes on working."""
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    address = feed.renew(request.membership, seen=seen)
    if not address:
        messages.error(
            request, _("Another address was made meanwhile. That one works; make a new one if it is lost.")
        )
        return _page(request, status=409)
    return _page(request, address=address)


@member()
@require_POST
def end(request):
    if feed.end(request.membership):
        messages.success(request, _("The address works no more."))
    return redirect("accounts:feed")


@by_link(feed.PURPOSE)
@require_safe
@conditional_page
def calendar(request, token):
    reader = feed.reader(request.link)
    if reader is None:
        return render(request, "link_gone.html", status=404)
    return HttpResponse(feed.render(reader), content_type=KIND)
