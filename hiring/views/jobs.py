"""A job from "Start hiring" to the advert on the air."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.addresses import absolute
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import adverts, hand_off, questions, requirements, rows, word_advice, wording
from hiring.job_forms import Changed, Editor, PayForm
from hiring.models import Job, JobStatus, JobTemplate, Question, Requirement
from hiring.undo_addresses import job_address
from readiness import result
from vault import folding

BOSSES = (Role.OWNER, Role.MANAGER)
OFFERED = 5  # templates, and earlier jobs, to begin from


@member(*BOSSES)
def start(request):
    """A job already written from what the check said, from a template, or from an earlier one."""
    answer = result.latest(request.company)
    if request.method == "POST":
        job = adverts.draft(
            company=request.company,
            by=request.membership,
            hours=answer.hours if answer else None,
            assessment=str(answer.pk) if answer else "",
        )
        return redirect("hiring:job_edit", job.pk)
    jobs = Job.objects.for_company(request.company).visible_to(request.membership)
    earlier = list(jobs.order_by("-pk")[: OFFERED + 1])
    templates = JobTemplate.objects.for_company(request.company).defer("content").order_by("name", "pk")
    context = {
        "answer": answer,
        "draft": next((job for job in earlier if job.status == JobStatus.DRAFT), None),
        "earlier": earlier[:OFFERED],
        "templates": list(templates[:OFFERED]),
        "learned": hand_off.learned(request.company),
    }
    return render(request, "hiring/job_start.html", context)


# -- the editor


@member(*BOSSES)
def edit(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return _editor_page(request, Editor(job))
    editor = Editor(job, request.POST)
    said = request.POST.get("do", "")
    advice = _mind_words(request, job, said)
    if not editor.is_valid():
        return _editor_page(request, editor, status=422)
    if (said == "preview" or advice) and job.status != JobStatus.DRAFT:
        return _editor_page(request, editor)
    try:
        editor.save(by=request.membership)
    except Changed as changed:
        return _conflict(request, editor, changed.job)
    if advice:
        return redirect(f"{reverse('hiring:job_edit', args=[pk])}#{advice}")
    return _after_saving(request, job, said)


def _mind_words(request, job, said) -> str:
    """ "leave:title:young": that word stays and is not advised against again; "advise" does for all. Where it stood."""
    verb, _colon, rest = said.partition(":")
    code, _colon, word = rest.partition(":")
    if verb not in {"leave", "advise"} or (verb == "leave") != bool(word) or len(word) > word_advice.LONGEST:
        return ""
    adverts.leave_word(job, word=folding.sort_key(word), by=request.membership)
    if verb == "advise":
        return "words"
    return code if RowAct.parse(f"at-{code}") else f"id_{code}"


def _conflict(request, editor, now):
    """What was typed beside what another tab or a colleague saved meanwhile."""
    theirs = Editor(now).forms
    here = reverse("hiring:job_edit", args=[now.pk])
    return conflicts.page(request, mine=editor.forms, theirs=theirs, seen=now.revision, back=here)


def undo_of(request, job, what, said):
    """Says it, with the Undo of the last `what`."""
    job.refresh_from_db(fields=undoing.FIELDS)
    notices.undo(request, said, job_address(job, undoing.offered(job, what, request.membership)))


def _editor_page(request, editor, status=200):
    return render(request, "hiring/job_edit.html", _editor_context(request, editor), status=status)


def _editor_context(request, editor) -> dict:
    job, looked_for = editor.job, editor.looked_for
    with translation.override(job.language):
        advert = wording.advert(job, looked_for, drafting=True)
    asking = "needs" in request.GET or "needs" in request.POST
    return {
        "job": job,
        "editor": editor,
        "form": editor.form,
        "advert": advert,
        "advert_language": job.language,
        "advert_dir": "rtl" if get_language_info(job.language)["bidi"] else "ltr",
        "complete": wording.completeness(job, looked_for),
        "boxes": (boxes := editor.advice(asking=asking)),
        "words": [box for box in boxes.values() if box.words],
        "asking": asking,
        "changed": False,
        "seen": editor.form["seen"].value(),
        "read_already": _read_already(job),
    }


def _read_already(job) -> int:
    """How many were read with this list; 0 while the page asks why an older one was changed: one line is enough."""
    if job.first_opened_at is None:
        return 0
    last = requirements.last_change(job)
    return 0 if last and not last.version.reason else requirements.read_with_this_list(job)


def _after_saving(request, job, said):
    """Where the pressed button leads. A row's button has saved the page first: nothing typed is lost."""
    here = reverse("hiring:job_edit", args=[job.pk])
    if said == "publish":
        return _publish_or_ask(request, job)
    if said == "preview":
        return redirect(f"{here}#preview")
    if said.partition("-")[0] in {"up", "down", "remove"}:
        row = _act_on_row(request, job, said)
        return redirect(f"{here}#{row}" if row else here)
    if said == "add":
        return redirect(f"{here}#requirements")
    undo_of(request, job, "advert", _("Saved."))
    return redirect(here if job.status == JobStatus.DRAFT else reverse("hiring:job", args=[job.pk]))


