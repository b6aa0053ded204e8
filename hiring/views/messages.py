"""The thread with one applicant: reading it, writing, keeping what came back, taking back."""

import secrets

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, typed, zones
from accounts.guards import fetch, member
from hiring import answering, lost, message_templates, placeholders, threads, writing
from hiring.locking import Refused
from hiring.message_forms import BringForm, SaidForm, WriteForm
from hiring.models import Application, Message, MessageFile
from hiring.views.moves import BOSSES
from mailroom import outbox
from mailroom.compose import compose
from vault import files, trail

LANGUAGES = dict(settings.LANGUAGES)


def person(request, pk) -> Application:
    rows = Application.objects.select_related("job__company").annotate(**answering.columns())
    return fetch(request, rows, pk=pk)


def of_person(application) -> str:
    return reverse("hiring:messages", args=[application.pk])


@member(*BOSSES)
@require_safe
def page(request, pk):
    return thread(request, person(request, pk))


def thread(request, application, *, status=200, **forms):
    """Everything there is, the newest at the end, and below it what can be added."""
    context = {
        "application": application,
        "job": application.job,
        "lines": threads.of(application, request.membership),
        "waits": answering.of(application),
        "lost_mails": lost.about_person(application),
        "may_retry": lost.may_retry(request.membership),
        "bring_form": forms.get("bring_form") or BringForm(auto_id="bring_%s"),
        "said_form": forms.get("said_form") or SaidForm(auto_id="said_%s"),
    }
    return render(request, "hiring/messages.html", context, status=status)


# -- writing


@member(*BOSSES)
def write(request, pk):
    application = person(request, pk)
    if not application.email:
        messages.info(request, _("There is no e-mail address: call them."))
        return redirect(of_person(application))
    if request.method != "POST":
        return _form_page(request, application, _new_form(request, application))
    form = _form(request, application)
    if not form.is_valid():
        return _form_page(request, application, form, status=422)
    if "preview" in request.POST:
        return _form_page(request, application, form, preview=_preview(request, application, form))
    return _send(request, application, form)


def _form(request, application) -> WriteForm:
    return WriteForm(request.POST, zone=_zone(application.job.company))


def _zone(company):
    return zones.named(company.timezone) or timezone.get_default_timezone()


def _new_form(request, application) -> WriteForm:
    kind, language = (typed.text(request.GET, name, 30) for name in ("kind", "language"))
    kind = kind if kind in message_templates.WRITTEN else "free"
    language = language if language in LANGUAGES else application.language
    subject, text = message_templates.words(application.company_id, kind, language)
    initial = {
        "kind": kind, "language": language, "subject": subject, "text": text, "when": WriteForm.NOW,
        "key": secrets.token_urlsafe(16),
    }  # fmt: skip
    return WriteForm(initial=initial, zone=_zone(application.job.company))


def _form_page(request, application, form, *, preview=None, status=200):
    language = form["language"].value()
    context = {
        "application": application,
        "job": application.job,
        "form": form,
        "preview": preview,
        "kinds": [message_templates.KINDS[key] for key in message_templates.WRITTEN],
        "chosen": form["kind"].value(),
        "language": language,
        "languages": settings.LANGUAGES,
        "names": [f"{{{name}}}" for name in placeholders.NAMES],
        "leaves": when(writing.leaves(application), application.job.company),
    }
    return render(request, "hiring/message_write.html", context, status=status)


def _preview(request, application, form) -> dict:
    """What goes out, to the letter; only the link is made when it goes, and a hidden name stays hidden."""
    data, email = form.cleaned_data, _composed(request, application, form)
    return {
        "subject": email.subject,
        "text": email.body,
        "sender": email.from_email,
        "to": application.alias if application.name_hidden else application.email,
        "answers": ", ".join(email.reply_to),
        "language": data["language"],
        "leaves": when(writing.leaves(application, form.chosen_time), application.job.company),
    }


