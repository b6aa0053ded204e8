"""The interview kit and the scorecard it ends in."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import conflicts
from accounts.guards import member
from hiring import cards, kit, kit_shares, masking, pipeline, sample_panel
from hiring.models import Stage
from hiring.views.candidate import READERS, person
from hiring.views.moves import BOSSES
from hiring.views.phone import kept_at, not_kept
from hiring.views.stages import panel, undo_of


@member(*READERS)
@require_GET
def page(request, pk):
    """Questions, anchors and notes on one page; what was handed in is shown, and `?change` begins an amendment."""
    application = person(request, pk)
    card = cards.mine(application, request.membership)
    form = kit.form_of(application, request.membership, card=card)
    return _page(request, application, form, card)


def _page(request, application, form, card, status=200, shares_form=None):
    boss = request.membership.is_boss
    if boss and shares_form is None:
        _talk, shares_form = kit.sharing(application, request.membership)
    given = masking.sent(application, masking.answers_of(application))
    context = {
        "application": application,
        "job": application.job,
        "boss": boss,
        "shares_form": shares_form,
        "answers": given["answers"],
        "reading": bool(card) and not card.is_draft and not form.is_bound and "change" not in request.GET,
        **kit.context(application, request.membership, form, card),
        **sample_panel.context(request.membership, application),
    }
    return render(request, "hiring/kit.html", context, status=status)


@member(*READERS)
@require_POST
def scorecard(request, pk):
    """One's own card: kept as a draft by hand or while typing, or handed in."""
    application = person(request, pk)
    submit, typing = "submit" in request.POST, "typing" in request.POST
    card = cards.mine(application, request.membership)
    form = kit.form_of(application, request.membership, request.POST, card=card, handing_in=submit)
    if request.POST.get("seen", cards.stamp(card)) != cards.stamp(card):
        return not_kept(form, 409) if typing else _conflict(request, application, form, card)
    if not form.is_valid():
        return not_kept(form, 422) if typing else _page(request, application, form, card, 422)
    try:
        kept = _save(request, application, form, submit, typing)
    except cards.Changed as now:
        return not_kept(form, 409) if typing else _conflict(request, application, form, now.row)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _page(request, application, form, card, 422)
    if typing:
        return kept_at(kept.stamp, kept.kept_at)
    said = (
        _("Your scorecard is in and stays as it is. A correction becomes a second version beside it.")
        if submit
        else _("Draft kept. Only you see it.")
    )
    undo_of(request, kept, "card", said, application)
    return panel(application, Stage.INTERVIEW)


def _save(request, application, form, submit, typing):
    return cards.save(
        application,
        by=request.membership,
        values=form.values(),
        submit=submit,
        seen=form.cleaned_data["seen"] if "seen" in request.POST else None,
        typing=typing and not submit,
    )


def _conflict(request, application, form, row):
    theirs = kit.form_of(application, request.membership, card=row)
    back = panel(application, Stage.INTERVIEW).url
    return conflicts.page(request, mine=[form], theirs=[theirs], seen=cards.stamp(row), back=back)


@member(*BOSSES)
@require_POST
def shares(request, pk):
    """Who asks about what, where two or more sit in; else there is nothing to share out."""
    application = person(request, pk)
    talk, form = kit.sharing(application, request.membership, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        card = cards.mine(application, request.membership)
        own = kit.form_of(application, request.membership, card=card)
        return _page(request, application, own, card, 422, shares_form=form)
    row = kit_shares.save(talk, by=request.membership, shares=form.values())
    undo_of(request, row, kit_shares.WHAT, _("It is kept who asks about what."))
    return redirect("hiring:kit", application.pk)
