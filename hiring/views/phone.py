"""The call: kept by hand, and by itself while one types."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts
from accounts.guards import member
from hiring import phone_panel, screens
from hiring.models import PhoneScreen, Stage
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused, undo_of


@member(*BOSSES)
@require_POST
def phone(request, pk):
    """Keeps the call; 409 with both beside each other when a colleague saved meanwhile."""
    application = person(request, pk)
    screen = PhoneScreen.objects.filter(application=application).first()
    form = phone_panel.form_of(application, screen, request.POST)
    typing = "typing" in request.POST
    if not form.is_valid():
        if typing:
            return not_kept(form, 422)
        return refused(request, application, panel=Stage.PHONE.value, phone_form=form)
    try:
        kept = _save(request, application, form, typing)
    except screens.Changed as now:
        return not_kept(form, 409) if typing else _conflict(request, application, form, now.row)
    if typing:
        return kept_at(screens.stamp(kept), kept.updated_at)
    undo_of(request, kept, "call", _("The call is kept."), application)
    return panel(application, Stage.PHONE)


def _save(request, application, form, typing):
    return screens.save(
        application,
        by=request.membership,
        values=form.values(),
        checks=form.checks(),
        seen=form.cleaned_data["seen"],
        typing=typing,
    )


def _conflict(request, application, form, row):
    theirs = phone_panel.form_of(application, row)
    back = panel(application, Stage.PHONE).url
    return conflicts.page(request, mine=[form], theirs=[theirs], seen=screens.stamp(row), back=back)


# -- answers to a form that keeps itself (static/js/kit.js)


def kept_at(seen: str, moment) -> JsonResponse:
    """What the form is made from now, and when that was: static/js/kit.js puts the time into its own sentence."""
    return JsonResponse({"seen": seen, "time": date_format(timezone.localtime(moment), "TIME_FORMAT")})


def not_kept(form, status: int) -> JsonResponse:
    """Why nothing was kept: what is wrong, or that the same was kept somewhere else since."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    if status == 409:
        said = [_("This was kept in another window or by a colleague meanwhile. Press Keep to see both.")]
    return JsonResponse({"said": said[0] if said else ""}, status=status)
