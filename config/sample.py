"""One button takes the sample shops away."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.guards import member
from accounts.models import Role
from config.demo import removal


@member(Role.OWNER)
@require_POST
def remove(request):
    if not request.company.is_demo:
        raise Http404
    removal.remove()
    logout(request)
    messages.success(request, _("The sample shop is gone. Everything is ready for yours."))
    return redirect("home")
