"""The work sample as the applicant sees it, behind the link of their mail. Reading changes nothing."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation

from accounts import conflicts
from accounts.guards import by_link
from hiring import samples, samples_sending
from hiring.models import WorkSample
from hiring.sample_forms import AnswerForm
from hiring.views.status import told


def sample_of(request) -> WorkSample:
    rows = WorkSample.objects.for_company(request.link.company_id).filter(application__erased_at=None)
    found = rows.select_related("application__job__company", "job__company", "sent_by")
    row = found.filter(pk=request.link.subject_id).first()
    if row is None:  # taken back, or a person who was deleted or erased
        raise Http404
    return row


@by_link("sample")
def page(request, token):
    sample = sample_of(request)
    with translation.override(sample.application.language):
        if request.method != "POST":
            return _page(request, token, sample)
        return _posted(request, token, sample)


def _posted(request, token, sample):
    do = request.POST.get("do", "save")
    if _over(sample):
        return _page(request, token, sample, status=409)
    try:
        if do == "begin":
            samples_sending.begin(sample)
            return redirect("hiring_links:sample", token)
        return _written(request, token, sample, do)
    except samples_sending.Closed as closed:
        closed.sample.application = sample.application
        return _page(request, token, closed.sample, form=_typed(request, sample), late=True, status=409)


def _typed(request, sample):
    form = AnswerForm(request.POST, sample=sample)
    form.is_valid()
    return form


def _written(request, token, sample, do):
    form = AnswerForm(request.POST, sample=sample)
    if not form.is_valid():
        return _page(request, token, sample, form=form, status=422)
    sends = do in {"send", "anyway"}
    if sends and form.empty == 2:
        form.add_error(
            "answer_1", translation.gettext("Write to at least one of the two before you send it.")
        )
        return _page(request, token, sample, form=form, status=422)
    try:
        return _kept(request, token, sample, form, sends=sends and (not form.empty or do == "anyway"))
    except conflicts.Changed as now:
        now.row.application = sample.application
        form.data = form.data.copy()
        form.data["seen"] = now.row.revision
        return _page(request, token, now.row, form=form, changed=now.row, status=409)


def _kept(request, token, sample, form, *, sends):
    """Sent, or kept; when an answer is empty, kept first and asked once whether it is to go like that."""
    verb = samples_sending.finish if sends else samples_sending.save
    verb(sample, answers=form.answers, seen=form.cleaned_data["seen"])
    asked = request.POST.get("do") == "send" and not sends
    address = redirect("hiring_links:sample", token)
    address["Location"] += "?half=1#send" if asked else "" if sends else "?kept=1#send"
    return address


def _page(request, token, sample, *, form=None, changed=None, late=False, status=200):
    context = {
        "sample": sample,
        "job": sample.job,
        "shop": sample.job.company,
        "token": token,
        "minutes": samples.MINUTES,
        "state": _state(sample),
        "form": form or AnswerForm(sample=sample),
        "pairs": list(zip(sample.texts["messages"], sample.answers, strict=True)),
        "half": "half" in request.GET and sample.is_open,
        "kept": "kept" in request.GET and sample.is_open,
        "changed": changed,
        "late": late,
    }
    return render(request, "hiring/link_sample.html", context, status=status)


def _over(sample) -> str:
    """Whether the application has ended, as far as the applicant has heard: a refusal that waits is not told here."""
    now = told(sample.application)
    return {"withdrawn": "withdrawn", "refused": "over", "hired": "over"}.get(now, "")


def _state(sample) -> str:
    """sent, withdrawn, over, cancelled, expired, new or begun."""
    if sample.finished_at:
        return "sent"
    if over := _over(sample) or (sample.cancelled_at and "cancelled"):
        return over
    if sample.has_expired:
        return "expired"
    return "begun" if sample.started_at else "new"
