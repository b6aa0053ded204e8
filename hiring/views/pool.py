"""The talent pool: who is in it, what the shop notes of them, telling them of another job; and their own answer."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import by_link, fetch, member
from accounts.models import Role
from hiring import locking, pool, wishes
from hiring.models import Application, PoolInvitation, PoolNote
from hiring.pool_forms import InviteForm, PoolNoteForm
from hiring.views.status import find

BOSSES = (Role.OWNER, Role.MANAGER)
ROWS = 20


@member(*BOSSES)
@require_safe
def index(request):
    """The newest application first. Looking at it is recorded."""
    asked = {
        "words": request.GET.get("q", "").replace("\x00", "")[:100],
        "language": request.GET.get("language", "").replace("\x00", "")[:10],
        "tag": request.GET.get("tag", "").replace("\x00", "").lower()[: pool.TAG],
    }
    found = _page(pool.search(request.membership, **asked), request.GET.get("before", ""))
    pool.read(request.company, by=request.membership)
    context = asked | {
        "lines": found[:ROWS],
        "before": found[ROWS - 1].pk if len(found) > ROWS else "",
        "filtered": any(asked.values()),
        "languages": settings.LANGUAGES,
    }
    piece = request.htmx and request.GET.get("before")
    return render(request, "hiring/_pool.html" if piece else "hiring/pool.html", context)


def _page(rows, before) -> list:
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    rows = rows.select_related("job", "pool_note").defer("cover_letter", "cv_text")
    return list(rows.order_by("-pk")[: ROWS + 1])


def _person(request, pk) -> Application:
    """Somebody in the pool; whoever has left it is nobody here."""
    row = fetch(request, Application.objects.select_related("job__company"), pk=pk)
    found = pool.seen_by(request.membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    row.until = found.until
    return row


def _context(request, row, **forms) -> dict:
    note = PoolNote.objects.filter(application=row).first()
    invitations = PoolInvitation.objects.filter(application=row, taken_back_at=None)
    invitations = invitations.select_related("job", "invited_by").order_by("-pk")
    jobs = pool.jobs_for(row, request.membership)
    return {
        "application": row,
        "note_form": forms.get("note_form") or PoolNoteForm(note=note),
        "invite_form": forms.get("invite_form") or InviteForm(jobs=jobs),
        "note_undo": _note_undo(row, note, request.membership),
        "invitations": [_invitation(invitation, request.membership) for invitation in invitations],
    }


def _note_undo(row, note, member) -> str:
    mark = undoing.offered(note, "note", member) if note else ""
    return notices.marked(reverse("hiring:pool_take_back", args=[row.pk]), mark)


def _invitation(invitation, member) -> dict:
    may = undoing.may(member, invitation.invited_by_id, invitation.invited_at)
    url = reverse("hiring:pool_uninvite", args=[invitation.pk]) if may else ""
    return {"row": invitation, "undo": url}


@member(*BOSSES)
@require_safe
def person(request, pk):
    row = _person(request, pk)
    pool.opened(row, by=request.membership)
    return render(request, "hiring/pool_person.html", _context(request, row))


@member(*BOSSES)
@require_POST
def note(request, pk):
    row = _person(request, pk)
    form = PoolNoteForm(request.POST, note=None)
    if not form.is_valid():
        return render(request, "hiring/pool_person.html", _context(request, row, note_form=form), status=422)
    data = form.cleaned_data
    back = reverse("hiring:pool_person", args=[pk])
    try:
        kept = pool.keep_note(
            row, by=request.membership, text=data["text"], tags=data["tags"], seen=data["seen"]
        )
    except conflicts.Changed as changed:
        theirs = [PoolNoteForm(note=changed.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=changed.row.revision, back=back)
    notices.undo(request, _("Note kept."), _note_undo(row, kept, request.membership))
    return redirect(back)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    row = _person(request, pk)
    return notices.take_back(
        request,
        lambda mark: pool.take_note_back(row, mark, by=request.membership),
        back=reverse("hiring:pool_person", args=[pk]),
    )


@member(*BOSSES)
@require_POST
def invite(request, pk):
    row = _person(request, pk)
    form = InviteForm(request.POST, jobs=pool.jobs_for(row, request.membership))
    if not form.is_valid():
        context = _context(request, row, invite_form=form)
        return render(request, "hiring/pool_person.html", context, status=422)
    try:
        invitation = pool.invite(row, form.cleaned_data["job"], by=request.membership)
    except (pool.Refused, locking.Refused) as refused:
        messages.error(request, str(refused))
    else:
        said = _("Told of %(job)s: the mail leaves in ten minutes.") % {"job": invitation.job.title}
        notices.undo(request, said, reverse("hiring:pool_uninvite", args=[invitation.pk]))
    return redirect("hiring:pool_person", pk)


@member(*BOSSES)
@require_POST
def uninvite(request, pk):
    row = fetch(request, PoolInvitation.objects.select_related("application__job"), pk=pk)
    return notices.take_back(
        request,
        lambda _mark: pool.take_invitation_back(row, by=request.membership),
        back=reverse("hiring:pool"),
    )


@member(*BOSSES)
@require_POST
def leave(request, pk):
    """They said so to the shop."""
    row = pool.leave(_person(request, pk), by=request.membership)
    said = _("%(who)s is not in the pool any more.") % {"who": row.shown_name}
    notices.undo(request, said, _undo(row, request.membership))
    return redirect("hiring:pool")


@member(*BOSSES)
@require_POST
def agree(request, pk):
    row = fetch(request, Application.objects.select_related("job"), pk=pk)
    try:
        row = pool.agree(row, by=request.membership)
    except pool.Refused as refused:
        messages.error(request, str(refused))
    else:
        notices.undo(request, _("In the talent pool for six months."), _undo(row, request.membership))
    return redirect("hiring:candidate", pk)


def _undo(row, membership) -> str:
    mark = undoing.offered(row, "pool", membership)
    return notices.marked(reverse("hiring:take_back", args=[row.pk]), mark)


# -- behind the link


@by_link(pool.LINK)
def answer(request, token):
    """Opening it changes nothing; a button says yes for another year, or no."""
    application = find(request)
    with translation.override(application.language):
        if request.method == "POST":
            ANSWERS.get(request.POST.get("do"), _nothing)(request, application)
            return redirect("hiring_links:pool", token)
        context = {
            "application": application,
            "shop": application.job.company,
            "token": token,
            "until": wishes.kept_longer(application),
        }
        return render(request, "hiring/pool_answer.html", context)


def _nothing(request, application):
    """A button nobody made."""


def _stay(request, application):
    pool.stay(application)
    messages.success(request, _("Thank you. You hear from us when something fits."))


def _go(request, application):
    wishes.withdraw_consent(application, by_link=pool.LINK)
    messages.success(request, _("You are out. Nobody writes to you about other jobs."))


ANSWERS = {"stay": _stay, "go": _go}
