"""When a manager answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import conflicts
from accounts.guards import member
from accounts.models import Role
from onboarding import answering
from onboarding.forms import posted
from onboarding.forms_asking import AnswerHoursForm


@member(Role.OWNER, Role.MANAGER)
def hours(request):
    """One's own hours: every new colleague of this manager reads them."""
    row = answering.of(request.membership)
    form = AnswerHoursForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        try:
            answering.name_hours(request.membership, **form.cleaned_data)
        except conflicts.Changed as now:
            theirs = [AnswerHoursForm(row=now.row)]
            return conflicts.page(
                request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path
            )
        messages.success(request, _("Saved. Your new colleagues read it on their card."))
        return redirect("onboarding:home")
    context = {"form": form, "row": row}
    return render(request, "onboarding/hours.html", context, status=422 if form.errors else 200)
