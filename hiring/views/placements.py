"""Where to post: the advert's address, a ready text for every place, and what each place brought."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import listed, notices, undoing
from accounts.guards import fetch, member
from hiring import careers_site, channels, placements, requirements, wording
from hiring.models import Job, Placement
from hiring.placement_forms import PlacementForm
from hiring.undo_addresses import job_address
from hiring.views.jobs import BOSSES, links_of


@member(*BOSSES)
def live(request, pk):
    job = fetch(request, Job.objects.select_related("company__careers_site"), pk=pk)
    if job.first_opened_at is None:
        return redirect("hiring:job_edit", job.pk)
    return _page(request, job)


def _page(request, job, *, data=None, status=200):
    """`data` is what was typed into the form of one place, when it cannot be kept."""
    lines, brought = channels.lines(job)
    rows = [_row(request, job, line, data) for line in lines]
    with translation.override(job.language):
        advert = wording.advert(job, requirements.listed(job))
    context = {
        "job": job,
        "advert": advert,
        "advert_language": job.language,
        "undo": job_address(job, undoing.offered(job, "publish", request.membership)),
        "rows": rows,
        "advice": _advice(job, rows),
        "brought": brought,
        "feed": careers_site.feed(job.company),
        "feed_is_open": request.GET.get("at") == placements.FEED,
        "feed_back": _address(job, placements.FEED),
        **links_of(job),
    }
    return render(request, "hiring/job_live.html", context, status=status)


def _row(request, job, line, data) -> dict:
    form = PlacementForm(data, code=line.code, entry=line.entry, currency=job.company.currency)
    posted = [_posted(request, each, data) for each in line.posted]
    return {
        "line": line,
        "form": form,
        "posted": posted,
        "is_open": form.is_bound
        or request.GET.get("at") == line.code
        or any(p["form"].is_bound for p in posted),
    }


def _posted(request, posted, data) -> dict:
    row = posted.row
    marks = (undoing.offered(row, what, request.membership) for what in ("down", "changed", "posted"))
    mark = next(filter(None, marks), "")
    form = PlacementForm(data, code=f"row{row.pk}", row=row)
    return {"posted": posted, "form": form, "undo": _undo_address(row, mark)}


def _advice(job, rows) -> str:
    up = {row["line"].code for row in rows if row["posted"]}
    return channels.advice(channels.sources(job), up) if job.is_open else ""


def _undo_address(row, mark) -> str:
    return notices.marked(reverse("hiring:placement_take_back", args=[row.pk]), mark)


def _said(request, row, what, words):
    """Says it with its Undo, and goes back to the place on the page."""
    notices.undo(request, words, _undo_address(row, undoing.offered(row, what, request.membership)))
    return redirect(_place(row))


def _place(row) -> str:
    return _address(row.job, row.channel)


def _address(job, channel) -> str:
    """The page, open at this place."""
    here = reverse("hiring:job_live", args=[job.pk])
    return f"{here}?{urlencode({'at': channel})}#place-{channel}"


@member(*BOSSES)
@require_POST
def post(request, pk, place):
    """ "I posted it": the place is one of the shop's list."""
    job = fetch(request, Job.objects.select_related("company").exclude(first_opened_at=None), pk=pk)
    entries = {listed.code(entry): entry for entry in listed.entries(job.company, listed.CHANNEL)}
    if place not in entries:
        raise Http404
    form = PlacementForm(request.POST, code=place, entry=entries[place])
    if not form.is_valid():
        return _page(request, job, data=request.POST, status=422)
    row = placements.post(job, place, values=form.values, by=request.membership)
    return _said(request, row, "posted", _("Noted. What this place brings is counted from now on."))


@member(*BOSSES)
@require_POST
def change(request, pk):
    row = _fetch(request, pk)
    form = PlacementForm(request.POST, code=f"row{pk}", row=row)
    if not form.is_valid():
        return _page(request, row.job, data=request.POST, status=422)
    row = placements.change(row, values=form.values, by=request.membership)
    return _said(request, row, "changed", _("Saved."))


@member(*BOSSES)
@require_POST
def take_down(request, pk):
    row = placements.take_down(_fetch(request, pk), by=request.membership)
    return _said(request, row, "down", _("Noted: it is taken down there. What it brought stays counted."))


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    row = fetch(request, _rows(request), pk=pk)
    return notices.take_back(
        request, lambda mark: placements.take_back(row, mark, by=request.membership), back=_place(row)
    )


def _fetch(request, pk) -> Placement:
    return fetch(request, _rows(request).exclude(posted_on=None), pk=pk)


def _rows(request):
    rows = Placement.objects.for_company(request.company).filter(job__deleted_at=None)
    return rows.select_related("job__company")
