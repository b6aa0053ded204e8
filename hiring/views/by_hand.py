"""Entering somebody by hand, typed in or from the mails they sent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import notices
from accounts.guards import fetch, member
from accounts.models import Membership, Role
from hiring import applying, by_mail, email_forms, mail_reading
from hiring.apply_forms import ByHandForm
from hiring.email_forms import BringForm, MailForm
from hiring.models import Job
from hiring.pipeline import NotOpen
from vault import files

BOSSES = (Role.OWNER, Role.MANAGER)


@member(*BOSSES)
def add(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return render(request, "hiring/job_add_person.html", {"job": job, "form": ByHandForm(job=job)})
    form = ByHandForm(request.POST, request.FILES, job=job)
    if form.is_valid() and (application := _enter(form, job, request.membership)):
        _say_entered(request, application)
        return redirect("hiring:candidate", application.pk)
    files.keep_drafts(form, company_id=job.company_id)
    return render(request, "hiring/job_add_person.html", {"job": job, "form": form}, status=422)


def _enter(form, job, by):
    sent = {name: form.cleaned_data[name] for name in ("cv", "letter", "source")}
    try:
        return applying.enter_by_hand(job, person=form.person, by=by, **sent)
    except NotOpen:
        form.add_error(None, _("This job is closed. Open it again to enter somebody."))
    except applying.NotKept as refused:
        form.add_error(refused.field, str(refused))
    return None


def _say_entered(request, application):
    undo = reverse("hiring:person_delete", args=[application.pk])
    notices.undo(request, _("%(name)s is entered.") % {"name": application.name}, undo)


# -- from mails


@member(*BOSSES)
def mail(request, pk):
    """Bringing mails in, the look at what was found in them, and keeping: three steps at one address."""
    job = fetch(request, Job.objects.select_related("company", "created_by"), pk=pk)
    if request.method != "POST":
        return _bring(request, job, BringForm())
    return _keep(request, job) if "keep" in request.POST else _read(request, job)


def _bring(request, job, form, *, unread=(), status=200):
    context = {"job": job, "form": form, "unread": unread}
    return render(request, "hiring/job_add_mail.html", context, status=status)


def _read(request, job):
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _bring(request, job, form, status=422)
    looks, unread, patience = [], [], mail_reading.Patience()
    for name, source, kind in _sources(form):
        try:
            found = mail_reading.read(source, kind, seconds=patience.share(mail_reading.SECONDS))
            looks.append(_form_of(found, job, len(looks)))
        except mail_reading.Unreadable as why:
            unread.append((name, str(why)))
    if not looks:
        return _bring(request, job, form, unread=unread, status=422)
    return _look(request, job, looks, unread=unread)


def _sources(form):
    """(what to call it, the mail, what it is)."""
    for file in form.cleaned_data["mails"]:
        yield file.name, file, "eml"
    if form.cleaned_data["text"].strip():
        yield _("The pasted text"), form.cleaned_data["text"], "text"


def _form_of(found, job, n):
    facts = email_forms.facts_of(found, job)
    initial = email_forms.initial_of(found, facts, job)
    return MailForm(initial=initial, facts=facts, job=job, prefix=f"m{n}")


def _look(request, job, forms, *, unread=(), status=200):
    """What was found, with a line for a mail that was entered before and for one of a colleague's."""
    team = {
        email.lower()
        for email in Membership.objects.for_company(request.company).values_list("email", flat=True)
    }
    there = by_mail.find(job, [form.mail.mark for form in forms])
    for form in forms:
        form.there = there.get(form.mail.mark)
        form.of_team = str(form["email"].value() or "").lower() in team
    context = {
        "job": job,
        "forms": forms,
        "unread": unread,
        "reader": applying.responsible(job),
    }
    return render(request, "hiring/job_mail_look.html", context, status=status)


def _keep(request, job):
    """Keeps what is right, and shows again what is not, with everything that was typed."""
    forms = _posted(request, job)
    if not forms:
        form = BringForm()
        messages.error(request, _("This page was open for more than a day. Choose the mails again."))
        return _bring(request, job, form, status=422)
    entered, left = [], []
    for form in forms:
        application = _kept(request, form, job)
        if application is not None:
            entered.append(application)
        elif not _skipped(form) and not getattr(form, "was_there", False):
            files.keep_drafts(form, company_id=job.company_id)
            left.append(form)
    return _kept_page(request, job, entered, left)


def _posted(request, job) -> list[MailForm]:
    found, shared = [], {"job": job, "patience": mail_reading.Patience()}
    for prefix in request.POST.getlist("mail")[: email_forms.MOST + 1]:
        facts = email_forms.opened(request.POST.get(f"{prefix}-facts", ""), job)
        if facts is not None:
            found.append(MailForm(request.POST, request.FILES, facts=facts, prefix=prefix, **shared))
    return found


def _skipped(form) -> bool:
    return bool(form["skip"].value())


def _kept(request, form, job):
    """The application, or None when nothing came of this one: the form says why."""
    if _skipped(form) or not form.is_valid():
        return None
    try:
        application = by_mail.enter(
            job,
            person=form.person,
            mark=form.mail.mark,
            received=form.came,
            by=request.membership,
            cv=form.chosen_cv,
            receipt=form.cleaned_data["receipt"],
        )
    except by_mail.AlreadyThere as there:
        form.was_there = True
        messages.info(request, already(there.application))
    except NotOpen:
        form.add_error(None, _("This job is closed. Open it again to enter somebody."))
    except files.Refused as refused:
        form.add_error("cv", str(refused))
    else:
        by_mail.drop(form.unwanted)
        return application
    return None


def already(application) -> str:
    """That this mail is there already, and as whom."""
    moment = application.candidate.created_at
    values = {"day": date_format(localtime(moment)), "who": application.alias}
    if application.deleted_at:
        return (
            _("This mail was added on %(day)s as %(who)s, who was deleted since and can be put back.")
            % values
        )
    return _("This mail was added on %(day)s as %(who)s.") % values


def _kept_page(request, job, entered, left):
    if len(entered) == 1:
        _say_entered(request, entered[0])
    elif entered:
        messages.success(request, email_forms.entered_words(len(entered)))
    if left:
        return _look(request, job, left, status=422)
    if len(entered) == 1:
        return redirect("hiring:candidate", entered[0].pk)
    return redirect("hiring:people", job.pk)
