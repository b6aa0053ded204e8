"""Recently deleted: what lies there, putting it back, and after its days deleting it for good."""

import logging

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import deleting
from accounts.guards import member
from accounts.models import Role

log = logging.getLogger(__name__)
BOSSES = (Role.OWNER, Role.MANAGER)
BATCH = 100


def kinds() -> dict[str, deleting.Kind]:
    from hiring import deleted as hiring
    from onboarding import deleted as onboarding
    from readiness import deleted as readiness

    return {kind.code: kind for app in (hiring, readiness, onboarding) for kind in app.KINDS}


def lines(membership) -> list[deleting.Line]:
    """What each app says, the newest first."""
    from hiring import deleted as hiring
    from onboarding import deleted as onboarding
    from readiness import deleted as readiness

    found = [line for app in (hiring, readiness, onboarding) for line in app.for_member(membership)]
    return sorted(found, key=lambda line: line.at, reverse=True)


@member(*BOSSES)
@require_safe
def page(request):
    return render(request, "config/deleted.html", {"lines": lines(request.membership)})


@member(*BOSSES)
@require_POST
def put_back(request, kind, pk):
    """One of the page's rows; another company's, another manager's and an unknown one are alike not there."""
    found = kinds().get(kind)
    row = found.visible_to(request.membership).filter(pk=pk).first() if found else None
    if row is None:
        raise Http404
    label = str(found.label(row))
    try:
        found.put_back(row, by=request.membership)
    except deleting.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(what)s is back.") % {"what": label})
    return redirect("deleted")


def purge() -> int:
    """Deletes for good what lay there long enough, at most BATCH of a kind; how many. One failure stops no other."""
    gone = 0
    for kind in kinds().values():
        for row in kind.overdue()[:BATCH]:
            try:
                kind.purge(row)
            except Exception:
                log.exception("%s %s could not be deleted for good", kind.code, row.pk)
            else:
                gone += 1
    return gone
