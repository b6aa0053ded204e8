"""The end of the pile: what became of everybody, and the pages behind its three buttons."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import fetch, member
from hiring import masking, reading_log, reading_names, reading_pile, reading_times, waiting_refusals
from hiring.models import Application, Job, Outcome, Reason, Stage
from hiring.undo_addresses import job_address
from hiring.views.moves import BOSSES, application_of, moving, undo_address
from mailroom import delivery

SHOWN = 100


def end_page(request, job):
    read = reading_log.pile(reading_log.mine(job, request.membership))
    hurried = reading_times.hurried(read)
    letters = waiting_refusals.letters_of(job)
    context = {
        "job": job,
        "said": _said(job, read),
        "again": hurried[0] if hurried else None,
        "talks": list(reading_pile.to_talk_to(job)[:SHOWN]),
        "aside": list(reading_pile.put_aside(job)[:SHOWN]),
        "letters_n": letters.count(),
        **_job_counts(job),
    }
    for row in (*context["talks"], *context["aside"]):
        row.job = job
    return render(request, "hiring/read_end.html", context)


def _said(job, read) -> str:
    """ "40 read in 58 minutes. 7 to talk to, 5 later, 28 not this time.": of one's own reading."""
    if not (n := len(reading_times.people(read))):
        return ""
    spent = reading_times.minutes(read)
    first = ngettext("%(n)d read.", "%(n)d read.", n)
    if spent:
        first = ngettext("%(n)d read in %(spent)d minute.", "%(n)d read in %(spent)d minutes.", spent)
    rest = _("%(talk)d to talk to, %(later)d later, %(no)d not this time.")
    return f"{first % {'n': n, 'spent': spent}} {rest % reading_pile.outcome_counts(job, read)}"


def _job_counts(job) -> dict:
    """Of the whole job, whoever read."""
    cv = Application.objects.for_company(job.company_id).filter(job=job, stage=Stage.CV)
    return {
        "talk_n": reading_pile.to_talk_to(job).count(),
        "later_n": reading_pile.put_aside(job).count(),
        "no_n": cv.filter(outcome=Outcome.NOT_SELECTED).count(),
    }


def busy_page(request, job, names):
    """Nothing is left that no colleague has open."""
    return render(request, "hiring/read_busy.html", {"job": job, "names": names})


@member(*BOSSES)
def letters(request, pk):
    """The refusals that have not left, each as it will be read, and what can still be done about it."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    mails = list(waiting_refusals.letters_of(job)[:SHOWN])
    people = {row.pk: row for row in _people(job, mails)}
    rows = [{"mail": mail, "person": people[mail.about_id]} for mail in mails if mail.about_id in people]
    for row in rows:
        row["reason"] = Reason(row["person"].reason).label if row["person"].reason in Reason.values else ""
    context = {
        "job": job,
        "rows": rows,
        "groups": _by_moment(rows),
        "reasons": Reason.choices,
        "texts": _texts(rows),
    }
    return render(request, "hiring/read_letters.html", context)


def _texts(rows) -> list[dict]:
    """What it says, once for each language: the words are everybody's, the name in them is covered."""
    first = {row["mail"].language: row for row in reversed(rows)}
    return [
        {
            "language": dict(settings.LANGUAGES).get(language, language),
            "words": masking.mask(delivery.text_of(row["mail"]), name=row["person"].name),
        }
        for language, row in sorted(first.items())
    ]


def _people(job, mails):
    rows = Application.objects.for_company(job.company_id).filter(pk__in=[mail.about_id for mail in mails])
    for row in rows:
        row.job = job
        yield row


def _by_moment(rows) -> list[dict]:
    """How many leave when, the next ones first."""
    found: dict = {}
    for row in rows:
        found.setdefault(row["mail"].due_at.replace(second=0, microsecond=0), []).append(row)
    return [{"at": at, "n": len(there)} for at, there in found.items()]


@member(*BOSSES)
@require_POST
@moving
def letter(request, pk):
    """One that has not left: back in the running, another reason, or told by phone instead."""
    application = application_of(request, pk)
    do, expected = request.POST.get("do"), request.POST.get("expected", "")
    me, who = request.membership, {"who": application.shown_name}
    if do == "back":
        waiting_refusals.back(application, by=me, expected=expected)
        messages.success(request, _("%(who)s is in the running again. Nothing was sent.") % who)
    elif do == "phone":
        move = waiting_refusals.again(application, by=me, expected=expected, by_phone=True)
        notices.undo(
            request, _("%(who)s: told by phone, no message leaves.") % who, undo_address(request, move)
        )
    elif do == "reason" and request.POST.get("reason") in Reason.values:
        waiting_refusals.again(application, by=me, expected=expected, reason=request.POST["reason"])
        messages.success(request, _("%(who)s: the reason is changed.") % who)
    return redirect("hiring:read_letters", application.job_id)


@member(*BOSSES)
@require_POST
def names(request, pk):
    """Whether names are hidden while the CVs of this job are read."""
    job = reading_names.hide(
        fetch(request, Job, pk=pk), on=bool(request.POST.get("hide")), by=request.membership
    )
    said = (
        _("Names are hidden while CVs are read.")
        if job.hide_names
        else _("Names are shown while CVs are read.")
    )
    notices.undo(request, said, job_address(job, undoing.offered(job, "names", request.membership)))
    return redirect("hiring:job", job.pk)
