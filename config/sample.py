"""One button takes the sample shops away."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.guards import member
from accounts.models import Company, Role
from config.demo import removal


def may_remove(request) -> bool:
    """An owner of the sample shop, and the owner of a real one on the same computer."""
    if request.membership.role != Role.OWNER:
        return False
    if request.company.is_demo:
        return True
    return settings.DEMO_ALLOWED and Company.objects.filter(is_demo=True).exists()


@member(Role.OWNER)
@require_POST
def remove(request):
    if not may_remove(request):
        raise Http404
    from_inside = request.company.is_demo
    removal.remove()
    if from_inside:
        logout(request)
        messages.success(request, _("The sample shop is gone. Everything is ready for yours."))
        return redirect("home")
    messages.success(request, _("The sample shop is gone."))
    return redirect("go_live")
