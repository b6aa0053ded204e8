"""E-mails gone through together: the new hire's page for one at a time, and the colleague's list of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed
from accounts.guards import fetch, member
from onboarding import library, together
from onboarding.forms import posted
from onboarding.models import Onboarding, TogetherMail
from onboarding.together_forms import OneMailForm, RepliedForm, SeveralMailsForm
from onboarding.views.mine import own

WITH_PLAN = ("onboarding__company", "onboarding__hire__user", "onboarding__manager", "onboarding__buddy")


@member()
@require_safe
def mine(request):
    """The next e-mail of whoever is new; what there is to do instead while there is none."""
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    session = together.session(onboarding)
    return render(request, "onboarding/together.html", _context(onboarding, session, session.next))


def _context(onboarding, session, mail, **more) -> dict:
    number = session.mails.index(mail) + 1 if mail in session.mails else 0
    return {
        "onboarding": onboarding,
        "session": session,
        "mail": mail,
        "number": number,
        "error": "",
        "typed": "",
        "hire": True,
        "long": together.LONGEST["message"],
    } | more


def _fetch(request, pk) -> TogetherMail:
    return fetch(
        request,
        TogetherMail.objects.filter(onboarding__cancelled_at=None).select_related(*WITH_PLAN),
        pk=pk,
    )


@member()
def mail(request, pk):
    """One e-mail: what was replied is in the page only once the new hire has answered, or for who teaches."""
    row = _fetch(request, pk)
    hire = row.onboarding.hire_id == request.membership.pk
    if request.method == "POST":
        return _answer(request, row)
    if not hire and not together.teaches(request.membership, row.onboarding):
        raise PermissionDenied
    return _mail_page(request, row, hire=hire)


def _mail_page(request, row, status=200, **more):
    session = together.session(row.onboarding)
    return render(
        request, "onboarding/together.html", _context(row.onboarding, session, row, **more), status=status
    )


def _answer(request, row):
    text = typed.text(request.POST, "answer", together.LONGEST["message"])
    try:
        together.answer(row, by=request.membership, body=text)
    except together.Refused as refused:
        return _mail_page(request, row, 422, error=str(refused), typed=text)
    return redirect("onboarding:together_mail", pk=row.pk)


def _taught(request, pk) -> Onboarding:
    """A plan of somebody whom this member teaches."""
    onboarding = fetch(request, Onboarding.objects.running().with_people(), pk=pk)
    if not together.teaches(request.membership, onboarding):
        raise PermissionDenied
    return onboarding


@member()
def plan(request, pk):
    onboarding = _taught(request, pk)
    form = OneMailForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _added(
            request,
            onboarding,
            lambda: together.add(onboarding, by=request.membership, mails=[form.cleaned_data]),
        )
    return _plan_page(request, onboarding, 422 if form.errors else 200, one=form)


def _plan_page(request, onboarding, status=200, **forms):
    session = together.session(onboarding)
    context = {
        "onboarding": onboarding,
        "session": session,
        "wanted": together.WANTED,
        "examples": library.listed(onboarding.company),
        "one": OneMailForm(),
        "several": SeveralMailsForm(),
    } | forms
    return render(request, "onboarding/together_plan.html", context, status=status)


def _added(request, onboarding, act):
    try:
        n = act()
    except together.Refused as refused:
        messages.error(request, str(refused))
        return _plan_page(request, onboarding, 422, one=OneMailForm(request.POST or None))
    said = ngettext("%(n)d e-mail is in the list.", "%(n)d e-mails are in the list.", n)
    notices.undo(request, said % {"n": n} if n else _("It is in the list already."), "")
    return redirect("onboarding:together_plan", pk=onboarding.pk)


@member()
@require_POST
def paste(request, pk):
    onboarding = _taught(request, pk)
    form = SeveralMailsForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, onboarding, 422, several=form)
    mails = [{"message": message, "reply": reply} for message, reply in form.cleaned_data["text"]]
    return _added(request, onboarding, lambda: together.add(onboarding, by=request.membership, mails=mails))


@member()
@require_POST
def choose(request, pk):
    onboarding = _taught(request, pk)
    codes = set(request.POST.getlist("example"))
    return _added(
        request, onboarding, lambda: together.choose(onboarding, by=request.membership, codes=codes)
    )


def _taught_mail(request, pk) -> TogetherMail:
    row = _fetch(request, pk)
    if not together.teaches(request.membership, row.onboarding):
        raise PermissionDenied
    return row


@member()
def edit(request, pk):
    row = _taught_mail(request, pk)
    form = RepliedForm(posted(request), mail=row)
    if not (request.method == "POST" and form.is_valid()):
        context = {"mail": row, "onboarding": row.onboarding, "form": form}
        return render(request, "onboarding/together_form.html", context, status=422 if form.errors else 200)
    try:
        together.change(row, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        back = reverse("onboarding:together_plan", args=[row.onboarding_id])
        theirs = RepliedForm(mail=now.row)
        return conflicts.page(request, mine=[form], theirs=[theirs], seen=now.row.revision, back=back)
    notices.undo(request, _("Saved."), "")
    return redirect("onboarding:together_plan", pk=row.onboarding_id)


@member()
@require_POST
def remove(request, pk):
    row = _taught_mail(request, pk)
    try:
        if together.remove(row, by=request.membership):
            undo = reverse("onboarding:together_put_back", args=[row.pk])
            notices.undo(request, _("The e-mail is out of the list."), undo)
    except together.Refused as refused:
        messages.error(request, str(refused))
    return redirect("onboarding:together_plan", pk=row.onboarding_id)


@member()
@require_POST
def put_back(request, pk):
    row = _taught_mail(request, pk)
    if together.put_back(row, by=request.membership):
        notices.undo(request, _("It is in the list again."), "")
    return redirect("onboarding:together_plan", pk=row.onboarding_id)
