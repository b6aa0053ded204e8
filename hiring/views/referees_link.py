"""Where an applicant says whom we may ask about them, behind their link. Reading changes nothing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import conflicts
from accounts.guards import by_link
from hiring import consents, referees_asked, reference_letters
from hiring.models import RefereesAsked
from hiring.models.consents import Purpose
from hiring.referee_forms import NamedForms
from hiring.views.status import find, told

OVER = {"withdrawn", "refused", "hired"}


@by_link(reference_letters.REFEREES)
def page(request, token):
    application = find(request)
    if not RefereesAsked.objects.filter(application=application).exists():  # taken back
        raise Http404
    with translation.override(application.language):
        if request.method == "POST":
            return _posted(request, token, application)
        return _page(request, token, application)


def _posted(request, token, application):
    forms = NamedForms(application, request.POST)
    if not forms.is_valid():
        return _page(request, token, application, forms=forms, status=422)
    if forms.says_nothing:
        return _page(request, token, application, forms=forms, nobody=True, status=422)
    try:
        referees_asked.keep(application, forms.rows, seen=forms.seen)
    except referees_asked.Over:
        return _page(request, token, application, status=409)
    except conflicts.Changed as now:
        forms.seen = now.row.revision
        return _page(request, token, application, forms=forms, changed=True, status=409)
    messages.success(request, _("Thank you. It is kept; you can correct it here until we have asked."))
    return redirect("hiring_links:referees", token)


def _page(request, token, application, *, forms=None, nobody=False, changed=False, status=200):
    context = {
        "application": application,
        "job": application.job,
        "shop": application.job.company,
        "token": token,
        "over": told(application) in OVER or not application.is_active,
        "forms": forms or NamedForms(application),
        "consent": consents.TEXTS[Purpose.REFEREES],
        "nobody": nobody,
        "changed": changed,
        "there": referees_asked.shown(application) if changed else [],
    }
    return render(request, "hiring/link_referees.html", context, status=status)
