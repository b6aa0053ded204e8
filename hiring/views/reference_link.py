"""The page of a referee, behind the link of their mail: it names the applicant and the job, nothing else of them."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from accounts import throttle
from accounts.guards import by_link
from hiring import reference_letters, written_references
from hiring.models import WrittenReference
from hiring.models.references import Reply
from hiring.referee_forms import TalkForm, WrittenForm

SENDS, SECONDS = 30, 3600


def _found(request) -> WrittenReference:
    rows = WrittenReference.objects.for_company(request.link.company_id)
    rows = rows.filter(application__erased_at=None, application__deleted_at=None)
    rows = rows.select_related("referee", "application__job__company", "sent_by")
    found = rows.filter(pk=request.link.subject_id).first()
    if found is None:
        raise Http404
    return found


@by_link(reference_letters.REFERENCE)
def page(request, token):
    written = _found(request)
    language = _language(request, written)
    with translation.override(language):
        if request.method != "POST":
            return _page(request, token, written, language)
        return _posted(request, token, written, language)


def _language(request, written) -> str:
    """What they chose, else the one the applicant applied in."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else written.language


def _posted(request, token, written, language):
    if wait := throttle.wait(request, "reference", sends=SENDS, seconds=SECONDS):
        response = render(
            request, "careers/too_many.html", {"shop": written.application.job.company}, status=429
        )
        response["Retry-After"] = str(wait)
        return response
    here = f"{reverse('hiring_links:reference', args=[token])}?lang={language}"
    if request.POST.get("website"):  # nobody sees this field; whatever fills it in is not a person
        return redirect(here)
    if request.POST.get("do") == "forget":
        written_references.forget(written.referee)
        return redirect(here)
    return _replied(request, token, written, language, here)


def _replied(request, token, written, language, here):
    forms = _forms(written, request.POST)
    kind = KINDS.get(request.POST.get("do"), Reply.WRITTEN)
    form = {Reply.WRITTEN: forms["form"], Reply.TALK: forms["talk_form"]}.get(kind)
    if form is not None and not form.is_valid():
        return _page(request, token, written, language, forms=_only(forms, form), status=422)
    try:
        written_references.reply(written, kind=kind, values=form.values() if form else {})
    except written_references.Closed as closed:
        closed.row.application = written.application
        return _page(request, token, closed.row, language, forms=forms, late=form is not None, status=409)
    return redirect(here)


KINDS = {"talk": Reply.TALK, "unknown": Reply.UNKNOWN, "refuse": Reply.REFUSED}


def _forms(written, data=None) -> dict:
    return {"form": WrittenForm(data, written=written), "talk_form": TalkForm(data, auto_id="talk_%s")}


def _only(forms, form) -> dict:
    """The faults of the form whose button was pressed; what stands in the other one is kept without any."""
    for other in forms.values():
        if other is not form:
            other.errors.clear()
    return forms


def _page(request, token, written, language, *, forms=None, late=False, status=200):
    application = written.application
    context = {
        "written": written,
        "state": written_references.state(written),
        "candidate": application.name,
        "job": application.job,
        "shop": application.job.company,
        "token": token,
        "language": language,
        "languages": settings.LANGUAGES,
        "late": late,
        "talks": bool(forms and forms["talk_form"].errors),
        **(forms or _forms(written)),
    }
    return render(request, "hiring/link_reference.html", context, status=status)
