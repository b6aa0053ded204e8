from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import fetch, member
from accounts.models import Role
from mailroom import delivery, links, outbox, told, told_kinds
from mailroom.models import Mail
from vault import trail, work
from vault.work import State

PAGE = 50


@member(Role.OWNER)
@require_safe
def sent(request):
    """Newest first, by key: the last number of one page is where the next begins."""
    rows = Mail.objects.for_company(request.company).visible_to(request.membership)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    context = {"mails": found[:PAGE], "more": more, "first": not before, "kept": settings.KEEP_MAIL}
    return render(request, "mailroom/sent.html", context)


@member(Role.OWNER)
@require_safe
def mail(request, pk):
    """One mail with its text. Its links work only where the mail never left; elsewhere they are taken out."""
    row = fetch(request, Mail, pk=pk)
    own_links = settings.KEEP_MAIL and (row.kept or row.state != State.DONE)
    text = delivery.text_of(row)
    _record("mail.read", request, row)
    context = {
        "mail": row,
        "text": links.as_links(text) if own_links else links.without_links(text),
        "own_links": own_links,
    }
    return render(request, "mailroom/mail.html", context)


@member(Role.OWNER)
@require_POST
def retry(request, pk):
    row = fetch(request, Mail, pk=pk)
    if row.state == State.PARKED and row.body:
        work.retry(row)
        told.handled(told_kinds.FAILED, company_id=request.company.pk, about=row.pk)
        _record("mail.retried", request, row)
        outbox.hand_over(row.pk)
        said = _("The mail to %(recipient)s is on its way again.") % {"recipient": row.recipient}
        messages.success(request, said)
    else:
        messages.info(request, _("There is nothing to send again here."))
    return redirect("mailroom:mail", pk=row.pk)


def _record(action, request, row):
    trail.record(action, company_id=request.company.pk, actor_id=request.user.pk, kind="mail", pk=row.pk)
