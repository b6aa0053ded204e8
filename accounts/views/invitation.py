"""The page behind the link of an invitation. Opening it changes nothing; only [Come in] does."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from accounts import invitations
from accounts.forms import ComeInForm
from accounts.guards import by_link, signed_in
from accounts.models import User
from vault.models import Link

KEPT = "invitation"


@by_link(invitations.PURPOSE)
def invitation(request, token):
    place = invitations.waiting(request.link)
    if place is None:
        return _gone(request)
    if request.method == "POST" and "sign_out" in request.POST:
        return _sign_out(request)
    if request.user.is_authenticated:
        return _come_in(request, request.link, place)
    if User.objects.filter(email__iexact=place.email).exists():
        return _known(request, place)
    return _stranger(request, place)


def _stranger(request, place):
    """No account yet: one password, and in."""
    form = ComeInForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            place = invitations.accept_as_new(
                request.link, **form.cleaned_data, language=translation.get_language() or ""
            )
        except invitations.Gone:
            return _gone(request)
        get_adapter(request).login(request, place.user)
        return _inside(request, place)
    return _page(request, place, form=form)


def _known(request, place):
    """An account with this address exists: it signs in first, second factor and all, and comes back to come_in."""
    if request.method == "POST":
        request.session[KEPT] = request.link.pk
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('accounts:come_in')})}")
    return _page(request, place, state="known")


@signed_in
def come_in(request):
    """The invitation somebody went to sign in for. Its number waits in their session, never in an address."""
    link = Link.objects.filter(pk=request.session.get(KEPT), purpose=invitations.PURPOSE).first()
    place = invitations.waiting(link) if link and link.is_alive else None
    if place is None:
        return _gone(request)
    return _come_in(request, link, place)


def _come_in(request, link, place):
    if request.user.email.lower() != place.email.lower():
        return _page(request, place, state="other")
    if request.company is not None and place.company_id in {own.company_id for own in request.memberships}:
        return redirect("home")
    if request.method == "POST":
        try:
            place = invitations.accept(link, user=request.user)
        except invitations.Gone:
            return _gone(request)
        return _inside(request, place)
    return _page(request, place, state="ready")


def _inside(request, place):
    request.session.pop(KEPT, None)
    request.session["company"] = place.company_id
    return redirect("home")


def _sign_out(request):
    logout(request)
    response = redirect(request.path)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _page(request, place, *, state="new", form=None):
    return render(request, "accounts/invitation.html", {"place": place, "state": state, "form": form})


def _gone(request):
    return render(request, "link_gone.html", status=404)
