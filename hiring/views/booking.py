"""Links to choose a time, as the shop sends them: to one person, or to everybody one wants to talk to."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import notices, typed, undoing
from accounts.guards import fetch, member
from hiring import booking, hosting, pipeline, reading_pile
from hiring.booking_forms import OfferTimesForm, SendTimesForm
from hiring.models import Booking, Job, Stage
from hiring.undo_addresses import booking_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused

SHOWN = 100
BOOKINGS = Booking.objects.select_related("application__job__company")


@member(*BOSSES)
@require_POST
def send(request, pk):
    """To one person, from their page."""
    application = person(request, pk)
    where = Stage.PHONE if request.POST.get("panel") == Stage.PHONE else Stage.INTERVIEW
    team = hosting.team(application.job)
    form = OfferTimesForm(request.POST, team=team, by=request.membership, auto_id="offer_%s")
    if form.is_valid():
        try:
            rows = booking.offer(application.job, [application], by=request.membership, **form.values())
            _say(request, application.job, rows)
            return panel(application, where)
        except pipeline.Refused as why:
            form.add_error(None, str(why))
    return refused(request, application, panel=where.value, booking_form=form)


def _say(request, job, rows):
    n = len(rows)
    said = ngettext(
        "The link leaves for %(n)s person in ten minutes.",
        "The link leaves for %(n)s people in ten minutes.",
        n,
    )
    address = reverse("hiring:bookings_take_back", args=[job.pk])
    notices.undo(request, said % {"n": n}, notices.marked(address, rows[0].batch))


@member(*BOSSES)
def calls(request, pk):
    """Everybody to talk to: a link to choose a time for those ticked; number and address for the others."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    people = _people(job)
    given = {"team": hosting.team(job), "by": request.membership, "people": people}
    if request.method != "POST":
        form = SendTimesForm(initial={"kind": "phone", "minutes": 20}, **given)
        return _calls(request, job, people, form)
    form = SendTimesForm(request.POST, **given)
    if not form.is_valid():
        return _calls(request, job, people, form, status=422)
    try:
        rows = booking.offer(job, form.chosen, by=request.membership, **form.values())
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _calls(request, job, people, form, status=409)
    _say(request, job, rows)
    return redirect("hiring:read_calls", job.pk)


def _calls(request, job, people, form, status=200):
    context = {"job": job, "people": people, "form": form}
    return render(request, "hiring/read_calls.html", context, status=status)


def _people(job) -> list:
    """Each with the link they have, and the time they chose. Two queries."""
    people = list(reading_pile.to_talk_to(job).select_related("next_step_who")[:SHOWN])
    links = Booking.objects.filter(application__in=people).standing().select_related("interview")
    newest = {link.application_id: link for link in links.order_by("pk")}
    for row in people:
        row.job, row.link = job, newest.get(row.pk)
        row.booked = row.link.booked if row.link else None
    return people


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    """Of all that were sent together; back to the one person it went to, or to all of them."""
    job = fetch(request, Job, pk=pk)
    batch = typed.text(request.GET, "mark", 16)
    people = Booking.objects.filter(application__job=job, batch=batch).values_list("application", flat=True)
    one = list(people[:2])
    back = reverse("hiring:candidate", args=one) if len(one) == 1 else reverse("hiring:read_calls", args=[pk])
    return notices.take_back(
        request, lambda mark: booking.take_back(job, mark, by=request.membership), back=back
    )


@member(*BOSSES)
@require_POST
def end(request, pk):
    """Takes the link away."""
    row = booking.end(fetch(request, BOOKINGS, pk=pk), by=request.membership)
    mark = undoing.offered(row, "ended", request.membership)
    notices.undo(request, _("The link opens nothing any more."), booking_address(row, mark))
    return redirect("hiring:candidate", row.application_id)


@member(*BOSSES)
@require_POST
def put_back(request, pk):
    row = fetch(request, BOOKINGS, pk=pk)
    return notices.take_back(
        request,
        lambda mark: booking.unend(row, mark, by=request.membership),
        back=reverse("hiring:candidate", args=[row.application_id]),
    )