def _composed(request, application, form):
    data, by = form.cleaned_data, request.membership
    given = message_templates.values(
        application, sender=by.name, status_link=f"{settings.SITE_URL}/my/status/…/"
    )
    given["name"] = application.shown_name
    own = placeholders.fill_line(data["subject"], given), placeholders.fill(data["text"], given)
    return compose(
        message=writing.LETTER, to=application.email, company=application.job.company, language=data["language"],
        context={}, reply_to=(by.name, by.email), own=own,
    )  # fmt: skip


@member(*BOSSES)
@csp(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],  # as mail programs need it
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
)
@require_POST
def look(request, pk):
    """The HTML part by itself, as a mail program shows it."""
    application = person(request, pk)
    form = _form(request, application)
    if not application.email or not form.is_valid():
        return _form_page(request, application, form, status=422)
    return HttpResponse(_composed(request, application, form).alternatives[0].content)


def _send(request, application, form):
    data = form.cleaned_data
    try:
        message = writing.write(
            application, by=request.membership, kind=data["kind"], language=data["language"],
            subject=data["subject"], text=data["text"], at=form.chosen_time, key=data["key"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, application, form, status=422)
    said = when(writing.leaves(application, form.chosen_time), application.job.company)
    notices.undo(request, said, reverse("hiring:message_take_back", args=[message.pk]))
    return redirect(of_person(application))


def when(moment, company) -> str:
    """When it leaves, in a sentence, by the shop's clock."""
    local = timezone.localtime(moment, _zone(company))
    days = (local.date() - timezone.localdate(timezone=local.tzinfo)).days
    values = {"time": date_format(local, "TIME_FORMAT"), "day": date_format(local, "l, j F")}
    if days == 0 and moment <= outbox.soon():
        return _("Leaves in ten minutes.")
    sentences = {0: _("Leaves today at %(time)s."), 1: _("Leaves tomorrow at %(time)s.")}
    return sentences.get(days, _("Leaves on %(day)s at %(time)s.")) % values


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    message = fetch(request, Message.objects.select_related("application__job"), pk=pk)
    back = of_person(message.application)
    return notices.take_back(
        request, lambda _mark: writing.take_back(message, by=request.membership), back=back
    )


# -- said by phone, no answer needed


@member(*BOSSES)
@require_POST
def note(request, pk):
    application = person(request, pk)
    if "settled" in request.POST:
        return _noted(
            request, application, writing.note(application, by=request.membership), _("No answer needed.")
        )
    form = SaidForm(request.POST, auto_id="said_%s")
    if not form.is_valid():
        return thread(request, application, status=422, said_form=form)
    message = writing.note(application, by=request.membership, text=form.cleaned_data["text"])
    return _noted(request, application, message, _("Kept."))


def _noted(request, application, message, said):
    notices.undo(request, said, reverse("hiring:message_take_back", args=[message.pk]))
    return redirect(of_person(application))


@member(*BOSSES)
@require_safe
def file(request, pk):
    """What hung on a mail; not while the name is hidden."""
    found = (
        MessageFile.objects.for_company(request.company)
        .filter(pk=pk)
        .select_related("message", "file")
        .first()
    )
    if found is None:
        raise Http404
    application = person(request, found.message.application_id)
    if application.name_hidden:
        messages.error(request, _("The original opens after the CV stage, or when you show the name."))
        return redirect(of_person(application))
    trail.record(
        "message.file_opened", company_id=application.company_id, actor_id=request.user.pk, kind="application",
        pk=application.pk, fields=["file"],
    )  # fmt: skip
    return files.response(found.file, request)


# -- everybody who waits


@member(*BOSSES)
@require_safe
def waiting(request):
    """Whoever wrote and got no answer, then whoever applied and heard nothing yet; the longest wait first."""
    mine = (
        Application.objects.for_company(request.company).visible_to(request.membership).filter(is_test=False)
    )
    wrote = answering.wrote(mine, request.company.pk)
    applied = answering.applied(mine, without=[row.application.pk for row in wrote])
    context = {"wrote": wrote, "applied": applied, "most": answering.MOST}
    return render(request, "hiring/waiting.html", context)
