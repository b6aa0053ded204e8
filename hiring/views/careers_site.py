"""What stands above the shop's open jobs, and the switch of the feed for job search engines."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guards import member
from accounts.models import Role
from hiring import careers_site


class AboutForm(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("About your shop"),
        help_text=gettext_lazy(
            "Who you are, what you sell, how you work. While it is empty, your newest advert speaks."
        ),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@member(Role.OWNER)
def page(request):
    row = careers_site.of(request.company)
    if request.method != "POST":
        return _page(request, AboutForm(initial={"about": row.about}))
    if request.POST.get("do") in {"on", "off"}:
        return _switch(request, on=request.POST["do"] == "on")
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    careers_site.save(request.company, by=request.membership, about=form.cleaned_data["about"])
    messages.success(request, _("Saved."))
    return redirect("hiring:careers_site")


def _page(request, form, status=200):
    context = {"form": form, "feed": careers_site.feed(request.company)}
    return render(request, "hiring/careers_site.html", context, status=status)


def _switch(request, *, on):
    careers_site.save(request.company, by=request.membership, jobs_feed=on)
    said = (
        _("On. Search engines for jobs may fetch your open jobs.") if on else _("Off. The address is gone.")
    )
    messages.success(request, said)
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "hiring:careers_site")
