"""When I am free: one's own hours, from which applicants choose."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import member
from hiring import free_hours
from hiring.free_hours_forms import FreeHoursForm
from hiring.views.candidate import READERS


@member(*READERS)
def page(request):
    row = free_hours.row_of(request.membership)
    form = FreeHoursForm(request.POST if request.method == "POST" else None, row=row)
    if not form.is_bound or not form.is_valid():
        return _page(request, row, form, 422 if form.errors else 200)
    try:
        kept = free_hours.keep(request.membership, values=form.values(), seen=form.cleaned_data["seen"])
    except conflicts.Changed as now:
        theirs = [FreeHoursForm(row=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    address = reverse("hiring:free_hours_take_back")
    mark = undoing.offered(kept, "hours", request.membership)
    notices.undo(request, _("Kept. What was booked stays as it is."), notices.marked(address, mark))
    return redirect("hiring:free_hours")


def _page(request, row, form, status):
    context = {"form": form, "is_standard": row.pk is None}
    return render(request, "hiring/free_hours.html", context, status=status)


@member(*READERS)
@require_POST
def take_back(request):
    return notices.take_back(
        request,
        lambda mark: free_hours.take_back(request.membership, mark),
        back=reverse("hiring:free_hours"),
    )
