from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from accounts.guards import member, public, signed_in
from accounts.models import Membership, Role


@member(Role.OWNER, Role.MANAGER)
def team(request):
    members = Membership.objects.for_company(request.company).active().order_by("name", "pk")
    return render(request, "accounts/team.html", {"members": members})


@member(Role.OWNER)
def trail(request):
    return render(request, "accounts/trail.html")


@signed_in
def no_company(request):
    return render(request, "accounts/no_company.html")


@public
@require_POST
def set_language(request):
    """Keeps the choice with the person as well as in the browser."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
        translation.activate(language)
    return django_set_language(request)
