"""Everything an owner can set, on one page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.guards import member
from accounts.models import Membership, Role
from config import golive
from mailroom.models import Mail


@member(Role.OWNER)
@require_safe
def page(request):
    found = golive.checks(request.company)
    context = {
        "done": sum(check.state == golive.OK for check in found),
        "total": len(found),
        "team": Membership.objects.for_company(request.company).active().count(),
        "lost": Mail.objects.for_company(request.company).parked().count(),
    }
    return render(request, "config/settings.html", context)
