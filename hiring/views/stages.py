"""What is written down at each stage. A refused form comes back on the candidate's page with what was typed."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import member
from hiring import judging
from hiring.forms import marks_of
from hiring.models import Stage
from hiring.undo_addresses import person_address
from hiring.views.candidate import page_context, person
from hiring.views.moves import BOSSES


def refused(request, application, *, status=422, **forms):
    return render(
        request, "hiring/candidate.html", page_context(request, application, **forms), status=status
    )


def undo_of(request, row, what, said, application=None):
    """Says it, with the Undo of the last `what` that `row` remembers; none when nothing was changed."""
    row.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(row, what, request.membership)
    notices.undo(request, said, person_address(application or row, mark))


def panel(application, stage):
    return redirect(f"{reverse('hiring:candidate', args=[application.pk])}?panel={stage}")


@member(*BOSSES)
@require_POST
def marks(request, pk):
    application = person(request, pk)
    posted = marks_of(request.POST, judging.requirements(application))
    judging.mark_cv(application, by=request.membership, marks=posted)
    undo_of(request, application, "marks", _("Marks kept."))
    return panel(application, Stage.CV)
