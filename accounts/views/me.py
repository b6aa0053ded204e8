"""A person's own account, and which of their companies they are in."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from accounts import places, sessions, signup, team
from accounts.forms import PlaceForm, ProfileForm, ShopForm
from accounts.guards import member, public, signed_in


@signed_in
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        for place in request.memberships:
            place.name = user.name
            place.save(update_fields=["name"])
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "factors": _factors(request.user),
        "sign_ins": sessions.signed_in(request, request.user),
    }
    return render(request, "accounts/profile.html", context)


def _factors(user) -> int:
    """How many second factors a person has, not counting the codes on paper."""
    return user.authenticator_set.exclude(type="recovery_codes").count()


@signed_in
@require_POST
def end_sessions(request):
    sessions.end_others(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:profile")


@signed_in
@require_POST
def end_session(request):
    """Signs one browser out. Ending this one's own is what Sign out is for."""
    handle = request.POST.get("handle", "")
    here = [one.handle for one in sessions.signed_in(request, request.user) if one.is_here]
    if handle not in here and sessions.end_one(request.user, handle):
        messages.success(request, _("That one is signed out."))
    else:
        messages.info(request, _("That one was signed out already."))
    return redirect("accounts:profile")


@signed_in
def switch(request):
    if request.method == "POST":
        chosen = [
            place for place in request.memberships if str(place.company_id) == request.POST.get("company")
        ]
        if not chosen:
            raise Http404
        request.session["company"] = chosen[0].company_id
        request.session.cycle_key()
        return redirect("home")
    return render(request, "accounts/switch.html", {"memberships": request.memberships})


@member()
@require_POST
def leave(request):
    """Out of the current company, by oneself; the password is asked for again."""
    return _leave(request)


@reauthentication_required
def _leave(request):
    try:
        team.leave(request.membership)
    except team.Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:profile")
    logout(request)
    messages.success(request, _("You have left. Whatever else you belong to opens when you sign in again."))
    return redirect("home")


@signed_in
def no_company(request):
    """Where somebody lands whose last membership ended: they may found a shop where that is open."""
    if request.membership is not None:
        return redirect("home")
    if not signup.is_open():
        return render(request, "accounts/no_company.html", {"form": None})
    form = ShopForm(request.POST or None, initial=places.guess(request))
    if request.method == "POST" and form.is_valid():
        form.found(user=request.user, request=request)
        return redirect("home")
    return render(request, "accounts/no_company.html", {"form": form})


@public
@require_safe
def place(request):
    """The guessed line of the sign-up form again, now that the browser has told its time zone."""
    guess = places.guess(request, request.GET.get("zone", ""))
    return render(request, "accounts/_place.html", {"form": PlaceForm(initial=guess)})


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
