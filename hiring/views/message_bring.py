"""A mail that came to somebody's own mailbox, put onto the thread; or one that says that ours did not arrive."""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices
from accounts.guards import member
from hiring import mail_reading, quoting, threads, writing
from hiring.email_forms import LOOK, MOST_FILES
from hiring.message_forms import BringForm
from hiring.views.messages import of_person, person, thread
from hiring.views.moves import BOSSES
from mailroom import reasons
from vault import files
from vault.models import StoredFile


@member(*BOSSES)
@require_POST
def bring(request, pk):
    """Reads it; keeps it when it is the applicant's, else asks first."""
    application = person(request, pk)
    if "sealed" in request.POST:
        return _keep_asked(request, application)
    form = BringForm(request.POST, request.FILES, auto_id="bring_%s")
    if not form.is_valid():
        return thread(request, application, status=422, bring_form=form)
    try:
        found = _read(form.cleaned_data)
    except mail_reading.Unreadable as why:
        form.add_error(None, str(why))
        return thread(request, application, status=422, bring_form=form)
    return (
        _came_back(request, application, form, found) if found.bounce else _take(request, application, found)
    )


def _read(data) -> mail_reading.Found:
    if data["mail"]:
        return mail_reading.read(data["mail"])
    return mail_reading.read(data["words"], "text")


# -- it came back


def _came_back(request, application, form, found):
    if not found.bounce["final"]:
        form.add_error(
            None, _("Their mail server is still trying. Wait for a day or two; nothing is lost yet.")
        )
        return thread(request, application, status=422, bring_form=form)
    mail = writing.came_back(application, found.bounce, by=request.membership)
    if mail is None:
        form.add_error(None, _("This says that a mail did not arrive, but not one of ours to this person."))
        return thread(request, application, status=422, bring_form=form)
    values = {"subject": mail.subject, "why": reasons.why(found.bounce["said"]).why}
    if application.name_hidden:
        values["subject"] = "…"
    messages.warning(request, _("“%(subject)s” is marked as not arrived. %(why)s") % values)
    return redirect(of_person(application))


# -- it is theirs, or somebody else's


def _take(request, application, found):
    mail = _came(found)
    drafts, left_out = _drafts(found, application)
    if not found.email or threads.same(found.email, application.email):
        return _keep(request, application, mail, drafts, left_out)
    new, quoted = quoting.parted(mail.text)
    context = {
        "application": application,
        "job": application.job,
        "mail": mail,
        "new": new,
        "quoted": quoted,
        "names": [draft.original_name for draft in drafts],
        "left_out": left_out,
        "sealed": _sealed(mail, drafts, application),
    }
    return render(request, "hiring/message_whose.html", context)


def _came(found) -> writing.Came:
    return writing.Came(
        sender=found.email,
        subject=found.subject,
        text=found.letter,
        mark=found.mark,
        sent_at=found.sent_at,
        message_id=found.message_id,
        answers=tuple(found.answers),
    )


def _drafts(found, application) -> tuple[list[StoredFile], list[str]]:
    """Files that may be kept, as drafts that go after a day; and of each other one why it is left out."""
    drafts, left_out = [], []
    for name, data in found.files[:MOST_FILES]:
        upload = SimpleUploadedFile(name or "file", data)
        try:
            drafts.append(files.set_aside(upload, company_id=application.company_id))
        except files.Refused as refused:
            left_out.append(f"{name or _('a file without a name')}: {refused}")
    return drafts, left_out


def _keep(request, application, mail, drafts, left_out=()):
    try:
        message = writing.keep(application, mail, by=request.membership, drafts=drafts)
    except writing.AlreadyThere:
        _drop(drafts)
        messages.info(request, _("This mail is on the thread already."))
        return redirect(of_person(application))
    for sentence in left_out:
        messages.warning(request, sentence)
    notices.undo(request, _("The mail is kept."), reverse("hiring:message_take_back", args=[message.pk]))
    return redirect(of_person(application))


def _drop(drafts):
    for draft in drafts:
        files.delete(draft)


# -- asked first


def _salt(application) -> str:
    return f"hiring.message:{application.pk}"


def _sealed(mail, drafts, application) -> str:
    """The mail travels signed until somebody has answered; nothing of it is stored."""
    said = asdict(mail) | {"sent_at": mail.sent_at.isoformat() if mail.sent_at else ""}
    said["drafts"] = [draft.pk for draft in drafts]
    return signing.dumps(said, salt=_salt(application), compress=True)


def _keep_asked(request, application):
    try:
        said = signing.loads(request.POST["sealed"], salt=_salt(application), max_age=LOOK)
    except signing.BadSignature:
        messages.error(request, _("This page was open for more than a day. Choose the mail again."))
        return redirect(of_person(application))
    alive = StoredFile.objects.filter(company_id=application.company_id, draft_until__gt=timezone.now())
    drafts = list(alive.filter(pk__in=said.pop("drafts")).order_by("pk"))
    if "keep" not in request.POST:
        _drop(drafts)
        messages.info(request, _("Nothing was kept."))
        return redirect(of_person(application))
    said["sent_at"] = parse_datetime(said["sent_at"]) if said["sent_at"] else None
    said["answers"] = tuple(said["answers"])
    return _keep(request, application, writing.Came(**said), drafts)