@dataclass(frozen=True)
class RowAct:
    """What a row's button asks for: "up-r5", "down-q2", "remove-r5"."""

    verb: str
    model: type
    pk: int

    @classmethod
    def parse(cls, said: str):
        verb, _dash, row = said.partition("-")
        model = {"r": Requirement, "q": Question}.get(row[:1])
        if model is None or not row[1:].isascii() or not row[1:].isdigit():
            return None
        return cls(verb, model, int(row[1:19]))


def _act_on_row(request, job, said) -> str:
    """Does it; the anchor of the row to come back to. A row that is not this job's does nothing."""
    act = RowAct.parse(said)
    there = act.model.objects.for_company(request.company).filter(job=job, retired_at=None) if act else None
    row = there.filter(pk=act.pk).first() if act else None
    if row is None:
        return ""
    if act.verb == "remove":
        remove = requirements.remove if act.model is Requirement else questions.remove
        remove(row, by=request.membership)
        undo_of(request, job, "row", _("%(what)s is off the list.") % {"what": row.label})
        return "requirements" if act.model is Requirement else "questions"
    rows.shift(row, up=act.verb == "up")
    return said.partition("-")[2]


@member(*BOSSES)
@require_POST
def preview(request, pk):
    """The advert and what it lacks, from what is typed this moment. A draft is saved on the way."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    editor, saved = Editor(job, request.POST), {}
    _mind_words(request, job, request.POST.get("do", ""))
    if editor.is_valid() and job.status == JobStatus.DRAFT:
        try:
            saved = {"seen": editor.save(by=request.membership, auto=True).revision}
        except Changed:
            saved = {"changed": True}
    return render(request, "hiring/_job_live_parts.html", _editor_context(request, editor) | saved)


# -- publishing


def _publish_or_ask(request, job):
    """The editor's button: on the air at once when nothing is left to ask."""
    complete = wording.completeness(job, requirements.listed(job))
    if (
        job.status != JobStatus.DRAFT
        or complete.blocking
        or "pay" in complete.missing
        or _first_on_trial(job)
    ):
        return redirect("hiring:job_publish", job.pk)
    adverts.publish(job, by=request.membership)
    return redirect("hiring:job_live", job.pk)


@member(*BOSSES)
def publish(request, pk):
    """Asks at most once, and only what there is to ask: pay that is missing, and the trial nobody outside sees."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    complete = wording.completeness(job, requirements.listed(job))
    if complete.blocking:
        messages.error(
            request, _("Before publishing, please fill in: %(parts)s.") % {"parts": complete.blocking_names}
        )
        here = reverse("hiring:job_edit", args=[job.pk])
        return redirect(f"{here}?needs=1#{complete.anchors[complete.blocking[0]]}")
    if request.method != "POST":
        return _publish_page(request, job, complete, PayForm(instance=job))
    if request.POST.get("do") == "pay":
        form = PayForm(request.POST, instance=job)
        if not form.is_valid():
            return _publish_page(request, job, complete, form, status=422)
        adverts.set_pay(job, values=form.cleaned_data, by=request.membership)
    adverts.publish(job, by=request.membership)
    return redirect("hiring:job_live", job.pk)


def _publish_page(request, job, complete, form, status=200):
    context = {
        "job": job,
        "complete": complete,
        "missing": complete.links(reverse("hiring:job_edit", args=[job.pk])),
        "form": form if "pay" in complete.missing else None,
        "trial": _first_on_trial(job),
        "in_eu": wording.in_eu(job.country or request.company.country),
    }
    return render(request, "hiring/job_publish.html", context, status=status)


def is_trial() -> bool:
    """Nobody outside can open our links, or no mail leaves."""
    return settings.KEEP_MAIL or settings.LOOPBACK


def _first_on_trial(job) -> bool:
    """That nobody outside will see it is said once in a shop's life, not with every advert."""
    published = Job.objects.for_company(job.company).exclude(first_opened_at=None)
    return is_trial() and not published.exists()


def public_address(job) -> str:
    return absolute(reverse("careers:job", args=[job.company.slug, job.slug]))


def links_of(job) -> dict:
    apply_path = reverse("careers:apply", args=[job.company.slug, job.slug])
    return {
        "public_url": public_address(job),
        "test_url": f"{apply_path}?test={adverts.mark_of_test(job)}",
        "trial": is_trial(),
    }
