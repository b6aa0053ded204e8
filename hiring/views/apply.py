"""The application form. Whoever is signed in gets the same form and the same answers as everybody."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from accounts import throttle
from accounts.guards import public
from hiring import applying, questions, wording
from hiring.apply_forms import ApplicationForm, new_key
from hiring.pipeline import NotOpen
from hiring.views import via
from hiring.views.careers import closed, published
from vault import files

# Sends of the form by one address in an hour: a family or a library behind one line fits in, a script does not.
SENDS, SECONDS = 30, 3600


@public
def apply(request, company, job):
    found = published(company, job)
    with translation.override(found.language):
        if request.method == "POST":
            return _posted(request, found)
        if not found.takes_applications:
            return closed(request, found)
        return _page(request, found, _form(found, initial=_from_link(request)))


def _from_link(request) -> dict:
    return {"key": new_key(), "via": via.first(request), "test": request.GET.get("test", "")}


def _form(job, *args, **kwargs):
    return ApplicationForm(*args, job=job, questions=questions.asked(job), **kwargs)


def _page(request, job, form, *, left_out=(), status=200):
    context = {
        "job": job,
        "shop": job.company,
        "form": form,
        "facts": wording.facts(job),
        "left_out": left_out,
        "left": len(left_out),
    }
    return render(request, "careers/apply.html", context, status=status)


def _posted(request, job):
    if wait := too_often(request):
        return too_many(request, job, wait)
    if request.POST.get("website"):
        return _thanks_address(job)
    form = _form(job, request.POST, request.FILES)
    valid = form.is_valid()
    left_out = form.left_out() if valid and request.POST.get("do") != "anyway" else ()
    if job.takes_applications and valid and not left_out:
        return _receive(request, job, form)  # which knows a form that was sent before
    if before := applying.already(job, request.POST.get("key", "")):
        return _thanks(job, form, before)
    return (
        _again(request, job, form, left_out) if job.takes_applications else closed(request, job, _kept(form))
    )


def too_many(request, job, wait):
    response = render(request, "careers/too_many.html", {"shop": job.company}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _again(request, job, form, left_out=()):
    """The page once more with everything on it, the upload included."""
    files.keep_drafts(form, company_id=job.company_id)
    if not form.data.get("key"):
        form.data["key"] = new_key()
    return _page(request, job, form, left_out=left_out, status=200 if left_out else 422)


def _receive(request, job, form):
    data = form.cleaned_data
    try:
        application = applying.apply(
            job,
            person=form.person,
            answers=form.answers,
            key=data["key"],
            cv=data["cv"],
            letter=data["letter"],
            keep_longer=data["keep_longer"],
            via=data["via"],
            is_test=form.is_test,
        )
    except NotOpen:
        return closed(request, job, _kept(form))
    except applying.NotKept as refused:
        form.add_error(refused.field, str(refused))
        application = applying.already(job, data["key"])
        if application is None:  # else the same form, sent twice at once, took the upload first
            return _again(request, job, form)
    return _thanks(job, form, application)


def _thanks(job, form, application):
    """After the back button, or from a copy of the tab, a form may say something else: that did not arrive."""
    if form.says_else(application):
        return redirect(f"{reverse('careers:thanks', args=[job.company.slug, job.slug])}?again=1")
    return _thanks_address(job)


def _kept(form) -> list[tuple[str, str]]:
    """What somebody wrote, to copy, when the job closed meanwhile."""
    fields = [form["cover_letter"], form["cv_text"]]
    return [(field.label, field.value()) for field in fields if field.value()] + form.typed_answers()


def _thanks_address(job):
    return redirect("careers:thanks", job.company.slug, job.slug)


@public
def thanks(request, company, job):
    found = published(company, job)
    with translation.override(found.language):
        context = {"job": found, "shop": found.company, "again": "again" in request.GET}
        return render(request, "careers/thanks.html", context)


def too_often(request) -> int:
    """Counts this send; the seconds to wait when the address has used up its hour, else 0."""
    return throttle.wait(request, "apply", sends=SENDS, seconds=SECONDS)
