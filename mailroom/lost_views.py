"""The page behind "Lost your link?": one answer to everybody."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import throttle
from accounts.guards import public
from mailroom import lost

SENDS, SECONDS = 10, 3600


class LostForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one that the mail with the link came to."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


@public
def page(request):
    form = LostForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (wait := throttle.wait(request, "lost", sends=SENDS, seconds=SECONDS)):
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(wait)
        return response
    if form.is_bound and form.is_valid():
        lost.ask(form.cleaned_data["email"])
        return redirect("mailroom_links:lost_asked")
    return render(request, "mailroom/lost.html", {"form": form}, status=422 if form.is_bound else 200)


@public
def asked(request):
    """The same page for everybody: the address that was typed is not on it."""
    return render(request, "mailroom/lost_asked.html")
