"""Work samples, as the shop sees them: whom they go to, their words, and rating them without names."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import masking, pipeline, sample_counts, sample_panel, samples, samples_rating, samples_sending
from hiring.models import Job, WorkSample
from hiring.sample_forms import RatingForm, SendForm, TextForm, as_own
from hiring.views.candidate import READERS
from hiring.views.moves import BOSSES
from hiring.views.reading import number

MOST = 200  # people a page can offer to send to, and samples it lists
SAMPLES = WorkSample.objects.select_related("application__job__company", "job__company", "sent_by")


def _job(request, pk) -> Job:
    return fetch(request, Job.objects.select_related("company"), pk=pk)


# -- sending


@member(*BOSSES)
def index(request, pk):
    """Whom it would go to, word for word what they would get, and every sample of the job by its number."""
    job = _job(request, pk)
    people = list(samples_sending.may_get(job)[:MOST])
    for row in people:
        row.job = job
    if request.method == "POST":
        return _send(request, job, SendForm(request.POST, people=people))
    who = number(request, "who")
    return _index(request, job, SendForm(people=people, chosen={who} if who else None))


def _index(request, job, form, status=200):
    text = samples_sending.text_of(job)
    rows = WorkSample.objects.filter(job=job).for_company(job.company).standing()
    found = list(
        rows.select_related("application").defer("texts", "answer_1", "answer_2").order_by("-number")[:MOST]
    )
    to_rate = set(WorkSample.objects.filter(job=job).to_rate(request.membership).values_list("pk", flat=True))
    context = {
        "job": job,
        "form": form,
        "texts": samples_sending.texts(text, job.language),
        "text_name": samples.BY_KEY[text.key].name if text.key in samples.BY_KEY else _("Our own words"),
        "minutes": samples.MINUTES,
        "rows": found,
        "to_rate": to_rate,
        "next": next((row for row in reversed(found) if row.pk in to_rate), None),
    }
    return render(request, "hiring/samples.html", context, status=status)


def _send(request, job, form):
    if not form.is_valid():
        return _index(request, job, form, status=422)
    try:
        sent = samples_sending.send(
            job, form.chosen, by=request.membership, days=form.cleaned_data["days"], relaxed=form.at_ease
        )
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _index(request, job, form, status=409)
    n = len(sent)
    said = ngettext(
        "The sample leaves for %(n)s person in ten minutes.",
        "The sample leaves for %(n)s people in ten minutes.",
        n,
    )
    undo = notices.marked(reverse("hiring:samples_take_back", args=[job.pk]), sent[0].batch)
    notices.undo(request, said % {"n": n}, undo)
    return redirect("hiring:samples", job.pk)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    job = _job(request, pk)
    return notices.take_back(
        request,
        lambda batch: samples_sending.take_back(job, batch, by=request.membership),
        back=reverse("hiring:samples", args=[pk]),
    )


# -- the words


@member(*BOSSES)
def text(request, pk):
    """Which of ours, or the shop's own. `?from=tea` puts one of ours into the fields to begin with."""
    job = _job(request, pk)
    row = samples_sending.text_of(job)
    if request.method != "POST":
        start = request.GET.get("from", "")
        initial = as_own(start, job.language) if start in samples.BY_KEY else {}
        return _text_page(request, job, TextForm(instance=row, initial=initial))
    form = TextForm(request.POST, instance=row)
    if not form.is_valid():
        return _text_page(request, job, form, status=422)
    try:
        kept = samples_sending.keep_text(
            job, by=request.membership, values=form.values(), seen=form.cleaned_data["seen"]
        )
    except conflicts.Changed as now:
        theirs = [TextForm(instance=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    mark = undoing.offered(kept, "text", request.membership)
    said = _("Kept. What was sent already stays as it was.")
    notices.undo(request, said, notices.marked(reverse("hiring:sample_text_take_back", args=[job.pk]), mark))
    return redirect("hiring:samples", job.pk)


def _text_page(request, job, form, status=200):
    sets = [{"key": row.key, "name": row.name} | samples.texts(row.key, job.language) for row in samples.SETS]
    return render(request, "hiring/sample_text.html", {"job": job, "form": form, "sets": sets}, status=status)


@member(*BOSSES)
@require_POST
def text_take_back(request, pk):
    job = _job(request, pk)
    return notices.take_back(
        request,
        lambda mark: samples_sending.take_back_text(job, mark, by=request.membership),
        back=reverse("hiring:sample_text", args=[pk]),
    )


# -- one sample


@member(*READERS)
def sample(request, pk):
    """The rating page: answers without the name, one's own draft, and others' once one's own is in."""
    row = fetch(request, SAMPLES, pk=pk)
    if request.method != "POST":
        return _rating_page(request, row)
    form = RatingForm(request.POST, sample=row)
    submit = "submit" in request.POST
    if not form.is_valid():
        return _rating_page(request, row, form, status=422)
    try:
        rating = samples_rating.save(row, by=request.membership, values=form.values(), submit=submit)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _rating_page(request, row, form, status=422)
    _say_kept(request, row, rating, submit)
    return redirect("hiring:sample", row.pk)


def _say_kept(request, row, rating, submit):
    if submit:
        messages.success(
            request, _("Your rating is in and stays as it is. A correction becomes a second version.")
        )
        return
    mark = undoing.offered(rating, "rating", request.membership)
    undo = notices.marked(reverse("hiring:sample_take_back", args=[row.pk]), mark)
    notices.undo(request, _("Draft kept. Only you see it."), undo)


def _rating_page(request, row, form=None, status=200):
    mine = samples_rating.mine(row, request.membership) if row.finished_at else None
    ratings = samples_rating.opened(row, request.membership) if row.finished_at else []
    form = form or RatingForm(sample=row, rating=mine)
    context = {
        "sample": row,
        "job": row.job,
        "boss": request.membership.is_boss,
        "mine": mine,
        "form": form,
        "pairs": _pairs(row, form),
        "ratings": ratings,
        "means": sample_panel.lines(ratings),
        "after": sample_panel.after(row),
        "next": _next(request, row),
        "undo": notices.marked(
            reverse("hiring:sample_take_back", args=[row.pk]),
            undoing.offered(row, "cancelled", request.membership),
        ),
    }
    return render(request, "hiring/sample.html", context, status=status)


def _pairs(row, form) -> list[dict]:
    """Each customer's message with the answer, its facts, and the questions for the rater to tick."""
    if not row.finished_at:
        return []
    return [
        {
            "message": message,
            "answer": masking.mask(answer, name=row.application.name),
            "words": sample_counts.words(answer),
            "links": sample_counts.links(answer),
            "points": points,
        }
        for message, answer, points in zip(row.texts["messages"], row.answers, form.points, strict=True)
    ]


def _next(request, row):
    """The next one this member has not rated, in the order of numbers, then from the start."""
    rows = (
        WorkSample.objects.for_company(request.company).filter(job=row.job_id).visible_to(request.membership)
    )
    left = list(rows.to_rate(request.membership).exclude(pk=row.pk).only("pk", "number")[:MOST])
    return next((other for other in left if other.number > row.number), left[0] if left else None)


@member(*READERS)
@require_POST
def sample_take_back(request, pk):
    """One's own draft of a rating, or the calling off of the sample."""
    row = fetch(request, SAMPLES, pk=pk)

    def act(mark):
        if mark.startswith("cancelled-") and request.membership.is_boss:
            return samples_sending.uncancel(row, mark, by=request.membership)
        return samples_rating.take_back(row, mark, by=request.membership)

    return notices.take_back(request, act, back=reverse("hiring:sample", args=[pk]))


@member(*BOSSES)
@require_POST
def cancel(request, pk):
    row = fetch(request, SAMPLES, pk=pk)
    try:
        row = samples_sending.cancel(row, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        mark = undoing.offered(row, "cancelled", request.membership)
        undo = notices.marked(reverse("hiring:sample_take_back", args=[pk]), mark)
        notices.undo(request, _("Called off. Their page says that the sample is not needed any more."), undo)
    return redirect("hiring:samples", row.job_id)


@member(*BOSSES)
@require_POST
def more(request, pk):
    row = fetch(request, SAMPLES, pk=pk)
    try:
        samples_sending.give_time(row, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, _("They have a week from today. A mail with the new day leaves in ten minutes.")
        )
    return redirect("hiring:sample", pk)
